import { hostOf, withoutUser } from '../../core/base-url';
import type { ChannelHistoryItem } from '../../core/channels/view';
import { ok, type Result } from '../../core/result';
import type { ChannelRecord } from '../../storage/channel-schema';
import type { Ports } from '../ports';

type Needs = Pick<Ports, 'journal' | 'clock'>;

/** The browser gives an extension 10 MiB, and the journal of imports has a third of them. */
const MAX_CHARS = 2_500_000;

const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
/** A sync of a thousand channels fits twice; lists of models make a record some kilobytes long at most. */
const MOST = 2_000;
/** No write takes longer; a record that is open for so long was left by a worker that was stopped. */
export const CUT_OFF_MS = 3 * 60_000;

export type NewRecord = Omit<ChannelRecord, 'at' | 'phase' | 'undoneAt'>;

/** Adds records before anything is written. No key is among their fields. */
export async function openChannelRecords(ports: Needs, records: readonly NewRecord[]): Promise<Result<true>> {
  const at = ports.clock.now();
  const added = await ports.journal.change((journal) => {
    const opened = records.map((record): ChannelRecord => ({
      ...withoutUsers(record),
      at,
      phase: 'writing',
      undoneAt: null,
    }));
    let signs = 0;
    journal.channels = [...opened, ...(journal.channels ?? [])]
      .filter((record, index) => {
        signs += JSON.stringify(record).length;
        const fits = at - record.at < KEPT_MS && index < MOST && signs < MAX_CHARS;
        return record.phase === 'writing' || index < opened.length || fits;
      })
      .slice(0, MOST + records.length);
  });
  return added.ok ? ok(true) : added;
}

/** An address may hold a user and a password: the diff shows it without, and undo leaves it alone. */
function withoutUsers(record: NewRecord): NewRecord {
  const changes = record.changes.map((change) => ({
    ...change,
    from: change.field === 'baseUrl' ? withoutUser(change.from) : change.from,
    to: change.field === 'baseUrl' ? withoutUser(change.to) : change.to,
  }));
  return { ...record, changes, after: withoutUserIn(record.after) };
}

const withoutUserIn = (after: ChannelRecord['after']): ChannelRecord['after'] =>
  after.baseUrl === undefined ? after : { ...after, baseUrl: withoutUser(after.baseUrl) };

/** Notes how far records came, and what was found out about them. */
export const updateChannelRecords = (
  ports: Pick<Ports, 'journal'>,
  changes: ReadonlyMap<string, Partial<ChannelRecord>>,
): Promise<Result<void>> =>
  ports.journal.change((journal) => {
    for (const record of journal.channels ?? []) {
      const change = changes.get(record.id);
      if (change) Object.assign(record, change, change.after && { after: withoutUserIn(change.after) });
    }
  });

export const updateChannelRecord = (
  ports: Pick<Ports, 'journal'>,
  id: string,
  change: Partial<ChannelRecord>,
): Promise<Result<void>> => updateChannelRecords(ports, new Map([[id, change]]));

/** What was written to channels and is still remembered, newest first. One that was cut off wants a look. */
export async function readChannelHistory(
  ports: Pick<Ports, 'journal' | 'saved' | 'clock'>,
): Promise<Result<ChannelHistoryItem[]>> {
  const [journal, saved] = [await ports.journal.read(), await ports.saved.read()];
  if (!journal.ok) return journal;
  if (!saved.ok) return saved;
  const names = new Map((saved.value.newApis ?? []).map(({ id, name }) => [id, name]));
  const now = ports.clock.now();
  return ok(
    (journal.value.channels ?? []).map((record): ChannelHistoryItem => {
      const host = hostOf(record.siteUrl);
      const phase = record.phase === 'writing' && now - record.at > CUT_OFF_MS ? 'needs-look' : record.phase;
      const { id, at, action, keyId, keyName, mask, channelId, channelName, changes, undoneAt } = record;
      const undoable =
        phase === 'done' && action !== 'delete' && action !== 'undo' && names.has(record.newApiId);
      const newApiName = names.get(record.newApiId) || host;
      const about = { id, at, action, phase, batch: record.batch ?? null, newApiName, host };
      return { ...about, keyId, keyName, mask, channelId, channelName, changes, undoneAt, undoable };
    }),
  );
}
