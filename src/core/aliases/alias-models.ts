import { hasOriginal, settle, tracer, type NameRules } from './apply-rule-set';

/** The switches of the import dialog, in the order in which they are applied. */
export const ALIAS_RULES = ['strip-brackets', 'strip-vendor', 'strip-date', 'lower-case'] as const;
export type AliasRule = (typeof ALIAS_RULES)[number];

/** The active switches as a set without a name. */
export const quickRules = (rules: readonly AliasRule[]): NameRules => ({
  rules: ALIAS_RULES.filter((rule) => rules.includes(rule)).map((kind) => ({ kind })),
  keepOriginal: false,
});

/** What a rule makes of the names by itself: how many it changes, and the first of them as an example. */
export interface RuleEffect {
  rule: AliasRule;
  count: number;
  name: string;
  alias: string;
}

/** The rules that change any of the names, in the order in which they are applied. */
export const ruleEffects = (names: readonly string[]): RuleEffect[] =>
  ALIAS_RULES.flatMap((rule) => {
    const { trace } = tracer([{ kind: rule }]);
    const changed = names.filter((name) => trace(name).alias !== name);
    const [name] = changed;
    return name === undefined ? [] : { rule, count: changed.length, name, alias: trace(name).alias };
  });

/** A chosen model, the alias that clients will see, and whether the user typed that alias. */
export interface ChosenModel {
  name: string;
  alias: string;
  typed: boolean;
}

/** Chosen names with their aliases. None is dropped, since the user chose each by hand; typed aliases win. */
export function aliasModels(
  names: readonly string[],
  set: NameRules,
  typed: Readonly<Record<string, string>>,
): ChosenModel[] {
  const { trace } = tracer(set.rules);
  const settled = settle(names, (name) => trace(name).alias, typed);
  const typedNames = new Set(Object.values(typed).map((alias) => alias.trim().toLowerCase()));
  return [...settled].flatMap(([name, { alias }]) => {
    const model = { name, alias, typed: Boolean(typed[name]?.trim()) };
    const original = hasOriginal(set, name, alias) && !typedNames.has(name.toLowerCase());
    return original ? [model, { name, alias: name, typed: false }] : [model];
  });
}

/** Manual entry: one model a line, `upstream` or `upstream = alias`. Empty lines and `#` lines are skipped. */
export function parseManualModels(text: string): ChosenModel[] {
  const seen = new Map<string, ChosenModel>();
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (!trimmed || trimmed.startsWith('#')) continue;
    const [name = '', alias = ''] = trimmed.split(/\s*(?:=>|->|=)\s*(.*)/s).map((part) => part.trim());
    if (name) seen.set(name, { name, alias: alias || name, typed: Boolean(alias && alias !== name) });
  }
  return [...seen.values()];
}
