import type { ListName } from '../cliproxyapi/lists/list-traits';
import { keyEntries, priorityOf, servedModelsOf, type Provider } from '../cliproxyapi/provider';
import type { Change } from '../import/change';
import { entryLine, fieldLine, shownProxy } from '../import/change-lines';
import { maskKey } from '../mask';

/** The diff of an entry that comes with all that it is, in the order in which it is read. */
export function arrivalChanges(list: ListName, entry: Provider): Change[] {
  const masks = keyEntries(entry).map((key) => maskKey(key['api-key'] ?? ''));
  const models = servedModelsOf(entry);
  const proxies = [...new Set(keyEntries(entry).map(shownProxy))].filter(Boolean);
  const headers = Object.keys(entry.headers ?? {});
  return [
    entryLine('+', list, entry),
    ...(masks.length > 0 ? [{ sign: '+', kind: 'keys', masks } as const] : []),
    ...(models.length > 0 ? [{ sign: '+', kind: 'models', models } as const] : []),
    ...fieldLine('prefix', '', entry.prefix ?? '', '+'),
    ...fieldLine('priority', '0', String(priorityOf(entry)), '+'),
    ...fieldLine('proxy', '', proxies.join(', '), '+'),
    ...fieldLine('headers', '', headers.join(', '), '+'),
  ];
}
