import { hostOf, isLoopbackHost, parseHttpUrl } from '../../core/base-url';
import { parseManagementUrl } from '../../core/connection/management-url';
import { fail, ok, type Result } from '../../core/failures/result';
import type { KeptProxy, StoredSaved } from '../../storage/schema';
import { changeAndNotify } from '../change-and-notify';
import type { Ports } from '../ports';

/** The address of a CLIProxyAPI as records and cards name it; empty: it has none. */
export function rootOf({ connection }: Pick<KeptProxy, 'connection'>): string {
  const url = connection && parseManagementUrl(connection.address);
  return url?.ok ? url.value.root : '';
}

/** Id and name of the CLIProxyAPI with this address, and ports at it; undefined: it is none of the user's (any more). */
export async function proxyOfRoot(
  ports: Ports,
  root: string,
): Promise<{ id: string; there: Ports; name: string } | undefined> {
  const saved = await ports.everywhere.saved.read();
  const proxy = saved.ok ? saved.value.proxies.find((one) => rootOf(one) === root) : undefined;
  return proxy && { id: proxy.id, there: ports.at(proxy.id), name: nameOf(proxy) };
}

/** Takes one out of the list of CLIProxyAPIs with all that is known of it; the last one stays, without an address. */
export async function dropProxy(ports: Ports, proxyId: string): Promise<Result<true>> {
  const { saved, session } = ports.everywhere;
  const dropped = await changeAndNotify(ports, saved, (document) => {
    const left = document.proxies.filter(({ id }) => id !== proxyId);
    if (left.length > 0) document.proxies = left;
  });
  if (!dropped.ok) return dropped;
  return session.change((document) => {
    delete document.proxies[proxyId];
    return true as const;
  });
}

/** Puts the CLIProxyAPIs into this order of ids; those that it does not name come last, as they stood. */
export const arrangeProxies = (ports: Ports, order: readonly string[]): Promise<Result<true>> =>
  changeAndNotify(ports, ports.everywhere.saved, (document) => {
    const place = ({ id }: KeptProxy): number => (order.includes(id) ? order.indexOf(id) : order.length);
    document.proxies = document.proxies.toSorted((a, b) => place(a) - place(b));
  });

/**
 * Fails where another CLIProxyAPI of the user has this address, by whatever name of this computer: two would write to one
 * server side by side, each under a lock of its own.
 */
export function soleAddress({ proxies }: StoredSaved, proxyId: string, root: string): Result<true> {
  const other = proxies.find((proxy) => proxy.id !== proxyId && placeOf(rootOf(proxy)) === placeOf(root));
  return other ? fail({ code: 'same-connection', name: nameOf(other) }) : ok(true);
}

/** An address with one name for all names of this computer. */
function placeOf(root: string): string {
  const url = parseHttpUrl(root);
  if (!url || !isLoopbackHost(url.hostname)) return root;
  url.hostname = 'localhost';
  return url.href;
}

/** What the user calls a CLIProxyAPI, or its host. */
export const nameOf = (proxy: Pick<KeptProxy, 'connection'>): string =>
  proxy.connection?.name || hostOf(rootOf(proxy));
