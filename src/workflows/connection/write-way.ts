import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { listRefusal } from '../../core/cliproxyapi/lists/list-allowed';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { isOneWrite } from '../../core/connection/layout';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Management } from './open-management';
import { writable } from './writable';

/** How a list is written: as a list of `/v0`, or as groups of `/v8`. */
export type WriteWay = 'lists' | 'groups';

/**
 * How this list may be written now. A write by `/v8` turns a file of the old layout into the new one for good, and one by
 * `/v0` dissolves the groups of the new one, so each layout has its own way. Any write converts a file that is partly both,
 * to which the user has agreed by then (`planHash`).
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
  if (isOneWrite(config.layout)) return ok('groups');
  // In this list `/v0` keeps everything as it is, in either layout.
  const mayDissolve = config.layout === 'unknown' && list !== 'openai-compatibility';
  return mayDissolve ? fail({ code: 'file-layout', list }) : ok('lists');
}
