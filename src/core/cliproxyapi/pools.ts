import { isPaused, labelOf, priorityOf, type Provider } from './provider';
import { allServedNames } from './served-names';

/** One client-visible name that another provider serves already: requests will be shared. */
export interface PoolMember {
  alias: string;
  /** Providers that serve it now, by name. */
  others: string[];
  /** Who gets the requests: the highest priority takes all, equal ones share (CLIProxyAPI 7.2). */
  order: 'shared' | 'behind' | 'ahead';
  /** The lowest priority among the others: one below it makes this provider a fallback. */
  lowest: number;
}

interface Server {
  name: string;
  priority: number;
}

/** What else the proxy serves under explicit names: an entry of another list, by its name or that of its list. */
export interface OtherModels {
  label: string;
  priority: number;
  names: string[];
}

/**
 * Which of the served names `aliases` are served by others than `except` already. Disabled providers do not count; names are told apart
 * by case between providers (CLIProxyAPI 7.2: lookup of IDs is case-sensitive).
 */
export function findPools(
  aliases: readonly string[],
  priority: number,
  providers: readonly Provider[],
  except: number | undefined,
  others: readonly OtherModels[],
  forcePrefix: boolean,
): PoolMember[] {
  if (aliases.length === 0) return [];
  const wanted = new Set(aliases);
  const servers = new Map<string, Server[]>();
  const add = (alias: string, server: Server): void => {
    const list = servers.get(alias);
    if (!list) servers.set(alias, [server]);
    else if (!list.some((known) => known.name === server.name)) list.push(server);
  };
  for (const [index, provider] of providers.entries()) {
    if (index === except || isPaused(provider)) continue;
    const server = { name: labelOf(provider), priority: priorityOf(provider) };
    const names = namesOf(provider, forcePrefix);
    for (const name of wanted) if (names.has(name)) add(name, server);
  }
  for (const other of others) {
    for (const name of other.names)
      if (wanted.has(name)) add(name, { name: other.label, priority: other.priority });
  }
  return [...servers].map(([alias, list]) => ({
    alias,
    others: list.map((server) => server.name),
    order: orderOf(priority, list),
    lowest: Math.min(...list.map((server) => server.priority)),
  }));
}

const NAMES = [new WeakMap<Provider, Set<string>>(), new WeakMap<Provider, Set<string>>()] as const;

/** The names of an entry, found once for each: the keys of a batch are planned one after the other on the same list. */
function namesOf(provider: Provider, forcePrefix: boolean): Set<string> {
  const known = NAMES[forcePrefix ? 1 : 0];
  const names = known.get(provider) ?? new Set(allServedNames(provider, forcePrefix));
  known.set(provider, names);
  return names;
}

function orderOf(priority: number, servers: readonly Server[]): PoolMember['order'] {
  const highest = Math.max(...servers.map((server) => server.priority));
  if (priority === highest) return 'shared';
  return priority < highest ? 'behind' : 'ahead';
}
