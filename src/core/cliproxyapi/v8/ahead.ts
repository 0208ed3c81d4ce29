import { LIST_NAMES, type ListName } from '../lists/list-traits';
import type { Provider } from '../provider';
import type { ProxyConfig } from '../proxy-config';
import { sameContent } from '../same-entry';
import { asMemory } from './as-memory';
import { familyOf } from './family';
import type { GroupsRead } from './groups';

/** Whether something in a list of the file is not text: then it cannot be compared, nor is it written. */
export const hasOddValues = ({ notText }: GroupsRead, list: ListName): boolean =>
  notText.some((place) => place.family === familyOf(list));

/** The configuration as it would be if the file were loaded. */
export function asInFile(read: GroupsRead, config: ProxyConfig): ProxyConfig {
  const lists = { ...config.lists };
  for (const list of LIST_NAMES)
    if (!hasOddValues(read, list)) lists[list] = asMemory(list, read.families[familyOf(list)] ?? []);
  return { ...config, lists };
}

/**
 * Whether the file has all that is loaded, and more: after a reload that was lost (CLIProxyAPI 8.0), or while one is under
 * way. What was read from the file itself tells nothing of that.
 */
export function isAhead(file: ProxyConfig, config: ProxyConfig): boolean {
  const lists = LIST_NAMES.map((list) => [file.lists[list] ?? [], config.lists[list] ?? []] as const);
  return (
    !config.ofFile &&
    lists.every(([more, loaded]) => holdsAll(more, loaded)) &&
    lists.some(([more, loaded]) => more.length > loaded.length)
  );
}

/** Whether each of the entries is in a list by itself. */
function holdsAll(list: readonly Provider[], entries: readonly Provider[]): boolean {
  const left = [...list];
  return entries.every((entry) => {
    const at = left.findIndex((one) => sameContent(one, entry));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}
