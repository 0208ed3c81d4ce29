import * as v from 'valibot';
import { z } from 'zod/mini';
import { BACKUP_VERSION, backupDataSchema, backupFileSchema, type BackupData } from './backup';
import type { BackupItems, Label } from './items';
import { isPlainObject } from '../json';
import { readAllApiHub } from './read-all-api-hub';
import { fail, ok, type Result } from '../failures/result';
import { settingsSchema } from '../view/settings';

/** What a file turns out to be. A sealed one shows nothing until it is opened (`readSealed`). */
export type ReadBackup =
  | { kind: 'items'; items: BackupItems }
  | { kind: 'sealed'; salt: string; iterations: number; sealed: string };

/**
 * Reads a backup of KeyFerry or of All API Hub. Fails with `backup-broken` (cut off, or of a shape that its version does
 * not have), `backup-foreign`, `backup-future` or `backup-encrypted`.
 */
export function readBackup(text: string): Result<ReadBackup> {
  const json = parse(text);
  if (json === undefined)
    return fail({ code: /^[\s\uFEFF]*\{/.test(text) ? 'backup-broken' : 'backup-foreign' });
  if (!isPlainObject(json)) return fail({ code: 'backup-foreign' });
  if (json['format'] !== 'keyferry-backup') {
    const read = readAllApiHub(json);
    return read.ok ? ok({ kind: 'items', items: read.value }) : read;
  }
  const { version } = json;
  if (typeof version === 'number' && version > BACKUP_VERSION)
    return fail({ code: 'backup-future', version });
  const file = z.safeParse(backupFileSchema, json);
  if (!file.success) return fail({ code: 'backup-broken' });
  if (file.data.secrets === 'none') return ok({ kind: 'items', items: itemsOf(file.data.data) });
  const { salt, iterations, sealed } = file.data;
  return ok({ kind: 'sealed', salt, iterations, sealed });
}

/** What was sealed, once it is opened. */
export function readSealed(text: string): Result<BackupItems> {
  const data = z.safeParse(backupDataSchema, parse(text));
  return data.success ? ok(itemsOf(data.data)) : fail({ code: 'backup-broken' });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** Backups of storage version 1 lack what was empty or never chosen; importing them leaves that as it is here. */
const backupSettings = v.partial(settingsSchema, ['ruleSets', 'relayRules', 'keysAs', 'told', 'sites']);

const itemsOf = ({ settings, accounts, keys, labels = {}, newApis = [] }: BackupData): BackupItems => ({
  source: 'keyferry',
  settings: v.is(backupSettings, settings) ? settings : null,
  accounts: accounts.map(({ id, name, siteUrl, userId, accessToken = '' }) => ({
    name,
    siteUrl,
    userId,
    accessToken,
    labels: labelsUnder(labels, `${id}/`),
    off: false,
    failure: null,
  })),
  keys: keys.map(({ id, relayName, baseUrl, text = '', mask = '' }) => ({
    name: relayName,
    baseUrl,
    text,
    mask,
    label: labels[id] ?? null,
  })),
  newApis: newApis.map(({ accessToken = '', ...rest }) => ({ ...rest, accessToken })),
});

function labelsUnder(labels: Record<string, Label>, beginning: string): Record<string, Label> {
  const mine = Object.entries(labels).filter(([id]) => id.startsWith(beginning));
  return Object.fromEntries(mine.map(([id, label]) => [id.slice(beginning.length), label]));
}
