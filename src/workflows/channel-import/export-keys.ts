import type { Channel } from '../../core/channels/channel';
import type { ExportOptions, ExportOutcome, ExportResult } from '../../core/channels/view';
import { ok, type Result } from '../../core/failures/result';
import { concernsAll } from '../channels/each-channel';
import { readAll } from '../channels/list-channels';
import { failed } from '../running';
import { heartbeat, type Report } from '../heartbeat';
import { changeChannels, orFailed, type NewApiClient } from '../new-api/new-api-client';
import type { Ports } from '../ports';
import { exportHash, planKeys, viewExport, type KeyPlan, type KeysExport } from './open-export';
import { carryOut } from './write-channel';

export interface ExportApply {
  exportId: string;
  opened: KeysExport;
  options: ExportOptions;
  hash: string;
  signal: AbortSignal;
  report?: Report;
}

/**
 * Quick export: many keys as channels of one New API, one after the other, with a result for each. On a fresh list, and
 * only if the plans are those that were shown. One key that fails stops no other.
 */
export const exportKeys = async (ports: Ports, order: ExportApply): Promise<ExportOutcome> =>
  orFailed(
    await changeChannels(ports, order.opened.newApiId, order.signal, (client) =>
      exportOnFreshList(ports, client, order),
    ),
  );

async function exportOnFreshList(
  ports: Ports,
  client: NewApiClient,
  { exportId, opened, options, hash, signal, report }: ExportApply,
): Promise<Result<ExportOutcome>> {
  const list = await readAll(client, signal);
  if (!list.ok) return list;
  // The page goes on with what was read now.
  opened.channels = list.value.channels;
  const plans = await planKeys(ports, client, opened, options);
  if ((await exportHash(ports, client, plans)) !== hash)
    return ok({ kind: 'replan', view: await viewExport(ports, client, exportId, opened, options) });
  const results: ExportResult[] = [];
  const channels = [...opened.channels];
  const beat = heartbeat(ports);
  let stopped = false;
  for (const planned of plans) {
    const result: ExportResult =
      stopped || signal.aborted
        ? { keyId: planned.key.id, kind: 'not-tried' }
        : await exportOne(ports, client, exportId, planned, channels);
    stopped ||= result.kind === 'failed' && planned.plan.ok && concernsAll(result.failure, client.host);
    results.push(result);
    report?.(results.length, plans.length);
    await beat();
  }
  return ok({ kind: 'done', results });
}

async function exportOne(
  ports: Ports,
  client: NewApiClient,
  batch: string,
  { key, plan }: KeyPlan,
  channels: Channel[],
): Promise<ExportResult> {
  const keyId = key.id;
  if (!plan.ok) return { keyId, ...failed(plan.failure) };
  if (plan.value.kind === 'choose') return { keyId, kind: 'passed-over' };
  const carried = await carryOut(ports, client, { key, plan: plan.value, channels, batch });
  if (!carried.ok) return { keyId, ...failed(carried.failure) };
  if (carried.value.kind === 'unchanged') return { keyId, kind: 'unchanged' };
  const { importId, channel, made } = carried.value;
  // The next one lies above it.
  channels.push(channel);
  return { keyId, kind: 'written', importId, channelId: channel.id, channelName: channel.name, made };
}
