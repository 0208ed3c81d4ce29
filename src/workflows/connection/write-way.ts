import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { listRefusal } from '../../core/cliproxyapi/lists/list-allowed';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { layoutOf, type Layout } from '../../core/cliproxyapi/v8/layout';
import { fail, ok, type Result } from '../../core/failures/result';
import { atLeast, parseVersion } from '../../core/version';
import { hasGroups } from '../../targets/cliproxyapi/groups';
import { readConfigFile } from '../../targets/cliproxyapi/read-config';
import { writable, type Management } from './open-management';

/** How a list is written: as a list of `/v0`, or as groups of `/v8`. */
export type WriteWay = 'lists' | 'groups';

/** The layout of config.yaml; null: a server before 8.0, which has only one. */
export async function readLayout(management: Management, config: ProxyConfig): Promise<Layout | null> {
  const version = parseVersion(config.version);
  const isNew = version
    ? atLeast(version, [8, 0, 0])
    : config.supportsPlugins && (await hasGroups(management.send));
  if (!isNew) return null;
  const file = await readConfigFile(management.send);
  return file === undefined ? 'unknown' : layoutOf(file);
}

/**
 * How this list may be written now. A write by `/v8` turns a file of the old layout into the new one for good, and one by
 * `/v0` dissolves the groups of the new one, so each layout has its own way, and a file that is partly both has none.
 */
export async function wayToWrite(
  management: Management,
  config: ProxyConfig,
  list: ListName,
): Promise<Result<WriteWay>> {
  const refused = listRefusal(list, config.version);
  if (refused) return fail(refused);
  const allowed = await writable(management, config);
  if (!allowed.ok) return allowed;
  switch (await readLayout(management, config)) {
    case 'new':
      return ok('groups');
    case 'mixed':
      return fail({ code: 'file-mixed' });
    case 'unknown':
      // In this list `/v0` keeps everything as it is, in either layout.
      return list === 'openai-compatibility' ? ok('lists') : fail({ code: 'file-layout', list });
    default:
      return ok('lists');
  }
}
