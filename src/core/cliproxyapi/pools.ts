import { groupBy } from '../group-by';
import { memo } from '../memo';
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
  alias: string;
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
 * Which of the served names `aliases` others than `except` serve already. Disabled providers do not count; between
 * providers case matters (CLIProxyAPI 7.2: lookup of IDs is case-sensitive).
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
  const active = providers.filter((provider, index) => index !== except && !isPaused(provider));
  const own = active.flatMap((provider): Server[] => {
    const served = NAMES[forcePrefix ? 'prefixed' : 'plain'](provider);
    const server = { name: labelOf(provider), priority: priorityOf(provider) };
    return [...wanted].filter((alias) => served.has(alias)).map((alias) => ({ alias, ...server }));
  });
  const other = others.flatMap(({ label: name, priority: its, names }): Server[] =>
    names.filter((alias) => wanted.has(alias)).map((alias) => ({ alias, name, priority: its })),
  );
  return [...groupBy([...own, ...other], ({ alias }) => alias)].map(([alias, all]) => {
    const servers = [...groupBy(all, ({ name }) => name).values()].flatMap(([first]) => first ?? []);
    return {
      alias,
      others: servers.map(({ name }) => name),
      order: orderOf(priority, servers),
      lowest: Math.min(...servers.map((server) => server.priority)),
    };
  });
}

const namesFor = (forcePrefix: boolean) =>
  memo((provider: Provider) => new Set(allServedNames(provider, forcePrefix)), new WeakMap());
/** The names of an entry, found once for each: the keys of a batch are planned one after the other on the same list. */
const NAMES = { plain: namesFor(false), prefixed: namesFor(true) };

function orderOf(priority: number, servers: readonly Server[]): PoolMember['order'] {
  const highest = Math.max(...servers.map((server) => server.priority));
  if (priority === highest) return 'shared';
  return priority < highest ? 'behind' : 'ahead';
}
