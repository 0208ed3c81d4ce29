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
    if (i === index || lower(clientNameOf(other)) !== name || sameUpstream(other)) continue;
    if (!hasAlias(model)) {
      if (hasAlias(other) || i < index) return other;
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
