import { useState } from 'react';
import {
  listItems,
  type BackupItem,
  type BackupItems,
  type BackupKey,
  type ItemState,
} from '../../core/backup/items';
import type { Failure } from '../../core/failures/failure';
import type { KeyVerdict } from '../../core/accounts/key-verdict';
import { readBackup, readSealed } from '../../core/backup/read-backup';
import { fail, ok, type Result } from '../../core/failures/result';
import { usePage } from '../page-context';
import { useView } from '../use-view';

const MOST_BYTES = 20 * 1024 * 1024;

export type OpenedFile =
  | { kind: 'failed'; failure: Failure }
  | { kind: 'sealed'; name: string; open(passphrase: string): Promise<Result<unknown>> }
  | { kind: 'open'; name: string; source: BackupItems['source']; items: BackupItem[] };

/** Reads the file that the user chose. What of it the worker is told is the user's choice, except which keys are known. */
export function useBackupFile(): {
  opened: OpenedFile | null;
  read(file: File): Promise<void>;
  close(): void;
} {
  const { ask, page } = usePage();
  const view = useView();
  const [opened, setOpened] = useState<OpenedFile | null>(null);
  const show = async (name: string, backup: Result<BackupItems>): Promise<Result<unknown>> => {
    if (!backup.ok) return backup;
    const keys = backup.value.keys.filter(({ text }) => text).map(keyInput);
    const verdicts = await ask('keys.add', { keys, dry: true });
    if (!verdicts.ok) return verdicts;
    // Users of New APIs are in no picture: they are asked for where the backup has some.
    const known = backup.value.newApis.length > 0 ? await ask('new-api.list', {}) : ok([]);
    if (!known.ok) return known;
    const here = { ...view, newApis: known.value };
    const items = listItems(backup.value, here, verdicts.value.map(stateOf));
    setOpened({ kind: 'open', name, source: backup.value.source, items });
    return known;
  };
  const open = async (file: File): Promise<Result<unknown>> => {
    if (file.size > MOST_BYTES) return fail({ code: 'backup-too-large' });
    const read = readBackup(await file.text());
    if (!read.ok) return read;
    if (read.value.kind === 'items') return show(file.name, ok(read.value.items));
    const { salt, iterations, sealed } = read.value;
    const unseal = async (passphrase: string): Promise<Result<unknown>> => {
      const sealing = await page.sealing();
      const text = await sealing.open(await sealing.derive(passphrase, salt, iterations), sealed);
      return text === undefined ? fail({ code: 'wrong-passphrase' }) : show(file.name, readSealed(text));
    };
    setOpened({ kind: 'sealed', name: file.name, open: unseal });
    return read;
  };
  return {
    opened,
    async read(file) {
      setOpened(null);
      const read = await open(file);
      if (!read.ok) setOpened({ kind: 'failed', failure: read.failure });
    },
    close: () => setOpened(null),
  };
}

/** A key as the worker is given it. */
export const keyInput = ({ name, baseUrl, text }: BackupKey) => ({ relayName: name, baseUrl, key: text });

export function stateOf(verdict: KeyVerdict): ItemState {
  if (verdict.kind === 'refused') return { kind: 'unusable', failure: verdict.failure };
  return { kind: verdict.kind === 'known' ? 'here' : 'new' };
}
