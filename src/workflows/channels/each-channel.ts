import type { Channel } from '../../core/channels/channel';
import type { ChannelResult } from '../../core/channels/view';
import type { Failure, FailureCode } from '../../core/failure';
import type { Result } from '../../core/result';
import { fewAtOnce } from '../few-at-once';
import { heartbeat, whileAwake, type Report } from '../heartbeat';
import type { Ports } from '../ports';

/** So many requests of ours are at work at once at one server. */
export const AT_ONCE = 4;

/** Refusals that are about the account or the server, so that the next channel would hear the same. */
const FOR_ALL: ReadonlySet<FailureCode> = new Set([
  'token-refused',
  'user-id-refused',
  'relay-permission',
  'relay-unreachable',
  'relay-wait',
  'channel-no-right',
  'unknown-item',
]);

/** Whether a failure is one of these at this very host: that of a key's own relay is about one key. */
export const concernsAll = (failure: Failure, host: string): boolean =>
  FOR_ALL.has(failure.code) && 'host' in failure && failure.host === host;

/**
 * The same for several channels, a few at once, with a result for each. The first goes alone: a refusal that is about the
 * account is then met once. One that fails stops no other; what the user stopped is not tried.
 */
export async function eachChannel(
  ports: Pick<Ports, 'clock' | 'pages' | 'keepAlive'>,
  ids: readonly number[],
  signal: AbortSignal,
  work: (id: number) => Promise<Result<Channel | null>>,
  report?: Report,
): Promise<ChannelResult[]> {
  const results = new Map<number, ChannelResult>();
  const beat = heartbeat(ports);
  let stopped = false;
  const one = async (id: number): Promise<void> => {
    if (stopped || signal.aborted) return;
    const started = ports.clock.now();
    const result = await work(id);
    if (result.ok) {
      const tookMs = ports.clock.now() - started;
      results.set(id, { channelId: id, kind: 'done', channel: result.value, tookMs });
    } else {
      results.set(id, { channelId: id, kind: 'failed', failure: result.failure });
      stopped ||= FOR_ALL.has(result.failure.code);
    }
    report?.(results.size, ids.length);
    await beat();
  };
  await whileAwake(ports, async () => {
    const [first, ...rest] = [...new Set(ids)];
    if (first !== undefined) await one(first);
    await fewAtOnce(rest, AT_ONCE, one);
  });
  return ids.map((id) => results.get(id) ?? { channelId: id, kind: 'not-tried' });
}
