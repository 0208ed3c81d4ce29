import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { findingsIn, shownPlace } from '../../core/cliproxyapi/v8/file-notices';
import { fail, ok, type Result } from '../../core/failures/result';
import { readFileGroups } from '../../targets/cliproxyapi/groups';
import type { Ports } from '../ports';
import { openManagement, writable, type Management } from './open-management';
import { readWithLayout } from './read-layout';

interface WritableProxy {
  management: Management;
  config: ProxyConfig;
}

/** The whole configuration of a server that may be written to. */
export const readWritable = (ports: Ports, signal?: AbortSignal): Promise<Result<WritableProxy>> =>
  opened(ports, async (management) => {
    const config = await management.read(signal);
    return config.ok ? allowed(management, config.value) : config;
  });

/** The same with all that a plan tells of the file before anything is chosen, or why no plan could be carried out. */
export const readForPlan = (ports: Ports, signal?: AbortSignal): Promise<Result<WritableProxy>> =>
  opened(ports, (management) => readPlannable(management, signal));

async function opened(
  ports: Ports,
  read: (management: Management) => Promise<Result<ProxyConfig>>,
): Promise<Result<WritableProxy>> {
  const management = await openManagement(ports);
  if (!management.ok) return management;
  const config = await read(management.value);
  return config.ok ? ok({ management: management.value, config: config.value }) : config;
}

/** `readForPlan` by a client that is at hand. */
export async function readPlannable(
  management: Management,
  signal?: AbortSignal,
): Promise<Result<ProxyConfig>> {
  const config = await readWithLayout(management, signal);
  const plannable = config.ok ? await allowed(management, config.value) : config;
  return plannable.ok ? withFindings(management, plannable.value, signal) : plannable;
}

async function allowed(management: Management, config: ProxyConfig): Promise<Result<ProxyConfig>> {
  const may = await writable(management, config);
  return may.ok ? ok(config) : may;
}

/**
 * With what stands in the groups of a file that is written by them. Fails where no write of them can pass: groups that
 * cannot be read, or whose keys have no value.
 */
export async function withFindings(
  management: Management,
  config: ProxyConfig,
  signal?: AbortSignal,
): Promise<Result<ProxyConfig>> {
  if (config.layout !== 'new' && config.layout !== 'mixed') return ok(config);
  const read = await readFileGroups(management.send, management.url.host, signal);
  if (!read.ok) return read;
  const [without] = read.value.withoutKeys;
  return without
    ? fail({ code: 'file-without-keys', ...shownPlace(without) })
    : ok({ ...config, findings: findingsIn(read.value) });
}
