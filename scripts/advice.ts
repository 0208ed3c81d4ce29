/** What went wrong is known: the message names the cause and the next step, and stands for itself. */
export class Advice extends Error {}
