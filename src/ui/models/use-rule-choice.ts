import { useState } from 'react';
import { quickRules, type AliasRule } from '../../core/aliases/alias-models';
import type { NameRules } from '../../core/aliases/apply-rule-set';
import { QUICK, rememberRules, ruleSetById, ruleSetIdFor } from '../../core/aliases/rules-for';
import { usePage } from '../page-context';
import { useView } from '../use-view';

/** The alias rules in force for an import: the quick switches or a set. The choice is kept for the next import. */
export interface RuleChoice {
  /** The switches that are on; they count only without a set. */
  rules: readonly AliasRule[];
  /** The id of the set; empty: the switches. */
  setId: string;
  /** The rules themselves. */
  inForce: NameRules;
  toggleRule(rule: AliasRule): NameRules;
  chooseSet(id: string): NameRules;
}

export function useRuleChoice(keyId: string): RuleChoice {
  const { view } = usePage();
  const { settings } = useView();
  const address = useKeyAddress(keyId);
  const [rules, setRules] = useState<readonly AliasRule[]>(settings.rules);
  const [setId, setSetId] = useState(() => ruleSetIdFor(settings, address));
  const named = ruleSetById(settings, setId);
  return {
    rules,
    setId: named ? setId : QUICK,
    inForce: named ?? quickRules(rules),
    toggleRule(rule) {
      const next = rules.includes(rule) ? rules.filter((other) => other !== rule) : [...rules, rule];
      setRules(next);
      void view.changeSettings({ rules: next });
      return quickRules(next);
    },
    chooseSet(id) {
      setSetId(id);
      void view.changeSettings(rememberRules(settings, [address], id));
      return ruleSetById(settings, id) ?? quickRules(rules);
    },
  };
}

export const useKeyAddress = (keyId: string): string =>
  useView().keys.find(({ id }) => id === keyId)?.address ?? '';
