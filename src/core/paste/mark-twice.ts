import { relayIdentity } from '../base-url';
import { bareKey } from '../key-text';
import { OPTIONAL_PREFIX } from '../accounts/relay-family';
import type { PastedItem } from './pasted';

/** Each key that stands a second time for the same relay is given the line of the first. */
export function markTwice(items: readonly PastedItem[]): PastedItem[] {
  const first = new Map<string, number>();
  const relays = new Map<string, string>();
  const identity = (baseUrl: string): string => {
    const known = relays.get(baseUrl) ?? relayIdentity(baseUrl);
    relays.set(baseUrl, known);
    return known;
  };
  return items.map((item) => {
    if (item.kind !== 'key' && item.kind !== 'no-address') return item;
    const relay = item.kind === 'key' ? identity(item.baseUrl) : '';
    const id = `${relay} ${bareKey(item.key, OPTIONAL_PREFIX)}`;
    const firstAt = first.get(id) ?? null;
    if (firstAt === null) first.set(id, item.line);
    return { ...item, firstAt };
  });
}
