import type { Channel } from '../../core/channels/channel';
import { channelOf } from '../../core/channels/raw-channel';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { askData } from '../../relays/site/envelope';
import type { Dialect } from './dialect';
import { readRaw } from './read-channel';
import { put } from './update-channel';
import type { WriteTrail } from './write-trail';

const STATUS = { on: 1, off: 2 } as const;

/** Switches a channel and reads it again, since a server may answer success and do nothing. */
export async function switchChannel(
  http: Http,
  site: Site,
  dialect: Dialect,
  id: number,
  state: 'on' | 'off',
  trail?: WriteTrail,
): Promise<Result<Channel>> {
  const raw = await readRaw(http, site, id);
  if (!raw.ok) return raw;
  const ways = {
    call: () =>
      askData(http, site, {
        method: 'POST',
        path: `/api/channel/${id}/status`,
        body: { status: STATUS[state] },
      }),
    put: () => put(http, site, dialect, raw.value, { status: STATUS[state] }),
  };
  if (trail) trail.step = 'sent';
  for (const way of dialect.switching) {
    const switched = await ways[way]();
    if (!switched.ok && switched.failure.code === 'relay-not-found' && way === 'call') continue;
    if (!switched.ok) return switched;
    break;
  }
  if (trail) trail.step = 'taken';
  const after = await readRaw(http, site, id);
  if (!after.ok) return after;
  const channel = channelOf(after.value);
  return channel.state === state ? ok(channel) : fail({ code: 'channel-not-saved', name: channel.name });
}

/** Switches many channels at once, where there is a call for it. Only the list shows which of them changed. */
export const switchMany = (
  http: Http,
  site: Site,
  ids: readonly number[],
  state: 'on' | 'off',
): Promise<Result<unknown>> =>
  askData(http, site, {
    method: 'POST',
    path: '/api/channel/status/batch',
    body: { ids, status: STATUS[state] },
  });
