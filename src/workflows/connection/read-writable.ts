import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { isOneWrite } from '../../core/connection/layout';
import { ok, type Result } from '../../core/failures/result';
import type { Ports } from '../ports';
import type { LookAtGroups } from './look-at-groups';
import { openManagement, type Management } from './open-management';
import { writable } from './writable';
import { readWithLayout } from './read-layout';

interface WritableProxy {
  management: Management;
  config: ProxyConfig;
}

/**
 * The whole configuration of a server that may be written to. `look`: for a plan, with all that it tells of the file before
 * anything is chosen; then it fails where no plan could be carried out.
 */
export async function readWritable(
  ports: Ports,
  { look, signal }: { look?: LookAtGroups; signal?: AbortSignal } = {},
): Promise<Result<WritableProxy>> {
  const management = await openManagement(ports);
  if (!management.ok) return management;
  const config = await (look
    ? readPlannable(management.value, look, signal)
    : allowed(management.value, await management.value.read(signal)));
  return config.ok ? ok({ management: management.value, config: config.value }) : config;
}

/** `readWritable` for a plan, by a client that is at hand. */
export async function readPlannable(
  management: Management,
  look: LookAtGroups,
  signal?: AbortSignal,
): Promise<Result<ProxyConfig>> {
  const config = await allowed(management, await readWithLayout(management, signal));
  return config.ok ? withFindings(management, config.value, look, signal) : config;
}

async function allowed(management: Management, config: Result<ProxyConfig>): Promise<Result<ProxyConfig>> {
  const may = config.ok ? await writable(management, config.value) : config;
  return may.ok ? config : may;
}

/** With what stands in the groups of a file that is written by them. */
export async function withFindings(
  management: Management,
  config: ProxyConfig,
  look: LookAtGroups,
  signal?: AbortSignal,
): Promise<Result<ProxyConfig>> {
  if (!isOneWrite(config.layout)) return ok(config);
  const findings = await look(management, config, signal);
  if (!findings.ok) return findings;
  return ok({ ...config, findings: findings.value, ahead: findings.value.ahead === true });
}
