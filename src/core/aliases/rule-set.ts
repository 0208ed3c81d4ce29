import * as v from 'valibot';

/** What a rule can do with a name, in the order in which the editor offers it. */
export const RULE_KINDS = [
  'strip-vendor',
  'strip-brackets',
  'strip-date',
  'strip-version',
  'lower-case',
  'replace',
  'pattern',
  'only',
  'without',
  'prefix',
  'suffix',
] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

const ruleSchema = v.object({
  kind: v.picklist(RULE_KINDS),
  /** The text, the pattern, or words separated by commas. */
  find: v.optional(v.string()),
  /** The replacement, or the text before or behind the name. */
  put: v.optional(v.string()),
  /** Case matters. */
  exact: v.optional(v.boolean()),
});
export type Rule = v.InferOutput<typeof ruleSchema>;

/** Named rules, applied from the first to the last. They are data: nothing in them is ever run. */
export const ruleSetSchema = v.object({
  id: v.string(),
  name: v.string(),
  rules: v.array(ruleSchema),
  /** A model is served under its own name as well as under its alias. */
  keepOriginal: v.boolean(),
});
export type RuleSet = v.InferOutput<typeof ruleSetSchema>;

/** Which fields a kind of rule has. */
export const RULE_FIELDS: Record<RuleKind, readonly ('find' | 'put' | 'exact')[]> = {
  'strip-vendor': [],
  'strip-brackets': ['find'],
  'strip-date': [],
  'strip-version': [],
  'lower-case': [],
  replace: ['find', 'put', 'exact'],
  pattern: ['find', 'put', 'exact'],
  only: ['find'],
  without: ['find'],
  prefix: ['put'],
  suffix: ['put'],
};
