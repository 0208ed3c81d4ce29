/** Name of the value in session storage whose change tells pages to look again. */
export const PULSE = 'pulse';
