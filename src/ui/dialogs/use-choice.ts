import { useEffect, useMemo, useRef } from 'react';
import { aliasModels, type AliasRule, type ChosenModel } from '../../core/alias-rules';
import type { ImportDraft } from '../../core/import-draft';
import { tracer, withoutDropped, type NameRules } from '../../core/rules/apply-rule-set';
import { usePage } from '../page-context';
import type { ImportState } from '../stores/import-store';
import { chatNames } from './chat-models';
import { useRuleChoice, type RuleChoice } from './use-rule-choice';

/** What is chosen in the dialog, and how to change it. The draft is the truth; aliases follow from rules and typing. */
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
  edit(draft: ImportDraft): void;
}

export function useChoice(state: ImportState & { kind: 'open' }): Choice {
  const { imports } = usePage();
  const { draft, opened } = state;
  /** Typed aliases stay when a model is taken out and in again. */
  const typed = useRef<Record<string, string>>({});
  useEffect(() => {
    for (const model of draft.models) if (model.typed) typed.current[model.name] = model.alias;
  }, [draft.models]);
  const { rules, setId, inForce, ...choice } = useRuleChoice(opened.keyId);
  const { trace } = useMemo(() => tracer(inForce.rules), [inForce]);
  const names = useMemo(
    () => (opened.models.kind === 'listed' ? opened.models.names : draft.models.map((model) => model.name)),
    [opened.models, draft.models],
  );
  const chosen = useMemo(() => new Set(draft.models.map((model) => model.name)), [draft.models]);
  const set = (wanted: ReadonlySet<string>, inUse: NameRules = inForce): void => {
    const ordered = names.filter((name) => wanted.has(name));
    imports.edit({ ...draft, models: aliasModels(ordered, inUse, typed.current) });
  };
  return {
    names,
    chosen,
    models: draft.models,
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
    edit: imports.edit,
  };
}
