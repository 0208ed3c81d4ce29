import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { fail, ok, type Result } from '../../core/failures/result';
import { atLeast, FLOOR, FLOOR_TEXT, parseVersion } from '../../core/version';
import { knowsDisabled } from '../../targets/cliproxyapi/read-config';
import type { Management } from './open-management';

/**
 * Whether this server may be written to. Below the floor it drops `disabled`, so that writing a list back would switch
 * providers on. A build without a version (`dev`) is asked for what it knows.
 */
export async function writable(management: Management, config: ProxyConfig): Promise<Result<true>> {
  const tooOld = { code: 'too-old' as const, version: config.version ?? 'dev', floor: FLOOR_TEXT };
  const version = parseVersion(config.version);
  if (config.ofFile) return ok(true);
  if (version) return atLeast(version, FLOOR) ? ok(true) : fail(tooOld);
  if (config.supportsPlugins) return ok(true);
  const knows = await knowsDisabled(management.send, management.url.host);
  if (!knows.ok) return knows;
  return knows.value ? ok(true) : fail(tooOld);
}
