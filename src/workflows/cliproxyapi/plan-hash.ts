import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { mayConvert } from '../../core/connection/layout';
import type { Ports } from '../ports';

/**
 * Names a plan, the server and whether a write converts its file, without telling anything of them: what is agreed to for
 * one server, or for a file that stays as it is, is not done to another.
 */
export const planHash = (
  ports: Ports,
  { root, layout }: Pick<ProxyConfig, 'root' | 'layout'>,
  identity: string,
): Promise<string> =>
  ports.hash.sha256([root, ...(mayConvert(layout) ? ['converts'] : []), identity].join('\n'));

/** Whether the user agreed to a plan by its hash; who let the file be converted agrees where it need not be, too. */
export async function isAgreed(
  ports: Ports,
  hash: string | undefined,
  config: Pick<ProxyConfig, 'root' | 'layout'>,
  identity: string,
): Promise<boolean> {
  const hashes = [config, { ...config, layout: 'mixed' as const }].map((on) => planHash(ports, on, identity));
  return (await Promise.all(hashes)).some((one) => one === hash);
}
