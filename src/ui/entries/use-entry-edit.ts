import { useState } from 'react';
import type { MessageInput } from '../../contract/messages';
import type { EntryEdit } from '../../core/entries/entry-edit';
import type { OpenedEntry, PlannedEdit } from '../../core/entries/view';
import { ok, type Result } from '../../core/failures/result';
import { usePage, type PageContext } from '../page-context';
import { createPlanFlow, orFailed, type Opened, type PlanFlow, type PlanState } from '../plan-flow';
import { usePlanFlow } from '../use-plan-flow';

/** The change, and the key of the entry that it is about. */
interface EntryDraft {
  edit: EntryEdit;
  keyIndex: number;
}
type EntryState = PlanState<null, OpenedEntry, EntryDraft, PlannedEdit>;
export type OpenEntry = EntryState & { kind: 'open' };

export interface EntryControl {
  state: EntryState;
  /** Somebody else changed the entry since it was read. */
  changed: boolean;
  edit(change: EntryEdit): void;
  chooseKey(keyIndex: number): void;
  again(): void;
  apply(): Promise<void>;
}

const fresh = (opened: OpenedEntry, edit: EntryEdit = {}): Opened<OpenedEntry, EntryDraft, PlannedEdit> => ({
  opened,
  draft: { edit, keyIndex: opened.keyIndex },
  planned: { kind: 'nothing' },
  ...(Object.keys(edit).length > 0 && { next: 'plan' }),
});

const orderOf = (
  { entry: { list, id, index } }: OpenedEntry,
  { edit, keyIndex }: EntryDraft,
): MessageInput<'entry.plan'> => ({ ref: { list, id, index, keyIndex }, edit });

/**
 * `order` also says failures; `toast` says what the dialog cannot say, since it was closed. `keyId`: the card that the
 * dialog was opened from; empty: the list of entries.
 */
export function createEntryFlow(
  { ask, order, toast }: Pick<PageContext, 'ask' | 'order' | 'toast'>,
  entry: {
    keyId: string;
    edit?: EntryEdit | undefined;
    open(): Promise<Result<OpenedEntry>>;
    onChanged(): void;
    onDone(): void;
  },
): PlanFlow<null, OpenedEntry, EntryDraft, PlannedEdit> {
  return createPlanFlow(ask, {
    dialog: () => ({ dialog: 'entry', id: '' }),
    async open() {
      const opened = await entry.open();
      return opened.ok ? ok(fresh(opened.value, entry.edit)) : opened;
    },
    plan: async ({ opened, draft }) => orFailed<PlannedEdit>(await ask('entry.plan', orderOf(opened, draft))),
    hashOf: (planned) => (planned.kind === 'plan' ? planned.hash : undefined),
    async apply({ opened, draft }, hash, here) {
      // The card is about one key of the provider only.
      const keyId = draft.keyIndex === opened.keyIndex ? entry.keyId : '';
      const done = await order('entry.apply', { ...orderOf(opened, draft), hash, keyId });
      const changed = done.ok && done.value.kind === 'changed';
      if (here()) (changed ? entry.onChanged : entry.onDone)();
      else if (changed) toast.failure('', { code: 'list-changed' });
      return changed ? { kind: 'refused', failure: { code: 'list-changed' } } : { kind: 'done' };
    },
    pauseMs: 120,
  });
}

/** The entry behind an open dialog. It is read first, unless it is `given`. */
export function useEntryEdit({
  keyId,
  given,
  edit,
  onDone,
}: {
  keyId: string;
  given: OpenedEntry | undefined;
  edit?: EntryEdit | undefined;
  onDone(): void;
}): EntryControl {
  const page = usePage();
  const [changed, setChanged] = useState(false);
  const open = async (): Promise<Result<OpenedEntry>> =>
    given ? ok(given) : page.ask('entry.open', { keyId });
  const [state, flow] = usePlanFlow(
    () => createEntryFlow(page, { keyId, edit, open, onDone, onChanged: () => setChanged(true) }),
    null,
    given && fresh(given),
  );
  const change = (next: (draft: EntryDraft) => EntryDraft): void => {
    const now = flow.getState();
    if (now.kind === 'open') flow.edit(next(now.draft));
  };
  return {
    state,
    changed,
    edit: (more) => change((draft) => ({ ...draft, edit: { ...draft.edit, ...more } })),
    chooseKey: (keyIndex) => change((draft) => ({ ...draft, keyIndex })),
    again() {
      setChanged(false);
      void flow.open(null);
    },
    apply: flow.apply,
  };
}
