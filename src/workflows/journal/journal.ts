import { parseJson } from '../../core/json';
import type { Provider } from '../../core/cliproxyapi/provider';
import { restore, secretsIn } from '../../core/cliproxyapi/redact';
import { redactedText } from '../../core/cliproxyapi/same-entry';
import { ok, type Result } from '../../core/result';
import type { JournalRecord } from '../../storage/schema';
import type { ChangeJob } from '../change-job';
import type { Ports } from '../ports';

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
/** The browser gives an extension 10 MiB; a journal of huge providers must leave room for the rest. */
const MAX_CHARS = 3_000_000;

type Needs = Pick<Ports, 'journal' | 'session' | 'hash' | 'clock'>;

/** A record as it is opened: what stood and stands in the list is added to it without secrets. */
export type NewRecord = Omit<JournalRecord, 'before' | 'after'>;

/** What a record says of a change of which nothing has happened yet, and which is no import of one draft. */
export const NEW_RECORD = {
  undoes: null,
  phase: 'writing',
  draft: null,
  draftTrimmed: false,
  served: null,
  total: null,
  tookMs: null,
  undoneAt: null,
} as const;

/** Fingerprints of all secret texts of some entries: fingerprint by text. */
export async function fingerprintsOf(
  ports: Needs,
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
 * Adds a record before anything is written. Its secrets live where the user lets keys live: on the device, or until
 * the browser closes.
 */
export const openRecord = (
  ports: Needs,
  record: NewRecord,
  entries: { before: Provider | null; after: Provider | null },
  secretsOnDevice: boolean,
): Promise<Result<true>> => openRecords(ports, [{ record, ...entries }], secretsOnDevice);

/** The same for all entries of one write, with one write of the journal. */
export async function openRecords(
  ports: Needs,
  opened: readonly {
    record: NewRecord;
    before: Provider | null;
    after: Provider | null;
  }[],
  secretsOnDevice: boolean,
): Promise<Result<true>> {
  const fingerprints = await fingerprintsOf(
    ports,
    opened.flatMap(({ before, after }) => [before, after]),
  );
  if (!fingerprints.ok) return fingerprints;
  const secrets = Object.fromEntries([...fingerprints.value].map(([text, print]) => [print, text]));
  const textOf = (provider: Provider | null): string | null =>
    provider && redactedText(provider, fingerprints.value);
  const now = ports.clock.now();
  if (!secretsOnDevice) {
    const saved = await ports.session.change((document) => {
      Object.assign(document.secrets, secrets);
    });
    if (!saved.ok) return saved;
  }
  const added = await ports.journal.change((journal) => {
    journal.records.unshift(
      ...opened.map(({ record, before, after }) => ({
        ...record,
        before: textOf(before),
        after: textOf(after),
      })),
    );
    if (secretsOnDevice) Object.assign(journal.secrets, secrets);
    prune(journal, now);
  });
  return added.ok ? ok(true) : added;
}

/** The journal's part of a change of one entry. */
export const journalOne = (
  ports: Needs,
  id: string,
  record: () => NewRecord,
  secretsOnDevice: boolean,
): Pick<ChangeJob, 'journal' | 'setPhase'> => ({
  journal: (change) => openRecord(ports, record(), change, secretsOnDevice),
  setPhase: (phase) => updateRecord(ports, id, { phase }),
});

/** Secrets of a record may stay on the device where the management key and this very key already do. */
export async function secretsOnDevice(ports: Pick<Ports, 'saved'>, keyId: string): Promise<boolean> {
  const saved = await ports.saved.read();
  return (
    saved.ok &&
    saved.value.connection?.remember === 'device' &&
    saved.value.keys.some(({ id }) => id === keyId)
  );
}

/** Drops closed records that are old or, oldest first, too many; then secrets that no record names. */
function prune(journal: { records: JournalRecord[]; secrets: Record<string, string> }, now: number): void {
  let signs = 0;
  journal.records = journal.records.filter((record, index) => {
    signs += JSON.stringify(record).length;
    const open = isOpen(record) || index === 0;
    return open || (now - record.at < KEPT_MS && signs < MAX_CHARS);
  });
  const named = new Set(
    journal.records
      .flatMap((record) => [...`${record.before}${record.after}`.matchAll(/secret:([0-9a-f]{24})/g)])
      .map(([, print]) => print),
  );
  for (const print of Object.keys(journal.secrets)) if (!named.has(print)) delete journal.secrets[print];
}

export const isOpen = (record: JournalRecord): boolean =>
  record.phase === 'writing' || record.phase === 'written';

export function updateRecord(
  ports: Needs,
  id: string,
  change: Partial<JournalRecord>,
): Promise<Result<void>> {
  return ports.journal.change((journal) => {
    const record = journal.records.find((candidate) => candidate.id === id);
    if (record) Object.assign(record, change);
  });
}

/**
 * A journaled entry with its secrets back: from where they are kept, or out of the entries that lie in the proxy now.
 * Undefined if a secret is in neither.
 */
export async function restoreEntry(
  ports: Needs,
  text: string,
  present: readonly Provider[],
): Promise<Result<Provider | undefined>> {
  const [journal, session] = [await ports.journal.read(), await ports.session.read()];
  if (!journal.ok) return journal;
  if (!session.ok) return session;
  const fingerprints = await fingerprintsOf(ports, present);
  if (!fingerprints.ok) return fingerprints;
  const texts = new Map([
    ...Object.entries(journal.value.secrets),
    ...Object.entries(session.value.secrets),
    ...[...fingerprints.value].map(([secret, print]) => [print, secret] as const),
  ]);
  return ok(restore(parseJson(text) as Provider, texts));
}
