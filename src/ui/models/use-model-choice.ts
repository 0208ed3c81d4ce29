import { useEffect, useMemo, useRef } from 'react';
import { aliasModels, type AliasRule, type ChosenModel } from '../../core/aliases/alias-models';
import { tracer, withoutDropped, type NameRules } from '../../core/aliases/apply-rule-set';
import { chatNames } from './chat-models';
import { useRuleChoice, type RuleChoice } from './use-rule-choice';

/** Which models are chosen in a dialog and under which names, and how to change it. Aliases follow from rules and typing. */
export interface Choice extends Pick<RuleChoice, 'rules' | 'setId' | 'inForce'> {
  names: readonly string[];
  chosen: ReadonlySet<string>;
  models: readonly ChosenModel[];
  /** What the rules make of a name by itself. */
  ruled(name: string): string;
  /** The rules leave it out, unless it is chosen by hand. */
  isDropped(name: string): boolean;
  choose(names: Iterable<string>): void;
  toggle(name: string): void;
  typeAlias(name: string, alias: string): void;
  resetNames(): void;
  toggleRule(rule: AliasRule): void;
  /** Another set for this import: what the one before dropped comes in again. */
  chooseSet(id: string): void;
}

/** `names`: what the relay lists; `onModels` keeps what was chosen, which comes back as `models`. */
export function useModelChoice(given: {
  keyId: string;
  names: readonly string[];
  models: readonly ChosenModel[];
  onModels(models: ChosenModel[]): void;
}): Choice {
  const { keyId, names, models, onModels } = given;
  /** Typed aliases stay when a model is taken out and in again. */
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
