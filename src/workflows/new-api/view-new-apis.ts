import { hostOf, parseHttpUrl } from '../../core/base-url';
import { hostPattern } from '../../core/cliproxyapi/management-url';
import type { NewApiShort } from '../../core/view/view';
import type { Kept } from '../../storage/schema';
import type { World } from '../ports';

/** New APIs as the picture shows them: enough to send a key there, and to say which keys are. */
export const shortNewApis = (world: Pick<World, 'hosts'>, kept: Kept): Promise<NewApiShort[]> =>
  Promise.all(
    (kept.newApis ?? []).map(async ({ id, name, siteUrl, halted }) => {
      const url = parseHttpUrl(siteUrl);
      const pattern = url ? hostPattern(url) : '';
      const granted = pattern !== '' && (await world.hosts.granted(pattern));
      const links = (kept.channelLinks ?? []).filter(({ newApiId }) => newApiId === id);
      const keys = [...new Set(links.map(({ keyId }) => keyId))];
      return { id, name: name || hostOf(siteUrl), host: hostOf(siteUrl), pattern, granted, halted, keys };
    }),
  );
