import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { mayConvert } from '../../core/connection/layout';
import type { Ports } from '../ports';

/**
 * Names a plan, the server and whether a write converts its file, seen or unseen, without telling anything of them: what is
 * agreed to for one server, or for a file that stays as it is, is not done to another.
 */
export const planHash = (
  ports: Ports,
  { root, layout }: Pick<ProxyConfig, 'root' | 'layout'>,
  identity: string,
): Promise<string> =>
  ports.hash.sha256([root, ...(mayConvert(layout) ? [CONVERTS[layout]] : []), identity].join('\n'));

const CONVERTS = { mixed: 'converts', unknown: 'converts', hidden: 'converts unseen' };

/**
 * Whether the user agreed to a plan by its hash; who let the file be converted agrees where it need not be, too, and who let
 * that be done unseen, where it is seen.
 */
export async function isAgreed(
  ports: Ports,
  hash: string | undefined,
  config: Pick<ProxyConfig, 'root' | 'layout'>,
  identity: string,
): Promise<boolean> {
  const more = config.layout === 'hidden' ? [] : (['mixed', 'hidden'] as const);
  const hashes = [config.layout, ...more].map((layout) => planHash(ports, { ...config, layout }, identity));
  return (await Promise.all(hashes)).some((one) => one === hash);
}
