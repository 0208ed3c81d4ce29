import { hostOf, parseHttpUrl } from '../../core/base-url';
import { hostPattern } from '../../core/cliproxyapi/management-url';
import type { NewApiShort } from '../../core/view/view';
import type { Saved } from '../../storage/schema';
import type { Ports } from '../ports';

/** New APIs as the picture shows them: enough to send a key there, and to say which keys are. */
export const shortNewApis = (ports: Pick<Ports, 'hosts'>, saved: Saved): Promise<NewApiShort[]> =>
  Promise.all(
    saved.newApis.map(async ({ id, name, siteUrl, halted }) => {
      const url = parseHttpUrl(siteUrl);
      const pattern = url ? hostPattern(url) : '';
      const granted = pattern !== '' && (await ports.hosts.granted(pattern));
      const links = saved.channelLinks.filter(({ newApiId }) => newApiId === id);
      const keys = [...new Set(links.map(({ keyId }) => keyId))];
      return { id, name: name || hostOf(siteUrl), host: hostOf(siteUrl), pattern, granted, halted, keys };
    }),
  );
