import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { layoutOf, type Layout } from '../../core/connection/layout';
import type { FailureCode } from '../../core/failures/failure';
import { ok, type Result } from '../../core/failures/result';
import { atLeast, parseVersion } from '../../core/version';
import { hasGroups, readConfigFile } from '../../targets/cliproxyapi/read-config';
import type { Management } from './open-management';

/** The layout of config.yaml; null: a server before 8.0, which has only one. */
export async function readLayout(management: Management, config: ProxyConfig): Promise<Layout | null> {
  if (config.ofFile) return config.layout ?? 'hidden';
  const version = parseVersion(config.version);
  const isNew = version
    ? atLeast(version, [8, 0, 0])
    : config.supportsPlugins && (await isOfGroups(management));
  if (isNew === undefined) return 'unknown';
  if (!isNew) return null;
  const file = await readConfigFile(management.send);
  return file === undefined ? 'unknown' : layoutOf(file);
}

/** What says nothing of whether the server has groups. */
const NO_ANSWER: ReadonlySet<FailureCode> = new Set(['unreachable', 'timeout', 'cut-short', 'server-error']);

/** Of a build without a version; undefined: it gave no answer. */
async function isOfGroups({ send }: Management): Promise<boolean | undefined> {
  const has = await hasGroups(send);
  if (has.ok) return has.value;
  return NO_ANSWER.has(has.failure.code) ? undefined : false;
}

/** The whole configuration with the layout of its file, which decides how it is written. */
export async function readWithLayout(
  management: Management,
  signal?: AbortSignal,
): Promise<Result<ProxyConfig>> {
  const config = await management.read(signal);
  return config.ok ? ok({ ...config.value, layout: await readLayout(management, config.value) }) : config;
}
