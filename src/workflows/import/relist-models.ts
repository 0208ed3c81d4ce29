import { baseUrlAsTyped, sameServer } from '../../core/base-url';
import type { Result } from '../../core/failures/result';
import type { ListedModels } from '../../core/import/opened';
import { findKey, usableBy } from '../accounts/find-key';
import { revealKey } from '../accounts/reveal-key';
import { listModels } from '../cliproxyapi/list-models';
import { openManagement } from '../connection/open-management';
import type { Ports } from '../ports';

/**
 * The models again, at the base URL in the dialog. CLIProxyAPI may ask for them where the key's relay is; at any other
 * server only the browser may, once it has asked the user whether that is the host they mean.
 */
export async function relistModels(
  ports: Ports,
  keyId: string,
  baseUrl: string,
): Promise<Result<ListedModels>> {
  const key = await findKey(ports, keyId);
  if (!key.ok) return key;
  const text = await revealKey(ports, key.value);
  if (!text.ok) return text;
  const url = baseUrlAsTyped(baseUrl);
  if (!url.ok) return url;
  const way = sameServer(url.value, key.value.address) ? () => openManagement(ports) : 'browser';
  return usableBy(key.value, await listModels(ports, way, url.value, text.value));
}
