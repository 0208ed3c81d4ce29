import { ok, type Result } from '../../core/failures/result';
import type { ChannelRecord, Journal, JournalRecord, ProviderRecord } from '../../storage/journal-schema';
import { KEPT } from '../../core/history/kept';
import type { Ports } from '../ports';

/** Adds records before anything is written. `secrets`: those of their entries that may stay on the device. */
export async function openRecords(
  ports: Pick<Ports, 'journal' | 'clock'>,
  records: readonly JournalRecord[],
  secrets: Record<string, string> = {},
): Promise<Result<true>> {
  const now = ports.clock.now();
  return ports.journal.change((journal) => {
    journal.records.unshift(...records);
    Object.assign(journal.secrets, secrets);
    prune(journal, now);
    return true;
  });
}

/** Takes records out again that were opened for a write that is not made, with the secrets of theirs alone. */
export const dropRecords = (
  ports: Pick<Ports, 'journal' | 'clock'>,
  ids: ReadonlySet<string>,
): Promise<Result<void>> =>
  ports.journal.change((journal) => {
    journal.records = journal.records.filter(({ id }) => !ids.has(id));
    prune(journal, ports.clock.now());
  });

/** Drops closed records that are old or, oldest first, too many; then secrets that no record names. */
function prune(journal: Journal, now: number): void {
  const used = { provider: { records: 0, chars: 0 }, channel: { records: 0, chars: 0 } };
  journal.records = journal.records.filter((record) => {
    const kind = used[record.about];
    kind.records += 1;
    kind.chars += JSON.stringify(record).length;
    const fits = kind.records <= KEPT.records && kind.chars < KEPT.chars;
    return isOpen(record) || (fits && now - record.at < KEPT.ms);
  });
  const named = new Set(journal.records.flatMap(fingerprintsIn));
  for (const print of Object.keys(journal.secrets)) if (!named.has(print)) delete journal.secrets[print];
}

/** The fingerprints of the secrets that a record names. */
export const fingerprintsIn = (record: JournalRecord): string[] =>
  record.about === 'channel'
    ? []
    : [...`${record.before}${record.after}`.matchAll(/secret:([0-9a-f]{24})/g)].flatMap(
        ([, print]) => print ?? [],
      );

/** Whether the outcome of the write is still unknown. */
export const isOpen = ({ phase }: JournalRecord): boolean => phase === 'writing' || phase === 'written';

export type RecordChange = Partial<Omit<ProviderRecord, 'about'>> | Partial<Omit<ChannelRecord, 'about'>>;

/** Notes progress and outcome of writes. Skips records that were dropped meanwhile. */
export const updateRecords = (
  ports: Pick<Ports, 'journal'>,
  changes: ReadonlyMap<string, RecordChange>,
): Promise<Result<void>> =>
  ports.journal.change((journal) => {
    for (const record of journal.records) Object.assign(record, changes.get(record.id));
  });

export const updateRecord = (
  ports: Pick<Ports, 'journal'>,
  id: string,
  change: RecordChange,
): Promise<Result<void>> => updateRecords(ports, new Map([[id, change]]));

/** Everything that was written to CLIProxyAPI and is still remembered, newest first. */
export async function readProviderRecords(ports: Pick<Ports, 'journal'>): Promise<Result<ProviderRecord[]>> {
  const journal = await ports.journal.read();
  return journal.ok ? ok(journal.value.records.filter((record) => record.about === 'provider')) : journal;
}

/**
 * Whether a list may yet tell how a write ended; which of these writes are looked for, `lookedFor` decides, in the worker's
 * later part.
 */
export async function hasSought(ports: Pick<Ports, 'journal'>): Promise<boolean> {
  const records = await readProviderRecords(ports);
  return records.ok && records.value.some((record) => isOpen(record) || record.unseen);
}

/** Whether the last life of the worker left something for `recover` to look at. */
export async function hasUnfinished(ports: Pick<Ports, 'journal' | 'everywhere'>): Promise<boolean> {
  const session = await ports.everywhere.session.read();
  const proxies = session.ok ? Object.values(session.value.proxies) : [];
  return proxies.some(({ running }) => Object.keys(running).length > 0) || hasSought(ports);
}

/** The record of one import or edit; undefined: it is not remembered any more. */
export async function findImport(
  ports: Pick<Ports, 'journal'>,
  importId: string | null,
): Promise<ProviderRecord | undefined> {
  const records = await readProviderRecords(ports);
  return records.ok ? records.value.find(({ id }) => id === importId) : undefined;
}
