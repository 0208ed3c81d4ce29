import { useState } from 'react';
import type { BackupItem } from '../../core/backup/items';
import { usePage } from '../page-context';
import { addBackup, type RowState } from './add-backup';

/** One item of a backup. */
export interface BackupRow {
  id: string;
  thing: BackupItem['thing'];
  state: RowState;
  needsSecret: boolean;
  /** What the user typed in place of the secret that the backup lacks. */
  secret: string;
  choosable: boolean;
  chosen: boolean;
}

export interface BackupChoice {
  rows: BackupRow[];
  busy: boolean;
  /** How many were added, and how many accounts of them could not be read yet; null before. */
  done: { added: number; waiting: number } | null;
  choose(ids: readonly string[], on: boolean): void;
  /** Which chooses it, too. */
  giveSecret(id: string, secret: string): void;
  add(): Promise<void>;
}

/** Which items of a backup the user wants, and adding them. */
export function useBackupChoice(items: readonly BackupItem[]): BackupChoice {
  const context = usePage();
  const [states, setStates] = useState<Record<string, RowState>>({});
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(items.filter(isWanted).map(({ id }) => id)),
  );
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<BackupChoice['done']>(null);
  const rows = items.map((item): BackupRow => {
    const state = states[item.id] ?? item.state;
    const secret = secrets[item.id] ?? '';
    // What could not be added may be tried again, with another secret where the backup has none.
    const open = state.kind !== 'added' && state.kind !== 'here';
    const needsSecret = open && item.state.kind === 'needs-secret';
    const choosable = needsSecret ? secret.trim() !== '' : open && item.state.kind === 'new';
    return { ...item, state, needsSecret, secret, choosable, chosen: choosable && chosen.has(item.id) };
  });
  const choose = (ids: readonly string[], on: boolean): void =>
    setChosen((before) => new Set(on ? [...before, ...ids] : [...before].filter((id) => !ids.includes(id))));
  return {
    rows,
    busy,
    done,
    choose,
    giveSecret(id, secret) {
      setSecrets((before) => ({ ...before, [id]: secret }));
      choose([id], true);
    },
    async add() {
      setBusy(true);
      const wanted = rows.filter((row) => row.chosen);
      const { states: became, waiting } = await addBackup(context, wanted.map(withSecret));
      setStates((before) => ({ ...before, ...became }));
      const added = Object.values(became).filter(({ kind }) => kind === 'added').length;
      setDone({ added: (done?.added ?? 0) + added, waiting });
      setBusy(false);
    },
  };
}

/** New items that are in use are ticked from the start. Settings are not: they would replace those here. */
const isWanted = ({ thing, state }: BackupItem): boolean =>
  state.kind === 'new' && thing.kind !== 'settings' && !(thing.kind === 'account' && thing.account.off);

function withSecret({ id, thing, secret }: BackupRow): BackupItem {
  const state = { kind: 'new' } as const;
  if (!secret) return { id, thing, state };
  if (thing.kind === 'account')
    return { id, state, thing: { kind: 'account', account: { ...thing.account, accessToken: secret } } };
  if (thing.kind === 'new-api')
    return { id, state, thing: { kind: 'new-api', newApi: { ...thing.newApi, accessToken: secret } } };
  if (thing.kind === 'key') return { id, state, thing: { kind: 'key', key: { ...thing.key, text: secret } } };
  return { id, thing, state };
}
