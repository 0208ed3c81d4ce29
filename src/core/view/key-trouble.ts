import { keyTrouble, type KeyTrouble } from '../accounts/quota';
import type { View } from './view';

/** The keys among `keyIds` that their relays will refuse, by the reason; without those of which nothing is known. */
export function troubledKeys(
  { keys, accounts }: Pick<View, 'keys' | 'accounts'>,
  keyIds: readonly string[],
): { trouble: KeyTrouble; names: string[] }[] {
  const balances = new Map(accounts.map(({ id, balance }) => [id, balance?.value ?? null]));
  const asked = new Set(keyIds);
  const found = new Map<KeyTrouble, string[]>();
  for (const { id, name, status, accountId } of keys) {
    const trouble = asked.has(id) && keyTrouble(status, balances.get(accountId ?? '') ?? null);
    if (trouble) found.set(trouble, [...(found.get(trouble) ?? []), name]);
  }
  return [...found].map(([trouble, names]) => ({ trouble, names }));
}
