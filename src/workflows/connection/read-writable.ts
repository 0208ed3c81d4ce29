import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { ok, type Result } from '../../core/failures/result';
import type { Ports } from '../ports';
import { openManagement, writable, type Management } from './open-management';

interface WritableProxy {
  management: Management;
  config: ProxyConfig;
}

/** The whole configuration of a server that may be written to. */
export async function readWritable(ports: Ports, signal?: AbortSignal): Promise<Result<WritableProxy>> {
  const management = await openManagement(ports);
  if (!management.ok) return management;
  const config = await management.value.read(signal);
  if (!config.ok) return config;
  const allowed = await writable(management.value, config.value);
  return allowed.ok ? ok({ management: management.value, config: config.value }) : allowed;
}
