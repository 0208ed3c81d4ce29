import { useTranslation } from '../use-translation';
import { quickRules } from '../../core/aliases/alias-models';
import type { RuleSet } from '../../core/aliases/rule-set';
import { freeName } from '../../core/aliases/rule-set-file';
import { QUICK } from '../../core/aliases/rules-for';
import type { Settings } from '../../core/view/settings';
import { usePage } from '../page-context';
import { useView } from '../use-view';

/** The sets, and everything that can be done with them. Each change is saved at once. */
export interface RuleSets {
  sets: readonly RuleSet[];
  /** The set that imports use; empty: the switches of the import dialog. */
  defaultId: string;
  /** A new one begins with the switches that are on. Gives its id. */
  create(): string;
  duplicate(set: RuleSet): string;
  add(sets: readonly Omit<RuleSet, 'id'>[]): void;
  change(set: RuleSet): void;
  makeDefault(id: string): void;
  /** Can be taken back from a toast. Who used it falls back to the default meanwhile. */
  remove(set: RuleSet): void;
}

export function useRuleSets(): RuleSets {
  const { t } = useTranslation();
  const { view, toast } = usePage();
  const { settings } = useView();
  const sets = settings.ruleSets;
  /** As they are now: a toast may take something back long after this was drawn. */
  const now = (): readonly RuleSet[] => {
    const state = view.getState();
    return state.kind === 'ready' ? state.view.settings.ruleSets : [];
  };
  const save = (ruleSets: readonly RuleSet[], more: Partial<Settings> = {}): void =>
    void view.changeSettings({ ...more, ruleSets: [...ruleSets] });
  const add = (more: readonly Omit<RuleSet, 'id'>[]): string => {
    const all = [...now()];
    for (const set of more) {
      const taken = all.map(({ name }) => name);
      all.push({ ...set, id: crypto.randomUUID(), name: freeName(set.name, taken) });
    }
    save(all);
    return all.at(-1)?.id ?? QUICK;
  };
  const { ruleSet = QUICK } = settings;
  return {
    sets,
    defaultId: sets.some(({ id }) => id === ruleSet) ? ruleSet : QUICK,
    create: () => add([{ ...quickRules(settings.rules), name: t('aliases.newName') }]),
    duplicate: (set) => add([set]),
    add,
    change: (set) => save(now().map((other) => (other.id === set.id ? set : other))),
    makeDefault: (id) => void view.changeSettings({ ruleSet: id }),
    remove(set) {
      const at = now().findIndex(({ id }) => id === set.id);
      save(now().filter(({ id }) => id !== set.id));
      toast.plain(t('aliases.deleted', { name: set.name }), () => save(now().toSpliced(at, 0, set)));
    },
  };
}
