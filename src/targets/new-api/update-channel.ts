import { channelOf, differing, serverFields, type Channel, type ChannelFields } from '../../core/channel';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/result';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { askData } from '../../relays/envelope';
import { keyTold, type Dialect } from './dialect';
import { readRaw } from './read-channel';
import type { WriteTrail } from './write-trail';

/**
 * Changes some fields and leaves all else as it is, also what we do not know. Looks at the channel first and afterwards:
 * older servers answer success for one that is gone, and for values that they do not take (seen on running servers).
 * `agreed` says whether the channel is still the one that the change was made for.
 */
export async function updateChannel(
  http: Http,
  site: Site,
  dialect: Dialect,
  change: {
    id: number;
    fields: Partial<ChannelFields>;
    agreed(channel: Channel): boolean;
    trail?: WriteTrail;
  },
): Promise<Result<Channel>> {
  const { id, fields, trail } = change;
  const raw = await readRaw(http, site, id);
  if (!raw.ok) return raw;
  const before = channelOf(raw.value);
  if (!change.agreed(before)) return fail({ code: 'channel-changed', name: before.name });
  if (trail) trail.step = 'sent';
  const written = await put(http, site, dialect, raw.value, serverFields(fields));
  if (!written.ok) return written;
  if (trail) trail.step = 'taken';
  const after = await readRaw(http, site, id);
  if (!after.ok) return after;
  const channel = channelOf(after.value);
  return differing(channel, fields).length === 0
    ? ok(channel)
    : fail({ code: 'channel-not-saved', name: channel.name });
}

/** One PUT, with as much of the channel as this server wants. What is answered may hold the key and is not looked at. */
export async function put(
  http: Http,
  site: Site,
  { update }: Pick<Dialect, 'update'>,
  raw: Record<string, unknown> & { id: number },
  changes: Record<string, unknown>,
): Promise<Result<unknown>> {
  const key = keyTold(raw);
  const shown = key !== '';
  // Without its key the whole channel would lose it.
  if (update === 'whole' && !shown) return fail({ code: 'channel-feature', host: hostOf(site.siteUrl) });
  const sendWhole = update === 'whole' || (update === 'unsure' && shown);
  const secrets = [...site.secrets, key];
  const ask = (body: unknown): Promise<Result<unknown>> =>
    askData(http, { ...site, secrets }, { method: 'PUT', path: '/api/channel/', body });
  return ask(sendWhole ? { ...raw, ...changes } : { id: raw.id, ...changes });
}
