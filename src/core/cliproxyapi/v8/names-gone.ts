import type { Provider } from '../provider';
import type { Group } from './groups';
import type { Regrouping } from './regrouping';

/** The names of groups that go with their last keys, by each entry of theirs that goes. `groups`: what becomes of all. */
export function namesGone(
  { before, after, groups: file, origins }: Pick<Regrouping, 'before' | 'after' | 'groups' | 'origins'>,
  groups: readonly Group[],
): ReadonlyMap<Provider, string> {
  const stays = new Set(after);
  const names = new Set(groups.map((group) => group['name']));
  return new Map(
    before.flatMap((entry) => {
      const name = file[origins.get(entry)?.group ?? -1]?.['name'];
      return !stays.has(entry) && typeof name === 'string' && name !== '' && !names.has(name)
        ? [[entry, name] as const]
        : [];
    }),
  );
}
