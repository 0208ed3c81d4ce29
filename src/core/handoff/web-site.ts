import { isOpenHttp, parseHttpUrl } from '../base-url';

/**
 * Where the user has a web program, as links need it: without a slash at its end, query or fragment. Undefined for what
 * is no address, and for plain http through the open net, where everybody on the way would read the key.
 */
export function webSite(text: string): string | undefined {
  const url = parseHttpUrl(text);
  if (!url || url.username || isOpenHttp(url)) return undefined;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
