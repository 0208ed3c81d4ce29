import type { Channel } from '../../core/channels/channel';
import {
  copyChanges,
  copyElsewhere,
  copyHere,
  COPY_ENDING,
  type CopyKey,
  type CopyOutcome,
  type CopyPlace,
  type CopyPlan,
  type CopyView,
} from '../../core/channels/copy';
import { editedKey } from '../../core/channels/edit';
import { canonicalJson } from '../../core/json';
import { fail, ok, type Result } from '../../core/failures/result';
import { copyAtSite, readOriginal, type Original } from '../../targets/new-api/copy-channel';
import { createChannel } from '../../targets/new-api/create-channel';
import { readChannelGroups } from '../../targets/new-api/read-rights';
import { switchChannel } from '../../targets/new-api/switch-channel';
import { changeChannels, openNewApi, orFailed, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { journaledWrite } from './change-channel';
import { readAll, shownChannel } from './list-channels';
import { traceWrite, type TracedWrite } from './trace-write';

/** Which channel is copied, and to which New API: its own, or another. */
export interface CopyWish {
  newApiId: string;
  channelId: number;
  targetId: string;
}

export interface CopyOrder extends CopyWish {
  /** As it was typed; absent or empty: the one that the channel has. */
  key?: string | undefined;
  /** The plan that the user saw. */
  planHash: string;
}

/** What a copy would be; writes nothing. */
export async function planCopy(ports: Ports, wish: CopyWish): Promise<Result<CopyView>> {
  const target = await openNewApi(ports, wish.targetId);
  if (!target.ok) return target;
  const look = await lookAtOriginal(ports, wish, target.value);
  return look.ok ? ok(look.value.view) : look;
}

/**
 * Copies a channel, off, from the agreed plan to the reading back: the channel and what the other site has are looked at once
 * more, and nothing is written where the plan is another by now.
 */
export const copyChannel = async (
  ports: Ports,
  order: CopyOrder,
  signal: AbortSignal,
): Promise<CopyOutcome> =>
  orFailed(
    await changeChannels(ports, order.targetId, signal, async (client): Promise<Result<CopyOutcome>> => {
      const look = await lookAtOriginal(ports, order, client);
      if (!look.ok) return look;
      const { plan, view } = look.value;
      if (view.hash !== order.planHash) return ok({ kind: 'replan', plan: view });
      const typed = typedKey(order, plan, client);
      if (!typed.ok) return typed;
      const list = await readAll(client, signal);
      if (!list.ok) return list;
      if (signal.aborted) return fail({ code: 'cancelled' });
      const above = Math.max(0, ...list.value.channels.map(({ id }) => id));
      return make(ports, client, { ...look.value, order, above, typed: typed.value });
    }),
  );

/** Empty: none was typed. */
const typedKey = (
  { key = '' }: CopyOrder,
  { fields }: CopyPlan,
  { dialect }: NewApiClient,
): Result<string> => (key.trim() ? editedKey(key, fields.type, dialect) : ok(''));

interface Look {
  original: Original;
  plan: CopyPlan;
  view: CopyView;
}

async function lookAtOriginal(ports: Ports, wish: CopyWish, target: NewApiClient): Promise<Result<Look>> {
  const elsewhere = wish.newApiId !== wish.targetId;
  const source = elsewhere ? await openNewApi(ports, wish.newApiId) : ok(target);
  if (!source.ok) return source;
  const read = await source.value.call((http, site) => readOriginal(http, site, wish.channelId));
  if (!read.ok) return read;
  const { channel, key } = read.value;
  const plan = elsewhere ? await planElsewhere(channel, source.value, target) : ok(copyHere(channel));
  if (!plan.ok) return plan;
  const { fields, left } = plan.value;
  const byCall = !elsewhere && target.dialect.copy === 'call';
  const from: CopyKey = byCall ? 'kept' : key ? 'told' : 'asked';
  const sites = [source.value, target].map(({ newApi }) => newApi.siteUrl);
  const hash = await ports.hash.sha256(canonicalJson([sites, wish.channelId, fields, left, from]));
  const view = {
    name: fields.name,
    changes: copyChanges(plan.value),
    left,
    key: from,
    elsewhere,
    hash,
    onAtFirst: byCall && channel.state === 'on',
  };
  return ok({ original: read.value, plan: plan.value, view });
}

async function planElsewhere(
  channel: Channel,
  source: NewApiClient,
  target: NewApiClient,
): Promise<Result<CopyPlan>> {
  const groups = await target.call(readChannelGroups);
  // Where there is no such call, the groups stay as they are.
  if (!groups.ok && groups.failure.code !== 'relay-not-found') return groups;
  const known = groups.ok ? groups.value : [];
  return copyElsewhere(channel, placeOf(source, []), placeOf(target, known));
}

const placeOf = ({ newApi, dialect }: NewApiClient, groups: readonly string[]): CopyPlace => ({
  family: newApi.family,
  siteUrl: newApi.siteUrl,
  gemini: dialect.gemini,
  tags: dialect.tags,
  groups,
});

interface Making extends Look {
  order: CopyOrder;
  typed: string;
  above: number;
}

/** Journals, makes and switches off. That it could not be switched off is said of a copy that is there. */
async function make(ports: Ports, client: NewApiClient, making: Making): Promise<Result<CopyOutcome>> {
  const { plan, view, above } = making;
  const { fields } = plan;
  const record = {
    id: ports.ids.next(),
    action: 'copy' as const,
    channelId: null,
    channelName: fields.name,
    above,
    before: null,
    after: fields,
    changes: view.changes,
  };
  const made = await journaledWrite(ports, client, record, writeOf(client, making));
  if (!made.ok) return made;
  const off = await switchedOff(client, made.value);
  const channel = shownChannel(off.ok ? off.value : made.value);
  return ok({ kind: 'written', importId: record.id, channel, failure: off.ok ? null : off.failure });
}

/** By the site's own call, unless another key was typed or there is no such call; else as a new channel. */
const writeOf =
  ({ host }: NewApiClient, { original, plan, view, order, typed, above }: Making): TracedWrite =>
  async (http, site, dialect, trail) => {
    const { fields } = plan;
    if (view.key === 'kept' && typed === '') {
      const copy = { id: order.channelId, ending: COPY_ENDING, fields, above, trail };
      const copied = await copyAtSite(http, site, copy);
      if (copied.ok || copied.failure.code !== 'relay-not-found') return copied;
    }
    const key = typed || original.key;
    if (!key) return fail({ code: 'channel-key-untold', host });
    const like = view.elsewhere ? {} : original.like;
    return createChannel(http, site, dialect, { fields, key, like, off: true, above, trail });
  };

/** Where the site had switched the original off, it might switch the copy on again by itself. */
async function switchedOff(client: NewApiClient, channel: Channel): Promise<Result<Channel>> {
  if (channel.state === 'off') return ok(channel);
  const { written } = await traceWrite(client, channel.name, (http, site, dialect, trail) =>
    switchChannel(http, site, dialect, channel.id, 'off', trail),
  );
  return written;
}
