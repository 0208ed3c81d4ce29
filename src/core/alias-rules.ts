import { isReserved } from './reach';

/** Switches that turn a relay's model name into the name that clients see. Applied in this order. */
export const ALIAS_RULES = ['strip-brackets', 'strip-vendor', 'strip-date', 'lower-case'] as const;
export type AliasRule = (typeof ALIAS_RULES)[number];

const STEPS: Record<AliasRule, (name: string) => string> = {
  /** `[free] gpt-4o`, `gpt-4o（官转）`, `【az】gpt-4o`: notes of the relay's operator. */
  'strip-brackets': (name) =>
    name
      .replace(/[[(（【〔「{][^\])）】〕」}]*[\])）】〕」}]/g, '')
      .replace(/^[\s\-_/|·:]+|[\s\-_|·:]+$/g, '')
      .replace(/\s{2,}/g, ' '),
  /** `openai/gpt-4o`, `Pro/deepseek-ai/DeepSeek-V3`: all but the last part of a path. */
  'strip-vendor': (name) => name.slice(name.lastIndexOf('/') + 1),
  /** `gpt-4o-2024-11-20`, `claude-sonnet-4-5-20250929`, `…@20250929`, also before a `-thinking` or `:free`. */
  'strip-date': (name) =>
    name.replace(/[-_@](?:20\d{2}-[01]\d-[0-3]\d|20\d{2}[01]\d[0-3]\d)(?=$|[-_:@])/, ''),
  'lower-case': (name) => name.toLowerCase(),
};

/** The name after the rules that are on. A rule that would leave nothing, or a reserved name, is passed over. */
export function applyRules(name: string, rules: readonly AliasRule[]): string {
  let alias = name;
  for (const rule of ALIAS_RULES) {
    if (!rules.includes(rule)) continue;
    const next = STEPS[rule](alias).trim();
    if (next && !isReserved(next)) alias = next;
  }
  return alias;
}

/** How many of the names each rule would change by itself: the figure on its switch. */
export function ruleCounts(names: readonly string[]): Record<AliasRule, number> {
  const count = (rule: AliasRule): number => names.filter((name) => applyRules(name, [rule]) !== name).length;
  return Object.fromEntries(ALIAS_RULES.map((rule) => [rule, count(rule)])) as Record<AliasRule, number>;
}

/** One chosen model with the alias that its client will see, and whether the user typed that alias. */
export interface ChosenModel {
  name: string;
  alias: string;
  typed: boolean;
}

/**
 * Chosen names with their aliases. Typed aliases win. Where rules would give two models one name (CLIProxyAPI tells
 * names of one provider apart without regard to case), a model whose own name it is keeps it, else the first in the
 * list; the others keep the name that the relay gave them, so that rules never pool models behind the user's back.
 */
export function aliasModels(
  names: readonly string[],
  rules: readonly AliasRule[],
  typed: Readonly<Record<string, string>>,
): ChosenModel[] {
  const taken = new Map<string, string>();
  for (const name of names) {
    const own = typed[name]?.trim();
    if (own) taken.set(own.toLowerCase(), name);
  }
  for (const name of names) {
    if (!typed[name]?.trim() && !taken.has(name.toLowerCase())) taken.set(name.toLowerCase(), name);
  }
  return names.map((name) => {
    const own = typed[name]?.trim();
    if (own) return { name, alias: own, typed: true };
    const alias = applyRules(name, rules);
    const owner = taken.get(alias.toLowerCase());
    if (owner !== undefined && owner !== name) return { name, alias: name, typed: false };
    taken.set(alias.toLowerCase(), name);
    return { name, alias, typed: false };
  });
}

/** Manual entry: one model a line, `upstream` or `upstream = alias`. Empty lines and `#` lines are passed over. */
export function parseManualModels(text: string): ChosenModel[] {
  const seen = new Map<string, ChosenModel>();
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim();
    if (!trimmed || trimmed.startsWith('#')) continue;
    const at = trimmed.search(/\s*(?:=>|->|=)\s*/);
    const name = (at < 0 ? trimmed : trimmed.slice(0, at)).trim();
    const alias =
      at < 0
        ? ''
        : trimmed
            .slice(at)
            .replace(/^\s*(?:=>|->|=)\s*/, '')
            .trim();
    if (name) seen.set(name, { name, alias: alias || name, typed: Boolean(alias && alias !== name) });
  }
  return [...seen.values()];
}
