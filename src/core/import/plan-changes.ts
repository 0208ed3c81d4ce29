import type { JoinedModels } from './join-models';
import { shownUrl } from '../base-url';
import { maskKey } from '../mask';
import type { ProviderList } from '../cliproxyapi/provider-list';
import type { ImportRequest, PlanDraft } from './plan-types';
import { baseUrlOf, keyEntries, modelsOf, priorityOf, type Provider } from '../cliproxyapi/provider';
import type { Change } from './change';
import { entryLine, fieldLine, restLine, shownProxy, switchLine } from './change-lines';

/** The diff between the list as it is and as it will be, in the order in which it is read. `fields`: those that differ. */
export function planChanges(
  { list, providers }: ProviderList,
  request: ImportRequest,
  draft: PlanDraft,
  fields: readonly string[],
): Change[] {
  const { before, after, index, keyIndex, keyKnown, joined } = draft;
  const mask = maskKey(keyEntries(after)[keyIndex]?.['api-key'] ?? '');
  const changes: Change[] = [
    entryLine(before ? '=' : '+', list, after, request.target.kind === 'join'),
    { sign: keyKnown ? '=' : '+', kind: 'key', mask },
  ];
  if (joined.added.length > 0) {
    const models = joined.added.map(({ name, alias }) => ({ name, alias }));
    changes.push({ sign: '+', kind: 'models', models });
  }
  if (joined.realiased.length > 0) changes.push({ sign: '~', kind: 'alias', models: joined.realiased });
  changes.push(...fieldChanges(draft, request));
  if (before) changes.push(inIt(before, joined, fields));
  return [...changes, restLine(providers, before ? index : undefined)];
}

function fieldChanges({ before, after, keyIndex }: PlanDraft, { options }: ImportRequest): Change[] {
  const sign = before ? '~' : '+';
  const url = (entry: Provider): string => shownUrl(baseUrlOf(entry));
  const key = before && keyEntries(before)[keyIndex];
  const proxy = shownProxy(keyEntries(after)[keyIndex]);
  const headers = (entry: Provider | null): string => Object.keys(entry?.headers ?? {}).join(', ');
  const sameHeaders = JSON.stringify(before?.headers ?? {}) === JSON.stringify(after.headers ?? {});
  return [
    ...(before ? fieldLine('base-url', url(before), url(after)) : []),
    ...fieldLine('prefix', before?.prefix ?? '', after.prefix ?? '', sign),
    ...fieldLine('priority', String(before ? priorityOf(before) : 0), String(priorityOf(after)), sign),
    ...(options.proxyUrl?.trim()
      ? fieldLine('proxy', shownProxy(key ?? undefined), proxy, key ? '~' : '+')
      : []),
    ...(sameHeaders ? [] : [{ sign, kind: 'headers', from: headers(before), to: headers(after) } as const]),
    ...(before ? switchLine(before, after) : []),
  ];
}

const NAMED = new Set([
  'name',
  'base-url',
  'api-key-entries',
  'api-key',
  'proxy-url',
  'models',
  'auth-index',
  'disabled',
]);

/** What stays inside the provider that is joined: people who lost config before need to read this. */
const inIt = (before: Provider, joined: JoinedModels, fields: readonly string[]): Change => ({
  sign: '=',
  kind: 'in-it',
  keys: keyEntries(before).length,
  models: modelsOf(before).length - joined.realiased.length,
  fields: Object.keys(before).filter((name) => !NAMED.has(name) && !fields.includes(name)),
});
