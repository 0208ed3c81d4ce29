import type { Provider } from '../../core/cliproxyapi/provider';
import { secretsIn } from '../../core/cliproxyapi/redact';
import { redactedText } from '../../core/cliproxyapi/same-entry';
import { ok, type Result } from '../../core/failures/result';
import type { KnownSecrets } from '../../core/undo/written-entry';
import type { ProviderRecord } from '../../storage/journal-schema';
import type { Ports } from '../ports';
import { openRecords } from './journal';

/** A record as it is opened; the entry before and after the write is added without secrets. */
export type NewRecord = Omit<ProviderRecord, 'before' | 'after'>;

/** Defaults of a record: nothing has been written yet, and there is no draft. */
export const NEW_RECORD = {
  about: 'provider',
  batch: null,
  undoes: null,
  phase: 'writing',
  place: null,
  alike: 1,
  draft: null,
  draftTrimmed: false,
  served: null,
  total: null,
  tookMs: null,
  undoneAt: null,
} as const;

/** Fingerprints of all secret texts of some entries: fingerprint by text. */
export async function fingerprintsOf(
  ports: Ports,
  providers: readonly (Provider | null)[],
): Promise<Result<Map<string, string>>> {
  const journal = await ports.journal.read();
  if (!journal.ok) return journal;
  const { salt } = journal.value;
  const texts = [...new Set(providers.flatMap((provider) => (provider ? secretsIn(provider) : [])))];
  const pairs = await Promise.all(
    texts.map(async (text) => [text, (await ports.hash.sha256(`${salt}\0${text}`)).slice(0, 24)] as const),
  );
  return ok(new Map(pairs));
}

/**
 * Opens the records of all entries of one write, before anything is written. Secrets of the entries are stored where the
 * user lets keys be stored: on the device, or until the browser closes.
 */
export async function openEntryRecords(
  ports: Ports,
  opened: readonly { record: NewRecord; before: Provider | null; after: Provider | null }[],
  onDevice: boolean,
): Promise<Result<true>> {
  const entries = opened.flatMap(({ before, after }) => [before, after]);
  const fingerprints = await fingerprintsOf(ports, entries);
  if (!fingerprints.ok) return fingerprints;
  const secrets = Object.fromEntries([...fingerprints.value].map(([text, print]) => [print, text]));
  if (!onDevice) {
    const saved = await ports.session.change((document) => {
      Object.assign(document.secrets, secrets);
    });
    if (!saved.ok) return saved;
  }
  const textOf = (entry: Provider | null): string | null => entry && redactedText(entry, fingerprints.value);
  const records = opened.map(({ record, before, after }) => ({
    ...record,
    before: textOf(before),
    after: textOf(after),
  }));
  return openRecords(ports, records, onDevice ? secrets : {});
}

/**
 * Whether secrets of a record may stay on the device: only where the management key does, and every key of the record.
 * A record without a key may not.
 */
export async function secretsOnDevice(ports: Ports, keyIds: readonly string[]): Promise<boolean> {
  const saved = await ports.saved.read();
  if (!saved.ok || saved.value.connection?.remember !== 'device' || keyIds.length === 0) return false;
  const there = new Set(saved.value.keys.map(({ id }) => id));
  return keyIds.every((id) => there.has(id));
}

/** Every secret that is stored or in one of these entries. */
export async function secretsAtHand(
  ports: Ports,
  present: readonly Provider[],
): Promise<Result<KnownSecrets>> {
  const [journal, session] = [await ports.journal.read(), await ports.session.read()];
  if (!journal.ok) return journal;
  if (!session.ok) return session;
  const inList = await fingerprintsOf(ports, present);
  if (!inList.ok) return inList;
  const texts = new Map(Object.entries({ ...journal.value.secrets, ...session.value.secrets }));
  for (const [text, print] of inList.value) texts.set(print, text);
  return ok({ texts, fingerprints: new Map([...texts].map(([print, text]) => [text, print])) });
}
