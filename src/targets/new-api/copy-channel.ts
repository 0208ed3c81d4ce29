import * as v from 'valibot';
import type { Channel } from '../../core/channels/channel';
import { channelOf, type RawChannel } from '../../core/channels/raw-channel';
import { ok, type Result } from '../../core/failures/result';
import { openObject } from '../../core/shapes';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { askData } from '../../relays/site/envelope';
import { judgeCreated, type NewChannel } from './create-channel';
import { keyTold } from './dialect';
import { readChannel, readRaw } from './read-channel';
import type { WriteTrail } from './write-trail';

/** A channel that is to be copied. */
export interface Original {
  channel: Channel;
  /** One key, where the server tells it; else empty. It goes into the copy and nowhere else. */
  key: string;
  /** All of it that a copy can have, by its server's names. */
  like: Record<string, unknown>;
}

/** What belongs to a channel alone: its number, its past, and its key, which goes its own way. */
const ITS_OWN = [
  'id',
  'key',
  'status',
  'created_time',
  'test_time',
  'response_time',
  'balance',
  'balance_updated_time',
  'used_quota',
  'other_info',
  'channel_info',
] as const satisfies readonly (keyof RawChannel)[];

export async function readOriginal(http: Http, site: Site, id: number): Promise<Result<Original>> {
  const raw = await readRaw(http, site, id);
  if (!raw.ok) return raw;
  const key = keyTold(raw.value);
  const own = new Set<string>(ITS_OWN);
  return ok({
    channel: channelOf(raw.value),
    // Servers would make a channel of each line.
    key: key.includes('\n') ? '' : key,
    like: Object.fromEntries(Object.entries(raw.value).filter(([name]) => !own.has(name))),
  });
}

const copiedSchema = openObject({ id: v.number() });

/**
 * Has the site copy a channel of its own, with its key and in its state; the copy's name is the channel's with `ending`. It
 * is the one call that answers with the number of what it made (v1.0.0-lab.20260728, fixture
 * new-api/channels-copy-and-tags); where the answer gets lost, the copy is looked for. `relay-not-found`: there is no such
 * call.
 */
export async function copyAtSite(
  http: Http,
  site: Site,
  copy: { id: number; ending: string; trail: WriteTrail } & Pick<NewChannel, 'fields' | 'above'>,
): Promise<Result<Channel>> {
  const { id, ending, trail } = copy;
  trail.step = 'sent';
  const path = `/api/channel/copy/${id}?suffix=${encodeURIComponent(ending)}&reset_balance=true`;
  const sent = await askData(http, site, { method: 'POST', path });
  const copied = sent.ok ? v.safeParse(copiedSchema, sent.value) : undefined;
  if (!copied?.success) return judgeCreated(http, site, copy, sent);
  trail.step = 'taken';
  return readChannel(http, site, copied.output.id);
}
