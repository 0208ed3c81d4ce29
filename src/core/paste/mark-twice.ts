import { relayIdentity } from '../base-url';
import { bareKey } from '../key-text';
import { memo } from '../memo';
import { OPTIONAL_PREFIX } from '../accounts/relay-family';
import type { PastedItem } from './pasted';

/** Gives each repeated key of a relay the line of its first occurrence. */
export function markTwice(items: readonly PastedItem[]): PastedItem[] {
  const first = new Map<string, number>();
  const identity = memo(relayIdentity);
  return items.map((item) => {
    if (item.kind !== 'key' && item.kind !== 'no-address') return item;
    const relay = item.kind === 'key' ? identity(item.baseUrl) : '';
    const id = `${relay} ${bareKey(item.key, OPTIONAL_PREFIX)}`;
    const firstAt = first.get(id) ?? null;
    if (firstAt === null) first.set(id, item.line);
    return { ...item, firstAt };
  });
}
