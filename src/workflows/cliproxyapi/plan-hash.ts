import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { mayConvert } from '../../core/connection/layout';
import type { Ports } from '../ports';

/**
 * Names a plan, the server, whether a write converts its file, seen or unseen, and whether it loads more of it, without
 * telling anything of them: what is agreed to for one server, or for a file that stays as it is, is not done to another.
 */
export const planHash = (ports: Ports, { root, layout, ahead }: About, identity: string): Promise<string> => {
  const more = [...(mayConvert(layout) ? [CONVERTS[layout]] : []), ...(ahead ? ['loads more'] : [])];
  return ports.hash.sha256([root, ...more, identity].join('\n'));
};

type About = Pick<ProxyConfig, 'root' | 'layout' | 'ahead'>;

const CONVERTS = { mixed: 'converts', unknown: 'converts', hidden: 'converts unseen' };

/**
 * Whether the user agreed to a plan by its hash; who let the file be converted agrees where it need not be, too, and who let
 * that be done unseen, where it is seen.
 */
export async function isAgreed(
  ports: Ports,
  hash: string | undefined,
  config: About,
  identity: string,
): Promise<boolean> {
  const more = config.layout === 'hidden' ? [] : (['mixed', 'hidden'] as const);
  const hashes = [config.layout, ...more].flatMap((layout) =>
    (config.ahead ? [true] : [false, true]).map((ahead) =>
      planHash(ports, { ...config, layout, ahead }, identity),
    ),
  );
  return (await Promise.all(hashes)).some((one) => one === hash);
}
