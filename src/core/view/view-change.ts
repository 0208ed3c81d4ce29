import type { View } from './view';

/** A list as it is now: what stayed, as runs of the one before (the index of the first, how many), and what is new or changed. */
export type ListChange<T> = (readonly [from: number, count: number] | T)[];

/** What is different in a picture. Its size goes with what changed, and not with how many keys there are. */
export interface ViewChange {
  keys?: ListChange<View['keys'][number]>;
  accounts?: ListChange<View['accounts'][number]>;
  /** All else that changed, whole. */
  rest: Partial<Omit<View, 'keys' | 'accounts' | 'version'>>;
}

export function changeOf(before: View, now: View): ViewChange {
  const { keys, accounts, version: _version, ...parts } = now;
  const [changedKeys, changedAccounts] = [
    listChange(before.keys, keys),
    listChange(before.accounts, accounts),
  ];
  const changed = Object.entries(parts).filter(([name, part]) => !isSame(before[name as keyof View], part));
  return {
    ...(changedKeys && { keys: changedKeys }),
    ...(changedAccounts && { accounts: changedAccounts }),
    rest: Object.fromEntries(changed),
  };
}

/** The picture after a change. What did not change in it is the very object that was there. */
export const applyChange = (before: View, { keys, accounts, rest }: ViewChange): View => ({
  ...before,
  ...rest,
  keys: keys ? listAfter(before.keys, keys) : before.keys,
  accounts: accounts ? listAfter(before.accounts, accounts) : before.accounts,
});

/** Undefined: the list is the same. */
function listChange<T extends { id: string }>(
  before: readonly T[],
  now: readonly T[],
): ListChange<T> | undefined {
  const places = new Map(before.map(({ id }, at) => [id, at]));
  const change: (T | [from: number, count: number])[] = [];
  let run: [from: number, count: number] | undefined;
  for (const item of now) {
    const at = places.get(item.id);
    if (at === undefined || !isSame(before[at], item)) {
      change.push(item);
      run = undefined;
    } else if (run && run[0] + run[1] === at) run[1]++;
    else change.push((run = [at, 1]));
  }
  const all = run ?? [0, 0];
  return change.length <= 1 && all[0] === 0 && all[1] === before.length && now.length === before.length
    ? undefined
    : change;
}

const listAfter = <T>(before: readonly T[], change: ListChange<T>): T[] =>
  change.flatMap((part) => (isRun(part) ? before.slice(part[0], part[0] + part[1]) : [part]));

const isRun = <T>(part: ListChange<T>[number]): part is readonly [number, number] => Array.isArray(part);

/** Whether two values are the same as JSON. */
function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [these, those] = [one as Record<string, unknown>, other as Record<string, unknown>];
  for (const name in these) if (!isSame(these[name], those[name])) return false;
  for (const name in those) if (those[name] !== undefined && these[name] === undefined) return false;
  return true;
}
