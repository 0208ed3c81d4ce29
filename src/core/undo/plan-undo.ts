import type { EntryChange } from '../cliproxyapi/entry-change';
import { losesHeader } from '../cliproxyapi/intermediate-write';
import { nameOf, type Provider } from '../cliproxyapi/provider';
import type { ProviderList } from '../cliproxyapi/provider-list';
import { countSame, redactedText, type Fingerprints } from '../cliproxyapi/same-entry';
import { fail, ok, type Result } from '../failures/result';
import { undoEntry, type ChangedSince } from './undo-entry';
import type { KnownSecrets, WrittenEntry } from './written-entry';

/** What is done about one record. */
export interface UndoStep {
  change: EntryChange;
  /** The text of the entry that the step removes or replaces; null: it puts one back. */
  removed: string | null;
  /** How many entries of the list were equal to that one. */
  alike: number;
}

export interface UndoPlan {
  /** One for each record; null: it is taken back already. */
  steps: (UndoStep | null)[];
  /** All steps as one change of the list. */
  change: EntryChange;
}

/** Entries that somebody changed since; nothing is undone before the user agreed to that. */
export interface UndoConflicts {
  changed: (ChangedSince & { providerName: string })[];
}

/**
 * One change of the list that takes back all records, each decided on what the one before leaves, or what somebody
 * changed since (`force`: that goes too). `earlier`: the steps of a try whose write may have arrived; equal entries stay
 * counted as they were then.
 */
export function planUndo(
  records: readonly WrittenEntry[],
  list: ProviderList,
  known: KnownSecrets,
  { force, earlier = [] }: { force: boolean; earlier?: readonly (UndoStep | null | undefined)[] },
): Result<UndoPlan | UndoConflicts> {
  let { providers } = list;
  const changed: UndoConflicts['changed'] = [];
  const steps: (UndoStep | null)[] = [];
  for (const [at, record] of records.entries()) {
    const decided = undoEntry(record, { ...list, providers }, known, force);
    // Of several, one that somebody removed is taken back already.
    if (!decided.ok && (decided.failure.code !== 'undo-gone' || records.length === 1)) return decided;
    if (decided.ok && 'conflict' in decided.value)
      // It may have been renamed: the name is that of the entry that is spoken of.
      changed.push({
        providerName: nameOf(decided.value.current) || record.providerName,
        ...decided.value,
      });
    const change = decided.ok && !('conflict' in decided.value) ? decided.value : undefined;
    providers = change?.providers ?? providers;
    steps.push(change ? stepOf(change, list, known, earlier[at]) : null);
  }
  if (changed.length > 0) return ok({ changed });
  const change = joinChanges(steps.flatMap((step) => (step ? [step.change] : [])));
  return change ? ok({ steps, change }) : fail({ code: 'undo-gone' });
}

function stepOf(
  change: EntryChange,
  { providers }: ProviderList,
  { fingerprints }: KnownSecrets,
  earlier: UndoStep | null | undefined,
): UndoStep {
  const removed = change.before && redactedText(change.before, fingerprints);
  const alike = earlier ? earlier.alike : removed ? countSame(providers, removed, fingerprints) : 0;
  return { change, removed, alike };
}

/** Changes that follow one another, as one write of the whole list. */
function joinChanges(changes: readonly EntryChange[]): EntryChange | undefined {
  const last = changes.at(-1);
  if (!last || changes.length === 1) return last;
  const losers = changes.flatMap(({ before, after }) => (after && losesHeader(before, after) ? [after] : []));
  return { ...last, whole: true, losers };
}

/** Whether a list that was read back shows the record undone. */
export function isUndone(
  { before }: WrittenEntry,
  step: UndoStep | null,
  providers: readonly Provider[],
  fingerprints: Fingerprints,
): boolean {
  if (!step) return true;
  if (before !== null) return countSame(providers, before, fingerprints) > 0;
  // Of equal entries, one was ours: only that one goes.
  return step.removed !== null && countSame(providers, step.removed, fingerprints) < step.alike;
}
