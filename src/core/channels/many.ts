import type { Channel, ChannelState, SeenChannel } from './channel';
import type { ChannelResult } from './view';
import type { Failure } from '../failures/failure';
import type { Result } from '../failures/result';

/** A channel as it was found on a look at it: as pages see it, or why it could not be read. */
export type Found = Result<Channel>;

const failed = (channelId: number, failure: Failure): ChannelResult => ({
  channelId,
  kind: 'failed',
  failure,
});

/** A channel that is what a page showed, and its state as the look found it. */
export type SameChannel = SeenChannel & { state: ChannelState };

/**
 * Separates the channels that are still what a page showed from the others, for which nothing may be sent. Numbers of
 * deleted channels may come again, so that a bare number is not enough to switch or delete by.
 */
export function stillSame(
  shown: readonly SeenChannel[],
  found: ReadonlyMap<number, Found>,
): { same: SameChannel[]; others: ChannelResult[] } {
  const same: SameChannel[] = [];
  const others: ChannelResult[] = [];
  for (const seen of shown) {
    const { id, name, baseUrl } = seen;
    const now = found.get(id);
    if (!now?.ok) others.push(failed(id, now?.failure ?? { code: 'channel-gone' }));
    else if (now.value.name === name && now.value.baseUrl === baseUrl)
      same.push({ ...seen, state: now.value.state });
    else others.push(failed(id, { code: 'channel-changed', name }));
  }
  return { same, others };
}

/** Nothing was done and nothing speaks against another try: the server had had enough, or the rest was stopped. */
export const isLeft = (result: ChannelResult): boolean =>
  result.kind === 'not-tried' ||
  (result.kind === 'failed' &&
    ['relay-wait', 'reveal-wait', 'relay-rate-limited'].includes(result.failure.code));

/** How one channel of a call for many came out, by the call's answer and a look afterwards; undefined: not sent, gone. */
export function endOf(
  { id: channelId, name }: SeenChannel,
  sent: Result<unknown> | undefined,
  found: Found | undefined,
  { done, tookMs }: { done(channel: Channel | undefined): boolean; tookMs: number },
): ChannelResult {
  if (!sent) return { channelId, kind: 'not-tried' };
  const channel = found?.ok ? found.value : undefined;
  const unread = found?.ok === false && found.failure.code !== 'channel-gone';
  if (!unread && done(channel)) return { channelId, kind: 'done', channel: channel ?? null, tookMs };
  if (!sent.ok) return failed(channelId, sent.failure);
  if (unread) return failed(channelId, { code: 'channel-unread', name });
  return failed(
    channelId,
    channel ? { code: 'channel-not-saved', name: channel.name } : { code: 'channel-gone' },
  );
}
