import { baseUrlOf } from './address';
import { markTwice } from './mark-twice';
import type { PastedItem } from './pasted';

/** The items with one address for all keys that had none; unchanged if it is no address. */
export function withAddress(items: readonly PastedItem[], address: string): readonly PastedItem[] {
  const baseUrl = baseUrlOf(address.trim());
  if (!baseUrl) return items;
  return markTwice(
    items.map((item) => (item.kind === 'no-address' ? { ...item, kind: 'key' as const, baseUrl } : item)),
  );
}
