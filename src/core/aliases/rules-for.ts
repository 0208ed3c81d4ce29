import { quickRules, type AliasRule } from './alias-models';
import { hostOf } from '../base-url';
import type { NameRules } from './apply-rule-set';
import type { RuleSet } from './rule-set';

/** The id of the switches in the import dialog, which take the place of a set. */
export const QUICK = '';

/** What settings say of alias rules (`core/view/settings`). */
interface RuleSettings {
  rules: readonly AliasRule[];
  ruleSets: readonly RuleSet[];
  ruleSet?: string | undefined;
  relayRules: Readonly<Record<string, string>>;
}

/** The id of the set for a relay: the last one chosen there, else the default; the switches if that is gone. */
export function ruleSetIdFor(settings: RuleSettings, address: string): string {
  const { ruleSets, ruleSet = QUICK, relayRules } = settings;
  const isHere = (id: string): boolean => id === QUICK || ruleSets.some((set) => set.id === id);
  const chosen = relayRules[hostOf(address)];
  if (chosen !== undefined && isHere(chosen)) return chosen;
  return isHere(ruleSet) ? ruleSet : QUICK;
}

export const ruleSetById = ({ ruleSets }: Pick<RuleSettings, 'ruleSets'>, id: string): RuleSet | undefined =>
  ruleSets.find((set) => set.id === id);

/** The rules for a relay; `id`: chosen for this import instead. */
export function rulesFor(settings: RuleSettings, address: string, id?: string): NameRules {
  return ruleSetById(settings, id ?? ruleSetIdFor(settings, address)) ?? quickRules(settings.rules);
}

/** Settings in which the choice is remembered for relays. */
export const rememberRules = (
  { relayRules }: Pick<RuleSettings, 'relayRules'>,
  addresses: readonly string[],
  id: string,
): { relayRules: Record<string, string> } => ({
  relayRules: { ...relayRules, ...Object.fromEntries(addresses.map((address) => [hostOf(address), id])) },
});
