import { clientNameOf, upstreamOf, type ModelMapping } from './provider';

const lower = (text: string): string => text.toLowerCase();
const hasAlias = (model: ModelMapping): boolean => Boolean(model.alias?.trim());

/**
 * Inside one provider CLIProxyAPI resolves names without regard to case, explicit aliases first, then the first plain
 * name (verified.md section 8, and driving 7.2.140). Returns the model that answers instead of `model`, or undefined
 * when chats for it arrive. The registry lists such a model all the same, so this has to be told from the list.
 */
export function hiddenBehind(models: readonly ModelMapping[], index: number): ModelMapping | undefined {
  const model = models[index]!;
  const name = lower(clientNameOf(model));
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

/** RFC 9110 token. CLIProxyAPI stores any header name; one that HTTP forbids breaks every chat of that provider. */
export const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);

/** Header values: visible signs, blanks and tabs. */
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
