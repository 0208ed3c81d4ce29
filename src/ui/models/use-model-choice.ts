import { useEffect, useMemo, useRef, useState } from 'react';
import { aliasModels, quickRules, type AliasRule, type ChosenModel } from '../../core/aliases/alias-models';
import { tracer, withoutDropped, type NameRules } from '../../core/aliases/apply-rule-set';
import { QUICK, rememberRules, ruleSetById, ruleSetIdFor } from '../../core/aliases/rules-for';
import { usePage } from '../page-context';
import { useView } from '../use-view';
import { chatNames, MOST_MODELS } from '../../core/aliases/proposed-models';

/** The alias rules in force for an import: the quick switches or a set. The choice is kept for the next import. */
interface RuleChoice {
  /** The switches that are on; they count only without a set. */
  rules: readonly AliasRule[];
  /** The id of the set; empty: the switches. */
  setId: string;
  /** The rules themselves. */
  inForce: NameRules;
  toggleRule(rule: AliasRule): NameRules;
  chooseSet(id: string): NameRules;
}

/** The models chosen in a dialog and their names, and how to change both. Aliases come from rules and typing. */
export interface Choice extends Pick<RuleChoice, 'rules' | 'setId' | 'inForce'> {
  names: readonly string[];
  chosen: ReadonlySet<string>;
  models: readonly ChosenModel[];
  /** The alias that the rules give a name. */
  ruled(name: string): string;
  /** The rules drop the model, unless it is chosen by hand. */
  isDropped(name: string): boolean;
  /** Clients can ask for the model by its own name beside its alias. */
  hasOwnName(name: string): boolean;
  choose(names: Iterable<string>): void;
  toggle(name: string): void;
  typeAlias(name: string, alias: string): void;
  resetNames(): void;
  toggleRule(rule: AliasRule): void;
  /** Uses another set for this import: what the previous set dropped, or left no room for, comes in again. */
  chooseSet(id: string): void;
}

/** `names`: the relay's list. `onModels` keeps the choice, which comes back as `models`. */
export function useModelChoice(given: {
  keyId: string;
  names: readonly string[];
  models: readonly ChosenModel[];
  onModels(models: ChosenModel[]): void;
}): Choice {
  const { keyId, names, models, onModels } = given;
  /** Typed aliases survive when a model is taken out and in again. */
  const typed = useRef<Record<string, string>>({});
  useEffect(() => {
    for (const model of models) if (model.typed) typed.current[model.name] = model.alias;
  }, [models]);
  const { rules, setId, inForce, ...choice } = useRuleChoice(keyId);
  const { trace } = useMemo(() => tracer(inForce.rules), [inForce]);
  const chosen = useMemo(() => new Set(models.map((model) => model.name)), [models]);
  const ownNames = useMemo(
    () => new Set(models.flatMap(({ name, alias }) => (name === alias ? [name] : []))),
    [models],
  );
  const set = (wanted: ReadonlySet<string>, inUse: NameRules = inForce): void => {
    const ordered = names.filter((name) => wanted.has(name));
    onModels(aliasModels(ordered, inUse, typed.current));
  };
  return {
    names,
    chosen,
    models,
    rules,
    setId,
    inForce,
    ruled: (name) => trace(name).alias,
    isDropped: (name) => trace(name).droppedBy !== null,
    hasOwnName: (name) => ownNames.has(name),
    choose: (wanted) => set(new Set(wanted)),
    toggle(name) {
      const next = new Set(chosen);
      if (!next.delete(name)) next.add(name);
      set(next);
    },
    typeAlias(name, alias) {
      if (alias.trim()) typed.current[name] = alias;
      else delete typed.current[name];
      set(chosen);
    },
    resetNames() {
      typed.current = {};
      set(chosen);
    },
    toggleRule: (rule) => set(chosen, choice.toggleRule(rule)),
    chooseSet(id) {
      const next = choice.chooseSet(id);
      const isFull = chosen.size >= MOST_MODELS;
      const others = chatNames(names).filter((name) => isFull || trace(name).droppedBy !== null);
      const wanted = withoutDropped([...new Set([...chosen, ...others])], next);
      set(new Set(wanted.slice(0, MOST_MODELS)), next);
    },
  };
}

function useRuleChoice(keyId: string): RuleChoice {
  const { view } = usePage();
  const { settings } = useView();
  const address = useKeyAddress(keyId);
  const [rules, setRules] = useState<readonly AliasRule[]>(settings.rules);
  const [setId, setSetId] = useState(() => ruleSetIdFor(settings, address));
  const named = ruleSetById(settings, setId);
  const quick = useMemo(() => quickRules(rules), [rules]);
  return {
    rules,
    setId: named ? setId : QUICK,
    inForce: named ?? quick,
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
