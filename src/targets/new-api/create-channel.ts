import type { Channel, ChannelFields } from '../../core/channels/channel';
import { serverFields, textAt } from '../../core/channels/raw-channel';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { askData } from '../../relays/site/envelope';
import type { Dialect, Form } from './dialect';
import { firstChannels, listChannels } from './list-channels';
import { mayHaveArrived, type WriteTrail } from './write-trail';
import { isMadeOf } from '../../core/channels/compare';

export interface NewChannel {
  fields: ChannelFields;
  key: string;
  /** The highest channel number before; new channels lie above it. */
  above: number;
  /** It is made switched off. */
  off?: boolean;
  /** What it has beside its fields, by its server's names. */
  like?: Record<string, unknown>;
  trail?: WriteTrail;
}

/**
 * Creates a channel. No server answers with its number (fixtures <server>/channels-create), so it is searched for above all
 * earlier numbers, with exactly the fields that were sent. If two fit, the result is `channel-untold`.
 */
export async function createChannel(
  http: Http,
  site: Site,
  dialect: Dialect,
  channel: NewChannel,
): Promise<Result<Channel>> {
  const { trail, key, like = {} } = channel;
  if (trail) trail.step = 'sent';
  const secrets = [...site.secrets, key, textAt(like, 'headerOverride')].filter(Boolean);
  return judgeCreated(http, site, channel, await send(http, { ...site, secrets }, dialect, channel));
}

/** What became of a request that makes a channel and tells no number, by its answer and by a look for the channel. */
export async function judgeCreated(
  http: Http,
  site: Site,
  channel: Pick<NewChannel, 'fields' | 'above' | 'trail'>,
  sent: Result<unknown>,
): Promise<Result<Channel>> {
  if (!sent.ok && !mayHaveArrived(sent.failure)) return sent;
  if (sent.ok && channel.trail) channel.trail.step = 'taken';
  const found = await findCreated(http, site, channel);
  if (!found.ok) return sent.ok ? found : sent;
  const [first, second] = found.value;
  if (first && !second) return ok(first);
  return sent.ok || first ? fail({ code: 'channel-untold', name: channel.fields.name }) : sent;
}

/** New API refuses the flat form in these words (v1.0.0-lab.20260728, fixture new-api/channels-create). */
const WANTS_WRAPPED = /channel cannot be empty/i;

/**
 * Tries the next form only where the server asks for it: behind any other refusal, or no answer, a channel may have
 * been created.
 */
async function send(
  http: Http,
  site: Site,
  dialect: Dialect,
  { fields, key, off = false, like = {} }: NewChannel,
): Promise<Result<unknown>> {
  const { tag, mapping, ...rest } = fields;
  const body = {
    ...like,
    ...serverFields(rest, { raw: like }),
    model_mapping: mapping,
    key,
    ...(dialect.tags && tag !== '' && { tag }),
    // One API keeps its zero; a column without a default would hold null.
    status: off ? 2 : 1,
  };
  const create = (form: Form): Promise<Result<unknown>> =>
    askData(http, site, { method: 'POST', path: '/api/channel/', body: form(body) });
  const [form, ...others] = dialect.forms;
  let reply = await create(form);
  for (const other of others) if (wantsAnotherForm(reply)) reply = await create(other);
  return reply;
}

const wantsAnotherForm = (reply: Result<unknown>): boolean =>
  !reply.ok && reply.failure.code === 'relay-refusal' && WANTS_WRAPPED.test(reply.failure.text);

/** Looks at the first page, where the newest are if the server sorts as asked, and then at all pages. */
async function findCreated(
  http: Http,
  site: Site,
  { fields, above }: Pick<NewChannel, 'fields' | 'above'>,
): Promise<Result<Channel[]>> {
  const made = (channels: readonly Channel[]): Channel[] =>
    channels.filter((channel) => channel.id > above && isMadeOf(channel, fields));
  const first = await firstChannels(http, site);
  if (!first.ok) return first;
  const onFirst = made(first.value.items);
  if (onFirst.length > 0) return ok(onFirst);
  const all = await listChannels(http, site);
  return all.ok ? ok(made(all.value.channels)) : all;
}
