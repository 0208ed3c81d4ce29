import { hostOf, parseHttpUrl } from '../../core/base-url';
import { hostPattern } from '../../core/connection/management-url';
import type { NewApiShort } from '../../core/view/view';
import type { NewApi } from '../../storage/channel-schema';
import type { Saved } from '../../storage/schema';
import type { Ports } from '../ports';

/** How a New API is called, and whether its host may be reached. */
export async function reachOf(
  ports: Pick<Ports, 'hosts'>,
  { id, name, siteUrl, halted }: NewApi,
): Promise<Omit<NewApiShort, 'keys'>> {
  const url = parseHttpUrl(siteUrl);
  const pattern = url ? hostPattern(url) : '';
  const granted = pattern !== '' && (await ports.hosts.granted(pattern));
  const host = hostOf(siteUrl);
  return { id, name: name || host, host, pattern, granted, halted };
}

/** New APIs as the picture shows them: enough to send a key there, and to say which keys are. */
export const shortNewApis = (ports: Pick<Ports, 'hosts'>, saved: Saved): Promise<NewApiShort[]> =>
  Promise.all(
    saved.newApis.map(async (newApi) => {
      const links = saved.channelLinks.filter(({ newApiId }) => newApiId === newApi.id);
      return { ...(await reachOf(ports, newApi)), keys: [...new Set(links.map(({ keyId }) => keyId))] };
    }),
  );
