import { clientNameOf, upstreamOf, type ModelMapping } from './provider';

const lower = (text: string): string => text.toLowerCase();
const hasAlias = (model: ModelMapping): boolean => Boolean(model.alias?.trim());

/**
 * Inside one provider CLIProxyAPI resolves names without regard to case, explicit aliases first, then the first plain
 * name (seen by driving 7.2.140). Returns the model that answers instead of `model`, or undefined
 * when chats for it arrive. The registry lists such a model all the same, so this has to be told from the list.
 */
export function shadowedBy(
  models: readonly ModelMapping[],
  index: number,
  prefix = '',
): ModelMapping | undefined {
  const model = models[index];
  if (!model) return undefined;
  const name = lower(clientNameOf(model));
  // `p/m` is taken for the provider's prefix `p` and its model `m` first.
  const start = prefix && `${lower(prefix)}/`;
  if (start && name.startsWith(start)) {
    const rest = name.slice(start.length);
    const other = models.find((candidate) => lower(clientNameOf(candidate)) === rest);
    if (other && upstreamOf(other) !== upstreamOf(model)) return other;
  }
  const sameUpstream = (other: ModelMapping): boolean => upstreamOf(other) === upstreamOf(model);
  for (const [i, other] of models.entries()) {
    if (i === index || sameUpstream(other)) continue;
    // A plain name goes to the first model of that name, even to one that has an alias of its own.
    if (!hasAlias(model) && i < index && lower(upstreamOf(other)) === name) return other;
    if (lower(clientNameOf(other)) !== name) continue;
    if (!hasAlias(model)) {
      if (hasAlias(other)) return other;
    } else if (hasAlias(other) && i < index && lower(upstreamOf(other)) === lower(upstreamOf(model))) {
      return other;
    }
  }
  return undefined;
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
