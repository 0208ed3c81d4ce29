import { useEffect, useRef, useState } from 'react';
import type { EntryEdit } from '../../core/entries/edit';
import type { EntryView, PlannedEdit } from '../../core/entries/view';
import { usePage } from '../page-context';

const PAUSE_MS = 200;

interface Editing {
  edit: EntryEdit;
  set(change: EntryEdit): void;
  planned: PlannedEdit | null;
  /** Somebody changed the entry meanwhile. */
  changed: boolean;
  busy: boolean;
  apply(): Promise<void>;
}

/** What is being changed of an entry, planned after each pause in typing, and written as it was shown. */
export function useEntryEdit({
  entry,
  keyIndex,
  keyId,
  onClose,
}: {
  entry: EntryView;
  keyIndex: number;
  keyId: string;
  onClose(): void;
}): Editing {
  const { ask, order } = usePage();
  const [edit, setEdit] = useState<EntryEdit>({});
  const [planned, setPlanned] = useState<PlannedEdit | null>({ kind: 'nothing' });
  const [changed, setChanged] = useState(false);
  const [busy, setBusy] = useState(false);
  const first = useRef(true);
  const { list, id, index } = entry;
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    let here = true;
    const timer = setTimeout(() => {
      const ref = { list, id, index, keyIndex };
      void ask('entry.plan', { ref, edit }).then((reply) => {
        if (here) setPlanned(reply.ok ? reply.value : { kind: 'failed', failure: reply.failure });
      });
    }, PAUSE_MS);
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [ask, edit, list, id, index, keyIndex]);
  return {
    edit,
    planned,
    changed,
    busy,
    set(change) {
      setPlanned(null);
      setEdit({ ...edit, ...change });
    },
    async apply() {
      if (planned?.kind !== 'plan' || busy) return;
      setBusy(true);
      const ref = { list, id, index, keyIndex };
      const done = await order('entry.apply', { ref, edit, hash: planned.hash, keyId });
      setBusy(false);
      if (done.ok && done.value.kind === 'changed') return setChanged(true);
      onClose();
    },
  };
}
