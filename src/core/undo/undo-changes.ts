import { shownUrl } from '../base-url';
import type { ListName } from '../cliproxyapi/lists/list-traits';
import {
  baseUrlOf,
  keyEntries,
  nameOf,
  priorityOf,
  servedModelsOf,
  type KeyEntry,
  type Provider,
} from '../cliproxyapi/provider';
import type { Change } from '../import/change';
import { entryLine, fieldLine, shownProxy, switchLine } from '../import/change-lines';
import { canonicalJson } from '../json';
import { maskKey } from '../mask';
import { minus } from './merge-back';

/** The diff of one entry that an undo changes and does not take out, in the order in which it is read. */
export function undoChanges(list: ListName, now: Provider, after: Provider): Change[] {
  const keys = minus(textsOf(after), minus(textsOf(after), textsOf(now)));
  const models = minus(servedModelsOf(after), minus(servedModelsOf(after), servedModelsOf(now)));
  return [
    entryLine('=', list, now),
    ...keyLines(now, after),
    ...modelLines(now, after),
    ...fieldLines(now, after),
    { sign: '=', kind: 'in-it', keys: keys.length, models: models.length, fields: [] },
  ];
}

const textsOf = (entry: Provider): string[] => keyEntries(entry).map((key) => key['api-key'] ?? '');

function keyLines(now: Provider, after: Provider): Change[] {
  const gone = minus(textsOf(now), textsOf(after)).map(maskKey);
  const back = minus(textsOf(after), textsOf(now)).map((text): Change => {
    return { sign: '+', kind: 'key', mask: maskKey(text) };
  });
  const details = keyEntries(after).flatMap((key) => {
    const was = keyEntries(now).find((other) => other['api-key'] === key['api-key']);
    const weight = (one: KeyEntry): string => JSON.stringify(one['weight']) ?? '';
    return was
      ? [
          ...fieldLine('weight', weight(was), weight(key)),
          ...fieldLine('proxy', shownProxy(was), shownProxy(key)),
        ]
      : [];
  });
  return [
    ...(gone.length > 0 ? [{ sign: '−', kind: 'keys', masks: gone } as const] : []),
    ...back,
    ...details,
  ];
}

/** A model with one name before and another after is renamed; it neither goes nor comes. */
function modelLines(now: Provider, after: Provider): Change[] {
  const gone = minus(servedModelsOf(now), servedModelsOf(after));
  const back = minus(servedModelsOf(after), servedModelsOf(now));
  const renamed = gone.flatMap(({ name, alias: from }) => {
    const to = back.find((model) => model.name === name);
    if (to) back.splice(back.indexOf(to), 1);
    return to ? [{ name, from, to: to.alias }] : [];
  });
  const left = gone.filter(
    ({ name, alias }) => !renamed.some((model) => model.name === name && model.from === alias),
  );
  return [
    ...(left.length > 0 ? [{ sign: '−', kind: 'models', models: left } as const] : []),
    ...(back.length > 0 ? [{ sign: '+', kind: 'models', models: back } as const] : []),
    ...(renamed.length > 0 ? [{ sign: '~', kind: 'alias', models: renamed } as const] : []),
  ];
}

function fieldLines(now: Provider, after: Provider): Change[] {
  const headers = (entry: Provider): string => Object.keys(entry.headers ?? {}).join(', ');
  const sameHeaders = canonicalJson(now.headers ?? {}) === canonicalJson(after.headers ?? {});
  return [
    ...switchLine(now, after),
    ...fieldLine('name', nameOf(now), nameOf(after)),
    ...fieldLine('base-url', shownUrl(baseUrlOf(now)), shownUrl(baseUrlOf(after))),
    ...fieldLine('priority', String(priorityOf(now)), String(priorityOf(after))),
    ...fieldLine('prefix', now.prefix ?? '', after.prefix ?? ''),
    ...(sameHeaders ? [] : [{ sign: '~', kind: 'headers', from: headers(now), to: headers(after) } as const]),
  ];
}
