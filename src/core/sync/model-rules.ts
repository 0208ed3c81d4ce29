import * as v from 'valibot';

/** Which models of an upstream may be proposed. Words, in any case; `*` stands for anything, and binds to both ends. */
export const modelRulesSchema = v.object({ include: v.array(v.string()), exclude: v.array(v.string()) });
export type ModelRules = v.InferOutput<typeof modelRulesSchema>;

export const ANY_MODEL: ModelRules = { include: [], exclude: [] };

/** No word to include means all; a word to exclude wins. */
export function passesRules(name: string, { include, exclude }: ModelRules): boolean {
  const text = name.toLowerCase();
  const hit = (word: string): boolean => fits(text, word.trim().toLowerCase());
  const wanted = include.filter((word) => word.trim());
  return (wanted.length === 0 || wanted.some(hit)) && !exclude.some(hit);
}

function fits(text: string, word: string): boolean {
  if (word === '') return false;
  const [first = '', ...rest] = word.split('*');
  const last = rest.pop();
  if (last === undefined) return text.includes(word);
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
    return false;
  // Piece by piece, each as early as it can be: no pattern that a user types takes longer than its length.
  let from = first.length;
  for (const piece of rest) {
    const at = text.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from <= text.length - last.length;
}
