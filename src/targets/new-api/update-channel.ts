import { fieldsOf, type Channel, type ChannelFields, type ChannelSecrets } from '../../core/channels/channel';
import { channelOf, serverFields, textAt, type RawChannel } from '../../core/channels/raw-channel';
import { hostOf } from '../../core/base-url';
import { textOf } from '../../core/lenient';
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
    /** Take the place of those that are there. */
    secrets?: ChannelSecrets | undefined;
    agreed(channel: Channel): boolean;
    trail?: WriteTrail;
  },
): Promise<Result<Channel>> {
  const { id, fields, secrets = {}, trail } = change;
  const raw = await readRaw(http, site, id);
  if (!raw.ok) return raw;
  const before = channelOf(raw.value);
  if (!change.agreed(before)) return fail({ code: 'channel-changed', name: before.name });
  // One of several keys cannot be named, and one key in the place of all would lose the others.
  if (before.manyKeys && secrets.key !== undefined)
    return fail({ code: 'channel-feature', host: hostOf(site.siteUrl) });
  if (trail) trail.step = 'sent';
  const noMapping = overwrites(dialect, raw.value) ? '' : '{}';
  const sent = serverFields({ ...fields, ...secrets }, { raw: raw.value, noMapping });
  const written = await put(http, site, dialect, raw.value, sent);
  if (!written.ok) return written;
  if (trail) trail.step = 'taken';
  const after = await readRaw(http, site, id);
  if (!after.ok) return after;
  const channel = channelOf(after.value);
  // A channel that went back whole must have come back whole; of a partial change, only the changed fields are ours.
  const whole = sendsWhole(dialect, raw.value);
  const wanted = whole ? { ...fieldsOf(before), ...fields } : fields;
  return keepsSecrets(after.value, raw.value, secrets, whole) && holds(channel, wanted)
    ? ok(channel)
    : fail({ code: 'channel-not-saved', name: channel.name });
}

/** A key that the server does not tell cannot be read back: that it was taken is all that is known. */
function keepsSecrets(
  after: RawChannel,
  before: RawChannel,
  secrets: ChannelSecrets,
  whole: boolean,
): boolean {
  const { key = keyTold(before), headerOverride } = secrets;
  const told = keyTold(after);
  const keyKept = secrets.key === undefined && !whole ? true : told === key || (!whole && told === '');
  return keyKept && (headerOverride === undefined || textAt(after, 'headerOverride') === headerOverride);
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
  const secrets = [...site.secrets, key, ...secretTexts(changes)];
  return askData(http, { ...site, secrets }, { method: 'PUT', path: '/api/channel/', body });
}

/** What a refusal may repeat of what was sent. */
const secretTexts = (changes: Record<string, unknown>): string[] =>
  ['key', 'header_override', 'model_headers'].map((name) => textOf(changes[name])).filter(Boolean);
