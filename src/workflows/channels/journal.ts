import { withoutUser } from '../../core/base-url';
import type { Result } from '../../core/result';
import type { ChannelRecord } from '../../storage/journal-schema';
import { openRecords, updateRecords } from '../journal/journal';
import type { Ports } from '../ports';

/** What a record of a write says that was not yet sent. */
export type NewChannelRecord = Omit<
  ChannelRecord,
  'about' | 'at' | 'batch' | 'phase' | 'undoneAt' | 'foundBy' | 'linked'
> & { batch?: string | undefined };

/** The key of a record about no key of ours. */
export const NO_KEY = { id: null, name: '', mask: '' } as const;

/** Adds records before anything is written. No key is among their fields. */
export function openChannelRecords(
  ports: Pick<Ports, 'journal' | 'clock'>,
  records: readonly NewChannelRecord[],
): Promise<Result<true>> {
  const at = ports.clock.now();
  return openRecords(
    ports,
    records.map(({ batch = null, changes, after, ...record }): ChannelRecord => ({
      about: 'channel',
      ...record,
      at,
      batch,
      phase: 'writing',
      undoneAt: null,
      foundBy: null,
      linked: false,
      after: withoutUserIn(after),
      changes: changes.map((change) =>
        change.field === 'baseUrl'
          ? { ...change, from: withoutUser(change.from), to: withoutUser(change.to) }
          : change,
      ),
    })),
  );
}

/** An address may hold a user and a password: the diff shows it without them, and undo leaves it alone. */
const withoutUserIn = (after: ChannelRecord['after']): ChannelRecord['after'] =>
  after.baseUrl === undefined ? after : { ...after, baseUrl: withoutUser(after.baseUrl) };

/** Notes how far writes came, and what was found out about them. */
export const updateChannelRecords = (
  ports: Pick<Ports, 'journal'>,
  changes: ReadonlyMap<string, Partial<ChannelRecord>>,
): Promise<Result<void>> =>
  updateRecords(
    ports,
    new Map(
      [...changes].map(([id, change]) => [
        id,
        change.after ? { ...change, after: withoutUserIn(change.after) } : change,
      ]),
    ),
  );

export const updateChannelRecord = (
  ports: Pick<Ports, 'journal'>,
  id: string,
  change: Partial<ChannelRecord>,
): Promise<Result<void>> => updateChannelRecords(ports, new Map([[id, change]]));

/** Everything that was written to channels and is still remembered, newest first. */
export async function readChannelRecords(ports: Pick<Ports, 'journal'>): Promise<Result<ChannelRecord[]>> {
  const journal = await ports.journal.read();
  if (!journal.ok) return journal;
  return { ok: true, value: journal.value.records.filter((record) => record.about === 'channel') };
}
