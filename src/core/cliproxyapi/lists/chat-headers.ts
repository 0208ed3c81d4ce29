import type { ListName } from './list-traits';
import { listTraits } from './table';

/**
 * What CLIProxyAPI may send of a chat's headers. It follows redirects, and to another host its client drops only
 * `Authorization`, `Cookie` and `WWW-Authenticate` (Go's; seen at 7.2.140): any other header with the key in it would
 * arrive there, so it stays behind. Undefined: without those the relay would not know the key.
 */
export function headersByProxy(
  headers: Readonly<Record<string, string>>,
  key: string,
): Record<string, string> | undefined {
  const isAuthorization = (name: string): boolean => name.toLowerCase() === 'authorization';
  const open = Object.entries(headers).filter(
    ([name, value]) => isAuthorization(name) || !value.includes(key),
  );
  return open.some(([name]) => isAuthorization(name)) ? Object.fromEntries(open) : undefined;
}

/** Whether chats of this list can be tried at a relay by the browser only. */
export function isTriedByBrowserOnly(list: ListName): boolean {
  const key = 'key';
  return headersByProxy(listTraits(list).chat('', key, '').headers, key) === undefined;
}
