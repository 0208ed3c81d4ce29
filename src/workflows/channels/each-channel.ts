import type { Channel } from '../../core/channels/channel';
import type { ChannelResult } from '../../core/channels/view';
import type { Failure, FailureCode } from '../../core/failures/failure';
import type { Result } from '../../core/failures/result';
import { fewAtOnce } from '../few-at-once';
import { heartbeat, type Report } from '../heartbeat';
import type { Ports } from '../ports';

/** The number of our requests at one server at a time. */
export const AT_ONCE = 4;

/** Refusals that are about the account or the server, so that the next channel would get the same. */
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

export interface Course {
  signal: AbortSignal;
  report?: Report | undefined;
}

/**
 * Works through a list, a few at once. The first goes alone, so that a refusal that is about the account is met once:
 * `work` answers true where the others would get the same, and they are not tried; nor is what the user stopped.
 */
export async function firstThenFew<T>(
  ports: Pick<Ports, 'clock' | 'pages'>,
  items: readonly T[],
  { signal, report }: Course,
  work: (item: T) => Promise<boolean>,
): Promise<void> {
  const beat = heartbeat(ports);
  let stopped = false;
  let done = 0;
  const one = async (item: T): Promise<void> => {
    if (stopped || signal.aborted) return;
    if (await work(item)) stopped = true;
    report?.((done += 1), items.length);
    await beat();
  };
  await fewAtOnce(items.slice(0, 1), 1, one);
  await fewAtOnce(items.slice(1), AT_ONCE, one);
}

/** The same for several channels, named by their numbers, with a result for each. One that fails stops no other. */
export async function eachChannel<T>(
  ports: Pick<Ports, 'clock' | 'pages'>,
  channels: ReadonlyMap<number, T>,
  course: Course,
  work: (item: T) => Promise<Result<Channel | null>>,
): Promise<ChannelResult[]> {
  const results = new Map<number, ChannelResult>();
  await firstThenFew(ports, [...channels], course, async ([channelId, item]) => {
    const started = ports.clock.now();
    const result = await work(item);
    const tookMs = ports.clock.now() - started;
    results.set(
      channelId,
      result.ok
        ? { channelId, kind: 'done', channel: result.value, tookMs }
        : { channelId, kind: 'failed', failure: result.failure },
    );
    return !result.ok && FOR_ALL.has(result.failure.code);
  });
  return [...channels.keys()].map((channelId) => results.get(channelId) ?? { channelId, kind: 'not-tried' });
}
