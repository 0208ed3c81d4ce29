import { useEffect, useMemo, useRef, useState } from 'react';
import { aliasModels, type AliasRule, type ChosenModel } from '../../core/alias-rules';
import type { ImportDraft } from '../../core/import-draft';
import { usePage } from '../page-context';
import type { ImportState } from '../stores/import-store';
import { useView } from '../use-view';

/** What is chosen in the dialog, and how to change it. The draft is the truth; aliases follow from rules and typing. */
export interface Choice {
  names: readonly string[];
  chosen: ReadonlySet<string>;
  models: readonly ChosenModel[];
  rules: readonly AliasRule[];
  choose(names: Iterable<string>): void;
  toggle(name: string): void;
  typeAlias(name: string, alias: string): void;
  resetNames(): void;
  toggleRule(rule: AliasRule): void;
  edit(draft: ImportDraft): void;
}

export function useChoice(state: ImportState & { kind: 'open' }): Choice {
  const { imports, view } = usePage();
  const { settings } = useView();
  const { draft, opened } = state;
  /** Typed aliases stay when a model is taken out and in again. */
  const typed = useRef<Record<string, string>>({});
  useEffect(() => {
    for (const model of draft.models) if (model.typed) typed.current[model.name] = model.alias;
  }, [draft.models]);
  const [rules, setRules] = useState<readonly AliasRule[]>(settings.rules);
  const names = useMemo(
    () => (opened.models.kind === 'listed' ? opened.models.names : draft.models.map((model) => model.name)),
    [opened.models, draft.models],
  );
  const chosen = useMemo(() => new Set(draft.models.map((model) => model.name)), [draft.models]);
  const set = (wanted: ReadonlySet<string>, inUse = rules): void => {
    const ordered = names.filter((name) => wanted.has(name));
    imports.edit({ ...draft, models: aliasModels(ordered, inUse, typed.current) });
  };
  return {
    names,
    chosen,
    models: draft.models,
    rules,
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
    toggleRule(rule) {
      const next = rules.includes(rule) ? rules.filter((other) => other !== rule) : [...rules, rule];
      setRules(next);
      void view.changeSettings({ rules: next });
      set(chosen, next);
    },
    edit: imports.edit,
  };
}
