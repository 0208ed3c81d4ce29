/** Signs that nobody sees: control and format characters, but the joiner of emoji. In a name that is asked for none belongs. */
export const HIDDEN = /(?!\u200d)[\p{Cc}\p{Cf}]/u;
