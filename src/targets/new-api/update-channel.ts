import {
  channelOf,
  fieldsOf,
  serverFields,
  type Channel,
  type ChannelFields,
  type RawChannel,
} from '../../core/channels/channel';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { askData } from '../../relays/site/envelope';
import { isOfOneHub, keyTold, type Dialect } from './dialect';
import { readRaw } from './read-channel';
import type { WriteTrail } from './write-trail';
import { holds } from '../../core/channels/compare';

/**
 * Changes some fields and leaves all others as they are, including unknown ones. Reads the channel before and after,
 * because older servers answer success for a channel that is gone and for values that they do not take (fixtures
 * one-api, one-hub and veloera/channels-edit-delete). `agreed` says whether the channel is still the one that the
 * change was made for.
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
  const sent = serverFields(fields, overwrites(dialect, raw.value) ? '' : '{}');
  const written = await put(http, site, dialect, raw.value, sent);
  if (!written.ok) return written;
  if (trail) trail.step = 'taken';
  const after = await readRaw(http, site, id);
  if (!after.ok) return after;
  const channel = channelOf(after.value);
  // A channel that went back whole must have come back whole; of a partial change, only the changed fields are ours.
  const whole = sendsWhole(dialect, raw.value);
  const wanted = whole ? { ...fieldsOf(before), ...fields } : fields;
  const keyKept = !whole || keyTold(after.value) === keyTold(raw.value);
  return keyKept && holds(channel, wanted)
    ? ok(channel)
    : fail({ code: 'channel-not-saved', name: channel.name });
}

/**
 * Whether the whole channel goes back: where the server overwrites everything, or where it may do so and has shown
 * the key. The channel itself reveals a site that was upgraded in place.
 */
const sendsWhole = (dialect: Pick<Dialect, 'update'>, raw: RawChannel): boolean =>
  overwrites(dialect, raw) || (dialect.update === 'unsure' && keyTold(raw) !== '');

const overwrites = ({ update }: Pick<Dialect, 'update'>, raw: RawChannel): boolean =>
  update === 'whole' || isOfOneHub(raw);

/** Sends one PUT with as much of the channel as this server wants. The answer may hold the key and is ignored. */
export async function put(
  http: Http,
  site: Site,
  dialect: Pick<Dialect, 'update'>,
  raw: RawChannel,
  changes: Record<string, unknown>,
): Promise<Result<unknown>> {
  const key = keyTold(raw);
  const whole = sendsWhole(dialect, raw);
  // The whole channel without its key would lose the key. On an unknown server a change of models may do so, too.
  const loses = whole || (dialect.update === 'unsure' && 'models' in changes);
  if (loses && key === '') return fail({ code: 'channel-feature', host: hostOf(site.siteUrl) });
  const body = whole ? { ...raw, ...changes } : { id: raw.id, ...changes };
  const secrets = [...site.secrets, key];
  return askData(http, { ...site, secrets }, { method: 'PUT', path: '/api/channel/', body });
}
