import { useEffect, useMemo, useRef } from 'react';
import { aliasModels, type AliasRule, type ChosenModel } from '../../core/aliases/alias-models';
import { tracer, withoutDropped, type NameRules } from '../../core/aliases/apply-rule-set';
import { chatNames } from './chat-models';
import { useRuleChoice, type RuleChoice } from './use-rule-choice';

/** The models chosen in a dialog and their names, and how to change both. Aliases come from rules and typing. */
export interface Choice extends Pick<RuleChoice, 'rules' | 'setId' | 'inForce'> {
  names: readonly string[];
  chosen: ReadonlySet<string>;
  models: readonly ChosenModel[];
  /** The alias that the rules give a name. */
  ruled(name: string): string;
  /** The rules drop the model, unless it is chosen by hand. */
  isDropped(name: string): boolean;
  choose(names: Iterable<string>): void;
  toggle(name: string): void;
  typeAlias(name: string, alias: string): void;
  resetNames(): void;
  toggleRule(rule: AliasRule): void;
  /** Uses another set for this import: models that the previous set dropped come in again. */
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
      const dropped = chatNames(names).filter((name) => trace(name).droppedBy !== null);
      set(new Set(withoutDropped([...chosen, ...dropped], next)), next);
    },
  };
}
