import type { EntryChange } from '../cliproxyapi/entry-change';
import { intermediateOfMany } from '../cliproxyapi/intermediate-write';
import { nameOf, type Provider } from '../cliproxyapi/provider';
import type { ProviderList } from '../cliproxyapi/provider-list';
import { contentOf, redactedText, type Fingerprints } from '../cliproxyapi/same-entry';
import type { Failure } from '../failures/failure';
import { fail, ok, type Result } from '../failures/result';
import { countSame } from './find-same';
import { undoEntry, type ChangedSince, type Force } from './undo-entry';
import type { KnownSecrets, WrittenEntry } from './written-entry';

/** What is done about one record. */
export interface UndoStep {
  change: EntryChange;
  /** The text of the entry that the step removes or replaces; null: it puts one back. */
  removed: string | null;
  /** The text of the entry that it leaves; null: none. */
  put: string | null;
  /** How many entries of the list were equal to that one; to one that is put back, itself included. */
  alike: number;
}

/** Whether a step is why its record stays. */
export const isRefused = (step: UndoPlan['steps'][number] | undefined): step is Failure =>
  Boolean(step && 'code' in step);

export interface UndoPlan {
  /** One for each record; null: it is taken back already, a failure: it cannot be, and stays as it is. */
  steps: (UndoStep | Failure | null)[];
  /** All steps as one change of the list. */
  change: EntryChange;
}

/** Entries that somebody changed since; nothing is undone before the user agreed to that. */
export interface UndoConflicts {
  changed: (ChangedSince & { providerName: string })[];
}

/**
 * One change of the list that takes back all records, each decided on what the one before leaves, or what somebody
 * changed since (`force`: that goes too, or with `ours` only our part goes). Of several records those that cannot be taken
 * back stay, and the others go. `earlier`: the steps of a try whose write may have arrived; equal entries stay counted as
 * they were then.
 */
export function planUndo(
  records: readonly WrittenEntry[],
  list: ProviderList,
  known: KnownSecrets,
  { force, earlier = [] }: { force: Force; earlier?: readonly (UndoPlan['steps'][number] | undefined)[] },
): Result<UndoPlan | UndoConflicts> {
  let { providers } = list;
  const changed: UndoConflicts['changed'] = [];
  const steps: UndoPlan['steps'] = [];
  for (const [at, record] of records.entries()) {
    // What came back a step before is not what somebody put there again.
    const decided = undoEntry(record, { ...list, providers }, known, force, list.providers);
    if (!decided.ok) {
      // Of several, one that somebody removed is taken back already.
      steps.push(decided.failure.code === 'undo-gone' ? null : decided.failure);
      continue;
    }
    if ('conflict' in decided.value) {
      // It may have been renamed: the name is that of the entry that is spoken of.
      changed.push({
        providerName: nameOf(decided.value.current) || record.providerName,
        ...decided.value,
      });
      continue;
    }
    const change = decided.value;
    ({ providers } = change);
    steps.push(stepOf(change, list, known, earlier[at]));
  }
  if (changed.length > 0) return ok({ changed });
  const changes = steps.flatMap((step) => (step && !isRefused(step) ? [step.change] : []));
  const change = joinChanges(changes, list);
  return change ? ok({ steps, change }) : fail(steps.find(isRefused) ?? { code: 'undo-gone' });
}

function stepOf(
  change: EntryChange,
  { providers }: ProviderList,
  { fingerprints }: KnownSecrets,
  earlier: UndoPlan['steps'][number] | undefined,
): UndoStep {
  const removed = change.before && redactedText(change.before, fingerprints);
  const put = change.after && redactedText(change.after, fingerprints);
  const alike =
    earlier && !isRefused(earlier)
      ? earlier.alike
      : removed
        ? countSame(providers, removed, fingerprints)
        : put
          ? countSame(providers, put, fingerprints) + 1
          : 0;
  return { change, removed, put, alike };
}

/** Changes that follow one another, as one write of the whole list. */
function joinChanges(changes: readonly EntryChange[], list: ProviderList): EntryChange | undefined {
  const last = changes.at(-1);
  if (!last || changes.length === 1) return last;
  const first = intermediateOfMany({ changes, providers: last.providers }, list);
  const groupNames = new Map(changes.flatMap((change) => [...(change.groupNames ?? [])]));
  return { ...last, whole: true, ...(first && { first }), groupNames };
}

/** Whether a list that was read back shows a step done. */
export function isUndone(
  step: UndoPlan['steps'][number],
  providers: readonly Provider[],
  fingerprints: Fingerprints,
): boolean {
  if (!step || isRefused(step)) return true;
  // Equal ones were there before one of them came back.
  if (step.put !== null && step.removed === null)
    return countSame(providers, step.put, fingerprints) >= step.alike;
  // Of equal entries, one was ours: only that one goes, or becomes another.
  const isGone = step.removed !== null && countSame(providers, step.removed, fingerprints) < step.alike;
  if (step.put === null) return isGone;
  const isSame = step.removed !== null && contentOf(step.put) === contentOf(step.removed);
  return countSame(providers, step.put, fingerprints) > 0 && (isGone || isSame);
}
