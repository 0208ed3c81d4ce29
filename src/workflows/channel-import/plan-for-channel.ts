import { planChannel, planIdentity, type ChannelPlan, type DesiredChannel } from '../../core/channels/plan';
import type { ChannelDraft, ChannelPlanView, PlannedChannel } from '../../core/channels/view';
import { desiredFrom } from '../../core/channels/desired-channel';
import type { Channel } from '../../core/channels/channel';
import { canonicalJson } from '../../core/json';
import { ok, type Result } from '../../core/result';
import type { ChannelLink } from '../../storage/channel-schema';
import type { NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';

/** What a plan is made of, apart from the list. */
export interface ChannelOrder {
  keyId: string;
  desired: DesiredChannel;
  target: ChannelDraft['target'];
}

export function orderOf(client: NewApiClient, keyId: string, draft: ChannelDraft): Result<ChannelOrder> {
  const desired = desiredFrom(draft, client.dialect.gemini);
  if (!desired.ok) return desired;
  const tag = client.dialect.tags ? desired.value.tag : '';
  return ok({ keyId, desired: { ...desired.value, tag }, target: draft.target });
}

/** Plans on a list, with our own record of which channel is whose. */
export async function planOn(
  ports: Pick<Ports, 'saved'>,
  client: NewApiClient,
  channels: readonly Channel[],
  { keyId, desired, target }: ChannelOrder,
): Promise<Result<ChannelPlan>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const mine = (link: ChannelLink): boolean => link.newApiId === client.newApi.id && link.keyId === keyId;
  const own = saved.value.channelLinks.filter(mine).map(({ channelId }) => channelId);
  return planChannel({ channels, desired, own, target });
}

export const channelPlanHash = (ports: Pick<Ports, 'hash'>, plan: ChannelPlan): Promise<string> =>
  ports.hash.sha256(canonicalJson(planIdentity(plan)));

/** A plan for showing. */
export async function plannedChannel(
  ports: Pick<Ports, 'hash'>,
  channels: readonly Channel[],
  plan: Result<ChannelPlan>,
): Promise<PlannedChannel> {
  if (!plan.ok) return { kind: 'failed', failure: plan.failure };
  if (plan.value.kind === 'choose') return { kind: 'choose', candidates: plan.value.candidates };
  return { kind: 'plan', plan: await viewOf(ports, channels, plan.value) };
}

async function viewOf(
  ports: Pick<Ports, 'hash'>,
  channels: readonly Channel[],
  plan: Exclude<ChannelPlan, { kind: 'choose' }>,
): Promise<ChannelPlanView> {
  const channelId = plan.kind === 'create' ? null : plan.channelId;
  const joined = channels.find(({ id }) => id === channelId);
  const { kind, changes, added, kept, candidates } = plan;
  return {
    kind,
    channelId,
    channelName: plan.kind === 'create' ? plan.fields.name : (joined?.name ?? ''),
    changes,
    added,
    kept,
    candidates,
    rest: channels.length - (joined ? 1 : 0),
    hash: await channelPlanHash(ports, plan),
  };
}
