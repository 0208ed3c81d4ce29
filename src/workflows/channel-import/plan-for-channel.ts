import type { Channel } from '../../core/channels/channel';
import { desiredFrom } from '../../core/channels/desired-channel';
import { planChannel, planIdentity, type ChannelPlan } from '../../core/channels/plan';
import type { ChannelDraft, PlannedChannel } from '../../core/channels/view';
import { canonicalJson } from '../../core/json';
import type { Result } from '../../core/failures/result';
import type { NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';

/** Plans what a draft makes of a list, with our own record of which channel is whose. */
export async function planDraft(
  ports: Pick<Ports, 'saved'>,
  { newApi, dialect }: NewApiClient,
  channels: readonly Channel[],
  keyId: string,
  draft: ChannelDraft,
): Promise<Result<ChannelPlan>> {
  const site = { gemini: dialect.gemini, siteUrl: newApi.siteUrl };
  const desired = desiredFrom(dialect.tags ? draft : { ...draft, tag: '' }, site);
  if (!desired.ok) return desired;
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const links = saved.value.channelLinks.filter(
    (link) => link.newApiId === newApi.id && link.keyId === keyId,
  );
  const own = links.map(({ channelId }) => channelId);
  return planChannel({ channels, desired: desired.value, own, target: draft.target });
}

/** The hash by which an order names the plan that the user saw. */
export const channelPlanHash = (
  ports: Pick<Ports, 'hash'>,
  client: NewApiClient,
  plan: ChannelPlan,
): Promise<string> => ports.hash.sha256(canonicalJson([siteOf(client), planIdentity(plan)]));

/** What every hash of a plan for channels holds: the same plan at another site is another plan. */
export const siteOf = ({ newApi }: NewApiClient): string => newApi.siteUrl;

/** A plan for showing. */
export async function plannedChannel(
  ports: Pick<Ports, 'hash'>,
  client: NewApiClient,
  channels: readonly Channel[],
  plan: Result<ChannelPlan>,
): Promise<PlannedChannel> {
  if (!plan.ok) return { kind: 'failed', failure: plan.failure };
  if (plan.value.kind === 'choose') return { kind: 'choose', candidates: plan.value.candidates };
  const { kind, channelId, channelName, changes, added, kept, candidates } = plan.value;
  const rest = channels.filter(({ id }) => id !== channelId).length;
  const hash = await channelPlanHash(ports, client, plan.value);
  return {
    kind: 'plan',
    plan: { kind, channelId, channelName, changes, added, kept, candidates, rest, hash },
  };
}
