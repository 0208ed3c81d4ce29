import type { Channel } from '../../core/channels/channel';
import type { ExportOptions, ExportOutcome, ExportResult } from '../../core/channels/view';
import { concernsAll } from '../channels/each-channel';
import { heartbeat, whileAwake, type Report } from '../heartbeat';
import { readAll } from '../channels/list-channels';
import { holdNewApi, openNewApi, type NewApiClient } from '../new-api/new-api-client';
import { exportHash, planKeys, viewExport, type KeyPlan, type KeysExport } from './open-export';
import type { Ports } from '../ports';
import { writeChannel } from './write-channel';
import { linkChannel } from '../channels/link-channel';

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
export async function exportKeys(ports: Ports, order: ExportApply): Promise<ExportOutcome> {
  const client = await openNewApi(ports, order.opened.newApiId);
  if (!client.ok) return { kind: 'failed', failure: client.failure };
  try {
    const held = await whileAwake(ports, () =>
      holdNewApi(ports, client.value, order.signal, () => exportUnderLock(ports, client.value, order)),
    );
    return held.ok ? held.value : { kind: 'failed', failure: held.failure };
  } finally {
    await ports.pages.notify();
  }
}

async function exportUnderLock(
  ports: Ports,
  client: NewApiClient,
  { exportId, opened, options, hash, signal, report }: ExportApply,
): Promise<ExportOutcome> {
  const list = await readAll(client, signal);
  if (!list.ok) return { kind: 'failed', failure: list.failure };
  // The page goes on with what was read now.
  opened.channels = list.value.channels;
  const plans = await planKeys(ports, client, opened, options);
  if ((await exportHash(ports, plans)) !== hash)
    return { kind: 'replan', view: await viewExport(ports, client, exportId, opened, options) };
  const results: ExportResult[] = [];
  const channels = [...opened.channels];
  const beat = heartbeat(ports);
  let stopped = false;
  for (const plan of plans) {
    const result: ExportResult =
      stopped || signal.aborted
        ? { keyId: plan.key.id, kind: 'not-tried' }
        : await exportOne(ports, client, exportId, plan, channels);
    stopped ||= result.kind === 'failed' && plan.kind === 'plan' && concernsAll(result.failure, client.host);
    results.push(result);
    report?.(results.length, plans.length);
    await beat();
  }
  return { kind: 'done', results };
}

async function exportOne(
  ports: Ports,
  client: NewApiClient,
  batch: string,
  planned: KeyPlan,
  channels: Channel[],
): Promise<ExportResult> {
  const { key } = planned;
  const keyId = key.id;
  if (planned.kind === 'failed') return { keyId, kind: 'failed', failure: planned.failure };
  if (planned.kind === 'passed-over') return { keyId, kind: 'passed-over' };
  const { plan } = planned;
  if (plan.kind === 'unchanged') {
    await linkChannel(ports, { newApiId: client.newApi.id, channelId: plan.channelId, keyId }, false);
    return { keyId, kind: 'unchanged' };
  }
  const importId = ports.ids.next();
  const written = await writeChannel(ports, client, { importId, batch, key, plan, channels });
  if (!written.ok) return { keyId, kind: 'failed', failure: written.failure };
  // The next one lies above it.
  channels.push(written.value);
  const { id: channelId, name: channelName } = written.value;
  return { keyId, kind: 'written', importId, channelId, channelName, made: plan.kind === 'create' };
}
