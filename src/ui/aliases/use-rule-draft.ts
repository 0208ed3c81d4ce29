import { useCallback, useEffect, useRef, useState } from 'react';
import { RULE_FIELDS, type Rule, type RuleKind, type RuleSet } from '../../core/aliases/rule-set';
import { useLeaving } from '../use-plan-flow';

/** Typing is saved when it pauses this long. */
const PAUSE_MS = 300;

interface RuleRow {
  key: number;
  rule: Rule;
}

interface Draft {
  name: string;
  keepOriginal: boolean;
  rows: readonly RuleRow[];
}

export interface RuleDraft extends Draft {
  rename(name: string): void;
  setKeepOriginal(on: boolean): void;
  add(kind: RuleKind): number;
  edit(key: number, rule: Rule): void;
  move(key: number, by: 1 | -1): boolean;
  remove(key: number): void;
}

/**
 * A set while it is edited. What is typed stays here; what can be kept goes to the worker after a pause, and when the
 * editor is left.
 */
export function useRuleDraft(
  set: RuleSet,
  isNameUsable: (name: string) => boolean,
  save: (set: RuleSet) => void,
): RuleDraft {
  const nextKey = useRef(set.rules.length);
  const [draft, setDraft] = useState<Draft>(() => ({
    name: set.name,
    keepOriginal: set.keepOriginal,
    rows: set.rules.map((rule, key) => ({ key, rule })),
  }));
  const { rows } = draft;
  const later = useSaveLater(save);
  const change = (part: Partial<Draft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    later({
      id: set.id,
      name: isNameUsable(next.name) ? next.name.trim() : set.name,
      rules: next.rows.map(({ rule }) => rule),
      keepOriginal: next.keepOriginal,
    });
  };
  return {
    ...draft,
    rename: (name) => change({ name }),
    setKeepOriginal: (keepOriginal) => change({ keepOriginal }),
    add(kind) {
      const key = nextKey.current++;
      const fields = RULE_FIELDS[kind];
      const rule: Rule = {
        kind,
        ...(fields.includes('find') && { find: '' }),
        ...(fields.includes('put') && { put: '' }),
      };
      change({ rows: [...rows, { key, rule }] });
      return key;
    },
    edit: (key, rule) => change({ rows: rows.map((row) => (row.key === key ? { key, rule } : row)) }),
    move(key, by) {
      const at = rows.findIndex((row) => row.key === key);
      const to = at + by;
      if (to < 0 || to >= rows.length) return false;
      change({ rows: rows.toSpliced(at, 1).toSpliced(to, 0, ...rows.slice(at, at + 1)) });
      return true;
    },
    remove: (key) => change({ rows: rows.filter((row) => row.key !== key) }),
  };
}

/** Saves the latest after a pause, and at once when the component or the page goes. */
function useSaveLater(save: (set: RuleSet) => void): (set: RuleSet) => void {
  const waiting = useRef<RuleSet | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const saving = useRef(save);
  useEffect(() => {
    saving.current = save;
  });
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const set = waiting.current;
    waiting.current = null;
    if (set) saving.current(set);
  }, []);
  useLeaving(flush);
  useEffect(() => flush, [flush]);
  return (set) => {
    waiting.current = set;
    clearTimeout(timer.current);
    timer.current = setTimeout(flush, PAUSE_MS);
  };
}
