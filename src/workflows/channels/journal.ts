import { shownUrl } from '../../core/base-url';
import type { ChannelResult } from '../../core/channels/view';
import { ok, type Result } from '../../core/failures/result';
import type { ChannelRecord } from '../../storage/journal-schema';
import { mayHaveArrived } from '../../targets/new-api/write-trail';
import { openRecords, updateRecords } from '../history/journal';
import type { NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';

/** What is said of a write before it is sent. Without `key` it is about no key of ours. */
export type NewChannelRecord = Pick<
  ChannelRecord,
  'id' | 'action' | 'channelId' | 'channelName' | 'before' | 'after' | 'changes'
> & {
  key?: ChannelRecord['key'];
  switched?: ChannelRecord['switched'];
  batch?: string | undefined;
  above?: number;
  final?: boolean;
};

/** Adds records before anything is written. No key is among their fields. */
export function openChannelRecords(
  ports: Pick<Ports, 'journal' | 'clock'>,
  { newApi }: Pick<NewApiClient, 'newApi'>,
  records: readonly NewChannelRecord[],
): Promise<Result<true>> {
  const at = ports.clock.now();
  return openRecords(
    ports,
    records.map(({ batch = null, changes, after, ...record }): ChannelRecord => ({
      about: 'channel',
      newApiId: newApi.id,
      siteUrl: newApi.siteUrl,
      key: { id: null, name: '', mask: '' },
      above: 0,
      ...record,
      at,
      batch,
      phase: 'writing',
      undoneAt: null,
      foundBy: null,
      linked: false,
      after: withShownUrl(after),
      changes: changes.map((change) =>
        change.field === 'baseUrl'
          ? { ...change, from: shownUrl(change.from), to: shownUrl(change.to) }
          : change,
      ),
    })),
  );
}

/** An address may hold a user and a password: the diff shows it without them, and undo leaves it alone. */
const withShownUrl = (after: ChannelRecord['after']): ChannelRecord['after'] =>
  after.baseUrl === undefined ? after : { ...after, baseUrl: shownUrl(after.baseUrl) };

/** Notes how far writes came, and what was found out about them. */
export function updateChannelRecords(
  ports: Pick<Ports, 'journal'>,
  changes: ReadonlyMap<string, Partial<ChannelRecord>>,
): Promise<Result<void>> {
  const kept = [...changes].map(
    ([id, { after, ...change }]) => [id, after ? { ...change, after: withShownUrl(after) } : change] as const,
  );
  return updateRecords(ports, new Map(kept));
}

export const updateChannelRecord = (
  ports: Pick<Ports, 'journal'>,
  id: string,
  change: Partial<ChannelRecord>,
): Promise<Result<void>> => updateChannelRecords(ports, new Map([[id, change]]));

/** Everything that was written to channels and is still remembered, newest first. */
export async function readChannelRecords(ports: Pick<Ports, 'journal'>): Promise<Result<ChannelRecord[]>> {
  const journal = await ports.journal.read();
  if (!journal.ok) return journal;
  return ok(journal.value.records.filter((record) => record.about === 'channel'));
}

/** How far a write among many came. A failure leaves it open, unless the server refused, or still shows the channel as it was. */
export function phaseOf(result: ChannelResult | undefined): ChannelRecord['phase'] {
  if (result?.kind !== 'failed') return result?.kind === 'done' ? 'done' : 'not-written';
  const { failure } = result;
  return failure.code === 'channel-unread' || mayHaveArrived(failure) ? 'needs-look' : 'not-written';
}
