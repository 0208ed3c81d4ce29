import { HIDDEN } from '../hidden-signs';
import { askedInstead, isReserved } from '../cliproxyapi/name-resolution';
import type { PatternProblem } from './parse-pattern';
import type { Rule, RuleSet } from './rule-set';
import { stepOf, type Step } from './rule-steps';

/** The part of a set that decides about names. */
export type NameRules = Pick<RuleSet, 'rules' | 'keepOriginal'>;

/** What the rules make of a single name. Rules are identified by their index in the set. */
export interface Traced {
  alias: string;
  /** The first rule that drops the model. The other rules still make its alias: the user may want the model all the same. */
  droppedBy: number | null;
  /** Rules that changed the name, or drop it. */
  by: number[];
  /** Rules that were skipped because they took too long for this name. */
  slow: number[];
}

export interface Tracer {
  trace(name: string): Traced;
  /** Rules that cannot be used and are skipped. */
  problems: ReadonlyMap<number, PatternProblem>;
}

/** No relay has longer names; a name that grows with every rule would fill the memory. */
const MAX_CHARS = 300;

/**
 * A rule is skipped where it would leave nothing, a reserved name, hidden characters, a name that grows out of
 * bounds, or a name that newly ends in parentheses.
 */
const isUsable = (next: string, before: string): boolean =>
  next !== '' &&
  next.length <= Math.max(MAX_CHARS, before.length) &&
  !isReserved(next) &&
  !HIDDEN.test(next) &&
  (askedInstead(next) === undefined || askedInstead(before) !== undefined);

export function tracer(rules: readonly Rule[]): Tracer {
  const problems = new Map<number, PatternProblem>();
  const steps: [number, Step][] = [];
  for (const [at, rule] of rules.entries()) {
    const step = stepOf(rule);
    if (typeof step === 'function') steps.push([at, step]);
    else problems.set(at, step);
  }
  const trace = (name: string): Traced => {
    const traced: Traced = { alias: name, droppedBy: null, by: [], slow: [] };
    for (const [at, step] of steps) {
      const next = step(traced.alias);
      if (next === undefined) traced.slow.push(at);
      else if (next === null) {
        traced.droppedBy ??= at;
        traced.by.push(at);
      } else if (next.trim() !== traced.alias && isUsable(next.trim(), traced.alias)) {
        traced.alias = next.trim();
        traced.by.push(at);
      }
    }
    return traced;
  };
  return { trace, problems };
}

/** A name and what becomes of it among the others. */
export interface RuledName extends Traced {
  name: string;
  /** The rules would call it `wanted`, but `owner` has that name: it keeps its own. */
  collision: { wanted: string; owner: string } | null;
  /** It is served under its own name, too. */
  original: boolean;
}

/** What a set makes of a list of names, for the preview in the editor. */
export function applyRuleSet(names: readonly string[], set: NameRules): RuledName[] {
  const { trace } = tracer(set.rules);
  const traced = new Map(names.map((name) => [name, trace(name)]));
  const kept = names.filter((name) => traced.get(name)?.droppedBy === null);
  const settled = settle(kept, (name) => traced.get(name)?.alias ?? name, {});
  return [...traced].map(([name, outcome]) => {
    const { alias, owner } = settled.get(name) ?? { alias: outcome.alias, owner: null };
    return {
      name,
      ...outcome,
      alias,
      collision: owner === null ? null : { wanted: outcome.alias, owner },
      original: outcome.droppedBy === null && hasOriginal(set, name, alias),
    };
  });
}

/** The names that the rules do not drop. */
export function withoutDropped(names: readonly string[], { rules }: NameRules): string[] {
  const { trace } = tracer(rules);
  return names.filter((name) => trace(name).droppedBy === null);
}

/** Within a provider CLIProxyAPI ignores case: a name that differs in case only is the same. */
export const hasOriginal = ({ keepOriginal }: NameRules, name: string, alias: string): boolean =>
  keepOriginal && alias.toLowerCase() !== name.toLowerCase();

/**
 * Decides who gets which name. Where rules would give two models the same name, the model that the relay calls so keeps
 * it, else the first in the list; the others keep the relay's names. So rules never pool models behind the user's back.
 */
export function settle(
  names: readonly string[],
  ruled: (name: string) => string,
  typed: Readonly<Record<string, string>>,
): Map<string, { alias: string; owner: string | null }> {
  const taken = new Map<string, string>();
  for (const name of names) {
    const own = typed[name]?.trim();
    if (own) taken.set(own.toLowerCase(), name);
  }
  for (const name of names) {
    if (!typed[name]?.trim() && !taken.has(name.toLowerCase())) taken.set(name.toLowerCase(), name);
  }
  return new Map(
    names.map((name) => {
      const own = typed[name]?.trim();
      if (own) return [name, { alias: own, owner: null }];
      const alias = ruled(name);
      const owner = taken.get(alias.toLowerCase());
      if (owner !== undefined && owner !== name)
        return [name, { alias: name, owner: alias === name ? null : owner }];
      taken.set(alias.toLowerCase(), name);
      return [name, { alias, owner: null }];
    }),
  );
}
