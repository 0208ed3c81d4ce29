import {
  channelOf,
  fieldsOf,
  serverFields,
  type Channel,
  type ChannelFields,
  type RawChannel,
} from '../../core/channels/channel';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/result';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { askData } from '../../relays/site/envelope';
import { keyTold, type Dialect } from './dialect';
import { readRaw } from './read-channel';
import type { WriteTrail } from './write-trail';
import { differing } from '../../core/channels/compare';

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
  // What went back whole has to have come whole: of a part, only its fields are ours.
  const whole = sendsWhole(dialect, raw.value);
  const wanted = whole ? { ...fieldsOf(before), ...fields } : fields;
  const keyKept = !whole || keyTold(after.value) === keyTold(raw.value);
  return keyKept && differing(channel, wanted).length === 0
    ? ok(channel)
    : fail({ code: 'channel-not-saved', name: channel.name });
}

/**
 * A channel goes back whole where the server overwrites all, or may do so and has shown the key. A site that was upgraded in
 * place is told by the channel itself.
 */
const sendsWhole = ({ update }: Pick<Dialect, 'update'>, raw: RawChannel): boolean =>
  update === 'whole' || looksWhole(raw) || (update === 'unsure' && keyTold(raw) !== '');

/** Only channels of One Hub and its kin have these (seen on a running server). */
const looksWhole = (raw: RawChannel): boolean =>
  'proxy' in raw || 'only_chat' in raw || 'model_headers' in raw;

/** One PUT, with as much of the channel as this server wants. What is answered may hold the key and is not looked at. */
export async function put(
  http: Http,
  site: Site,
  dialect: Pick<Dialect, 'update'>,
  raw: RawChannel,
  changes: Record<string, unknown>,
): Promise<Result<unknown>> {
  const key = keyTold(raw);
  const whole = sendsWhole(dialect, raw);
  // Without its key the whole channel would lose it; so may one whose server is not known, by a change of its models.
  const loses = whole || (dialect.update === 'unsure' && 'models' in changes);
  if (loses && key === '') return fail({ code: 'channel-feature', host: hostOf(site.siteUrl) });
  const body = whole ? { ...raw, ...changes } : { id: raw.id, ...changes };
  const secrets = [...site.secrets, key];
  return askData(http, { ...site, secrets }, { method: 'PUT', path: '/api/channel/', body });
}
