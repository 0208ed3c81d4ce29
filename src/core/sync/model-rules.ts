import * as v from 'valibot';
import { fitsWildcard } from '../wildcard';

/** Which models of an upstream may be proposed. Words, in any case; `*` stands for anything, and binds to both ends. */
export const modelRulesSchema = v.object({ include: v.array(v.string()), exclude: v.array(v.string()) });
export type ModelRules = v.InferOutput<typeof modelRulesSchema>;

export const ANY_MODEL: ModelRules = { include: [], exclude: [] };

/** The user says by words what is wanted. */
export const hasWords = ({ include }: ModelRules): boolean => include.some((word) => word.trim() !== '');

/** No word to include means all; a word to exclude wins. */
export function passesRules(name: string, { include, exclude }: ModelRules): boolean {
  const text = name.toLowerCase();
  const hit = (word: string): boolean => fits(text, word.trim().toLowerCase());
  const wanted = include.filter((word) => word.trim());
  return (wanted.length === 0 || wanted.some(hit)) && !exclude.some(hit);
}

/** A word without `*` is found anywhere in a name. */
function fits(text: string, word: string): boolean {
  if (word === '') return false;
  return word.includes('*') ? fitsWildcard(text, word) : text.includes(word);
}
