import { clientNameOf, upstreamOf, type ModelMapping } from './provider';

const lower = (text: string): string => text.toLowerCase();
const hasAlias = (model: ModelMapping): boolean => Boolean(model.alias?.trim());

/**
 * Inside one provider CLIProxyAPI resolves names without regard to case, explicit aliases first, then the first plain
 * name (seen by driving 7.2.140). The function returned gives the model that answers instead of the one at `index`, or
 * undefined when chats for that one arrive. The registry lists such a model all the same, so this has to be told from the
 * list. The names are indexed once: a relay may list 60,000 models.
 */
export function shadowsIn(
  models: readonly ModelMapping[],
  prefix = '',
): (index: number) => ModelMapping | undefined {
  const names = models.map((model) => {
    const upstream = upstreamOf(model);
    const client = lower(clientNameOf(model));
    return { upstream, lowerUpstream: lower(upstream), client, explicit: hasAlias(model) };
  });
  const explicit = (key: (name: Names) => string) => (name: Names) => (name.explicit ? key(name) : undefined);
  const bothOf = ({ client, lowerUpstream }: Names): string => `${client}\0${lowerUpstream}`;
  const byUpstream = indexOthers(names, ({ lowerUpstream }) => lowerUpstream);
  const byAlias = indexOthers(
    names,
    explicit(({ client }) => client),
  );
  const byBoth = indexOthers(names, explicit(bothOf));
  // `p/m` is taken for the provider's prefix `p` and its model `m` first.
  const start = prefix && `${lower(prefix)}/`;
  const byClient = indexOthers(names, ({ client }) => (start ? client : undefined));
  return (index) => {
    const name = names[index];
    if (!name) return undefined;
    if (start && name.client.startsWith(start)) {
      const at = byClient.first(name.client.slice(start.length));
      if (names[at] && names[at].upstream !== name.upstream) return models[at];
    }
    const before = (at: number): number => (at < index ? at : NONE);
    if (name.explicit) return models[before(byBoth.other(bothOf(name), name))];
    // A plain name goes to the first model of that name, even to one that has an alias of its own.
    return models[Math.min(before(byUpstream.other(name.client, name)), byAlias.other(name.client, name))];
  };
}

interface Names {
  upstream: string;
  lowerUpstream: string;
  client: string;
  explicit: boolean;
}

/** The place of no model: behind all of them. */
const NONE = Infinity;

/** For each key the first model that has it, and the first that has it with another upstream name. */
function indexOthers(names: readonly Names[], keyOf: (name: Names) => string | undefined) {
  const places = new Map<string, { first: number; upstream: string; second: number }>();
  for (const [at, name] of names.entries()) {
    const key = keyOf(name);
    if (key === undefined) continue;
    const place = places.get(key);
    const { upstream } = name;
    if (!place) places.set(key, { first: at, upstream, second: NONE });
    else if (place.second === NONE && place.upstream !== upstream) place.second = at;
  }
  return {
    first: (key: string): number => places.get(key)?.first ?? NONE,
    /** The first one that is not of the same upstream name. */
    other(key: string, { upstream }: Names): number {
      const place = places.get(key);
      return (place?.upstream === upstream ? place.second : place?.first) ?? NONE;
    },
  };
}

/**
 * CLIProxyAPI answers `auto` with a model of its own choice, also where a provider serves one of that name: the registry
 * lists it, and chats go elsewhere (seen on 7.2.140).
 */
export const isReserved = (name: string): boolean => name === 'auto';

/** RFC 9110 token. CLIProxyAPI stores any header name; one that HTTP forbids breaks every chat of that provider. */
export const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);

/** Header values: visible characters, blanks and tabs. */
export const isHeaderValue = (value: string): boolean => /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

/**
 * The name that a relay is asked for in place of one that ends in round brackets, or undefined: CLIProxyAPI takes the
 * brackets for a thinking setting and drops them, also from the name behind an alias (seen on 7.2.140). `m(free)`
 * would be asked for, and paid for, as `m`.
 */
export function askedInstead(upstream: string): string | undefined {
  return upstream.endsWith(')') && upstream.includes('(')
    ? upstream.slice(0, upstream.lastIndexOf('('))
    : undefined;
}
