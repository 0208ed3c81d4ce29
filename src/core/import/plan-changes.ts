import type { JoinedModels } from './join-models';
import { withoutProxyUser, withoutUser } from '../base-url';
import { maskKey } from '../mask';
import type { ProviderList } from '../cliproxyapi/provider-list';
import type { ImportRequest } from './plan-types';
import {
  baseUrlOf,
  isPaused,
  keyEntries,
  labelOf,
  modelsOf,
  priorityOf,
  type Provider,
} from '../cliproxyapi/provider';
import type { Change } from './change';

interface Input {
  context: ProviderList;
  request: ImportRequest;
  draft: {
    before: Provider | null;
    after: Provider;
    index: number;
    keyIndex: number;
    keyKnown: boolean;
    joined: JoinedModels;
  };
  fields: readonly string[];
}

/** The diff between the list as it is and as it will be, in the order in which it is read. */
export function planChanges({ context, request, draft, fields }: Input): Change[] {
  const { before, after, joined } = draft;
  const changes: Change[] = [
    {
      sign: before ? '=' : '+',
      kind: 'provider',
      name: labelOf(after),
      baseUrl: withoutUser(baseUrlOf(after)),
      chosen: request.target.kind === 'join',
      ...(context.list !== 'openai-compatibility' && { list: context.list }),
    },
    keyChange(draft),
  ];
  if (joined.added.length > 0) {
    const models = joined.added.map(({ name, alias }) => ({ name, alias }));
    changes.push({ sign: '+', kind: 'models', models });
  }
  if (joined.realiased.length > 0) changes.push({ sign: '~', kind: 'alias', models: joined.realiased });
  changes.push(...fieldChanges(before, after, request, draft.keyIndex));
  if (before) changes.push(inIt(before, joined, fields));
  changes.push(rest(context, before ? draft.index : undefined));
  return changes;
}

function keyChange({ after, keyIndex, keyKnown }: Input['draft']): Change {
  const mask = maskKey(keyEntries(after)[keyIndex]?.['api-key'] ?? '');
  return { sign: keyKnown ? '=' : '+', kind: 'key', mask };
}

function fieldChanges(
  before: Provider | null,
  after: Provider,
  request: ImportRequest,
  keyIndex: number,
): Change[] {
  const sign = before ? '~' : '+';
  const changes: Change[] = [];
  const add = (kind: Extract<Change, { from: string }>['kind'], from: string, to: string): void => {
    if (from !== to) changes.push({ sign, kind, from, to });
  };
  if (before) add('base-url', withoutUser(baseUrlOf(before)), withoutUser(baseUrlOf(after)));
  add('prefix', before?.prefix ?? '', after.prefix ?? '');
  add('priority', String(before ? priorityOf(before) : 0), String(priorityOf(after)));
  const proxyOf = (provider: Provider | null): string =>
    provider ? withoutProxyUser(keyEntries(provider)[keyIndex]?.['proxy-url'] ?? '') : '';
  if (request.options.proxyUrl?.trim()) {
    const known = before !== null && keyIndex < keyEntries(before).length;
    const [from, to] = [proxyOf(before), proxyOf(after)];
    if (from !== to) changes.push({ sign: known ? '~' : '+', kind: 'proxy', from, to });
  }
  if (JSON.stringify(before?.headers ?? {}) !== JSON.stringify(after.headers ?? {})) {
    const names = (provider: Provider | null): string => Object.keys(provider?.headers ?? {}).join(', ');
    changes.push({ sign, kind: 'headers', from: names(before), to: names(after) });
  }
  if (before && isPaused(before) && !isPaused(after))
    changes.push({ sign: '~', kind: 'enabled', from: '', to: '' });
  return changes;
}

/** What stays inside the provider that is joined: people who lost config before need to read this. */
function inIt(before: Provider, joined: JoinedModels, fields: readonly string[]): Change {
  const named = new Set([
    'name',
    'base-url',
    'api-key-entries',
    'api-key',
    'proxy-url',
    'models',
    'auth-index',
    'disabled',
  ]);
  const kept = Object.keys(before).filter((name) => !named.has(name) && !fields.includes(name));
  return {
    sign: '=',
    kind: 'in-it',
    keys: keyEntries(before).length,
    models: modelsOf(before).length - joined.realiased.length,
    fields: kept,
  };
}

function rest(context: ProviderList, touched: number | undefined): Change {
  const others = context.providers.filter((_, index) => index !== touched);
  return {
    sign: '=',
    kind: 'rest',
    providers: others.length,
    keys: others.reduce((sum, provider) => sum + keyEntries(provider).length, 0),
  };
}
