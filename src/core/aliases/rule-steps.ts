import { compilePattern } from './pattern';
import type { PatternProblem } from './parse-pattern';
import type { Rule, RuleKind } from './rule-set';

/** The name after a rule; null: the model is dropped; undefined: the rule took too long for this name. */
export type Step = (name: string) => string | null | undefined;

/** No model has a longer name; searching it could take long. */
const LONGEST = 300;

const STEPS: Record<RuleKind, (rule: Rule) => Step | PatternProblem> = {
  /** `openai/gpt-4o`, `Pro/deepseek-ai/DeepSeek-V3`: all but the last part of a path. */
  'strip-vendor': () => (name) => name.slice(name.lastIndexOf('/') + 1),
  /** `[free] gpt-4o`, `gpt-4o（官转）`, `【az】gpt-4o`: notes of the relay's operator, except those with one of the words. */
  'strip-brackets': ({ find }) => {
    const stays = holdsAny(wordsOf(find));
    return (name) => {
      if (name.length > LONGEST) return name;
      return name
        .replace(/[[(（【〔「{][^\])）】〕」}]*[\])）】〕」}]/g, (mark) => (stays(mark) ? mark : ''))
        .replace(/^[\s\-_/|·:]+|[\s\-_|·:]+$/g, '')
        .replace(/\s{2,}/g, ' ');
    };
  },
  /** `gpt-4o-2024-11-20`, `claude-sonnet-4-5-20250929`, `…@20250929`, also before a `-thinking` or `:free`. */
  'strip-date': () => (name) =>
    name.replace(/[-_@](?:20\d{2}-[01]\d-[0-3]\d|20\d{2}[01]\d[0-3]\d)(?=$|[-_:@])/, ''),
  /** `gpt-4-0613`, `gemini-1.5-pro-002`, `claude-v2:1`, `…-latest`; not `deepseek-v3`, which is the model itself. */
  'strip-version': () => (name) => name.replace(/(?:[-_@](?:latest|\d{3,4})|[-_@]v\d+:\d+)$/i, ''),
  'lower-case': () => (name) => name.toLowerCase(),
  replace: ({ find = '', put = '', exact = false }) => {
    if (!find) return (name) => name;
    const pattern = new RegExp(find.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), exact ? 'g' : 'gi');
    return (name) => name.replace(pattern, () => put);
  },
  pattern: ({ find = '', put = '', exact = false }) => {
    if (!find) return (name) => name;
    const pattern = compilePattern(find, !exact);
    return 'problem' in pattern ? pattern : (name) => pattern.replace(name, put);
  },
  only: ({ find }) => {
    const words = wordsOf(find);
    const fits = holdsAny(words);
    return (name) => (words.length === 0 || fits(name) ? name : null);
  },
  without: ({ find }) => {
    const fits = holdsAny(wordsOf(find));
    return (name) => (fits(name) ? null : name);
  },
  prefix:
    ({ put = '' }) =>
    (name) =>
      name.startsWith(put) ? name : put + name,
  suffix:
    ({ put = '' }) =>
    (name) =>
      name.endsWith(put) ? name : name + put,
};

/** What a rule does to one name, or why it cannot be used. */
export const stepOf = (rule: Rule): Step | PatternProblem => STEPS[rule.kind](rule);

const wordsOf = (text = ''): string[] =>
  text
    .split(/[,，、\n]/)
    .map((word) => word.trim().toLowerCase())
    .filter(Boolean);

const holdsAny =
  (words: readonly string[]) =>
  (text: string): boolean =>
    words.some((word) => text.toLowerCase().includes(word));
