import { keyTrouble, type KeyTrouble } from '../accounts/quota';
import { groupBy } from '../group-by';
import type { View } from './view';

/** The keys among `keyIds` that their relays will refuse, by the reason; without those of which nothing is known. */
export function troubledKeys(
  { keys, accounts }: Pick<View, 'keys' | 'accounts'>,
  keyIds: readonly string[],
): { trouble: KeyTrouble; names: string[] }[] {
  const balances = new Map(accounts.map(({ id, balance }) => [id, balance?.value ?? null]));
  const asked = new Set(keyIds);
  const troubled = keys.flatMap(({ id, name, status, accountId }) => {
    const trouble = asked.has(id) && keyTrouble(status, balances.get(accountId ?? '') ?? null);
    return trouble ? [{ trouble, name }] : [];
  });
  const byTrouble = groupBy(troubled, ({ trouble }) => trouble);
  return [...byTrouble].map(([trouble, some]) => ({ trouble, names: some.map(({ name }) => name) }));
}
