import { FIRST_PROXY } from '../empty';

/** Version 2 knew one CLIProxyAPI only. */
export function sessionV2ToV3(old: unknown): unknown {
  const { managementKey, running, quietUntil, told, ...rest } = old as Record<string, unknown>;
  return { ...rest, proxies: { [FIRST_PROXY]: { managementKey, running, quietUntil, told } } };
}
