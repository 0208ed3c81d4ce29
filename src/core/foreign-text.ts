const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** What `foreignText` may change: hidden signs, and letters that are written from right to left. */
const SUSPECT = new RegExp(String.raw`[\p{Cc}\p{Cf}]|${RIGHT_TO_LEFT.source}`, 'u');

/** What hides nothing: blanks are seen, and a joiner before a picture makes one of two. */
const SEEN = String.raw`[^\p{Cc}\p{Cf}]|[\t\n\r]|\u200d(?=\p{Extended_Pictographic})`;
/** First strong isolate … pop directional isolate: what Unicode has in place of `unicode-bidi: isolate`. */
const ISOLATED = new RegExp(String.raw`\u2068(?:${SEEN})+\u2069`, 'gu');
const ISOLATED_OR_UNSEEN = new RegExp(String.raw`${ISOLATED.source}|(?!${SEEN})[^]`, 'gu');

/**
 * A text that others wrote (names of relays, keys, groups, models), or that holds some, as it may be drawn: signs that would
 * turn around or hide what stands beside them are shown by their number, and what is written from right to left stays
 * within its own bounds. A text that went through it once stays as it is.
 */
export function foreignText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  const shown = text.replace(ISOLATED_OR_UNSEEN, (sign) =>
    /^\u2068./u.test(sign) ? sign : `[U+${codeOf(sign)}]`,
  );
  // Bounds within bounds would be taken for signs that hide, the second time.
  return RIGHT_TO_LEFT.test(shown.replace(ISOLATED, ''))
    ? `\u2068${shown.replace(/[\u2068\u2069]/g, '')}\u2069`
    : shown;
}

const codeOf = (sign: string): string =>
  (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
