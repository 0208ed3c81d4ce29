import fc from 'fast-check';
import type { ChosenModel } from '../../src/core/aliases/alias-models';
import type { BaseUrl } from '../../src/core/base-url';
import { LIST_NAMES, type ListName } from '../../src/core/cliproxyapi/lists/list-traits';
import { refOf } from '../../src/core/cliproxyapi/find-provider';
import type { ImportRequest } from '../../src/core/import/plan';
import type { Provider } from '../../src/core/cliproxyapi/provider';
import type { ProviderList } from '../../src/core/cliproxyapi/provider-list';

/** As JSON makes them: an object without a prototype comes out of no list. */
const headers = (a: string, b: string, ...values: string[]): fc.Arbitrary<Record<string, string>> =>
  fc.dictionary(fc.constantFrom(a, b), fc.constantFrom(...values), { noNullPrototype: true });

/** Small pools of texts, so that random lists collide in every way that real ones do. */
const URLS = [
  'https://relay.example/v1',
  'https://relay.example',
  'https://RELAY.example:443/v1/',
  'https://relay.example/openai/v1',
  'http://relay.example/v1',
  'https://other.example/v1',
  'https://other.example:8443/v1',
  'http://127.0.0.1:3000/v1',
];
const NAMES = ['relay', 'Relay', ' relay ', 'relay (relay.example)', 'other', 'x', ''];
const KEYS = ['sk-one-000000000001', 'one-000000000001', 'sk-two-000000000002', 'three-0000000003'];
const MODELS = ['gpt-4o', 'GPT-4o', 'gpt-4o-mini', 'claude', 'Claude', 'openai/gpt-4o', 'deepseek'];
const ALIASES = [...MODELS, 'fast', 'Fast'];

const unknown = fc.constantFrom<unknown>(true, 0, 'text', null, [1, { a: 'b' }], { deep: { list: ['x'] } });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });
const present = <T extends object>(record: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  record.map(
    (value) => Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T,
  );

const mapping = present(
  fc.record({
    name: fc.constantFrom(...MODELS),
    alias: maybe(fc.constantFrom('', ...ALIASES)),
    thinking: maybe(unknown),
    'future-model-field': maybe(unknown),
  }),
);

const keyEntry = present(
  fc.record({
    'api-key': fc.constantFrom('', ...KEYS),
    weight: maybe(fc.integer({ min: 0, max: 5 })),
    'proxy-url': maybe(fc.constantFrom('', 'direct', 'socks5://10.0.0.1:1080')),
    'future-key-field': maybe(unknown),
  }),
);

const provider: fc.Arbitrary<Provider> = present(
  fc.record({
    name: fc.constantFrom(...NAMES),
    'base-url': fc.constantFrom(...URLS),
    'api-key-entries': maybe(fc.option(fc.array(keyEntry, { maxLength: 3 }))),
    models: maybe(fc.option(fc.array(mapping, { maxLength: 4 }))),
    prefix: maybe(fc.constantFrom('', 'p')),
    priority: maybe(fc.integer({ min: -1, max: 2 })),
    disabled: maybe(fc.boolean()),
    headers: maybe(fc.option(headers('X-A', 'X-B', '1', '2'))),
    'disable-cooling': maybe(fc.boolean()),
    'future-field': maybe(unknown),
  }),
) as fc.Arbitrary<Provider>;

/** An entry that is a key itself, as the lists beside the common one have them. */
const oneKey: fc.Arbitrary<Provider> = present(
  fc.record({
    'api-key': fc.constantFrom('', ...KEYS),
    'base-url': fc.constantFrom('', ...URLS),
    'proxy-url': maybe(fc.constantFrom('', 'direct', 'socks5://10.0.0.1:1080')),
    models: maybe(fc.option(fc.array(mapping, { maxLength: 4 }))),
    prefix: maybe(fc.constantFrom('', 'p')),
    priority: maybe(fc.integer({ min: -1, max: 2 })),
    weight: maybe(fc.integer({ min: 0, max: 5 })),
    headers: maybe(fc.option(headers('X-A', 'X-B', '1', '2'))),
    'excluded-models': maybe(fc.option(fc.subarray(['*', 'gpt-*', 'new-1']))),
    cloak: maybe(unknown),
    'future-field': maybe(unknown),
  }),
) as fc.Arbitrary<Provider>;

export const contextOf = (list: ListName): fc.Arbitrary<ProviderList> =>
  fc.record({
    list: fc.constant(list),
    providers: fc.array(list === 'openai-compatibility' ? provider : oneKey, { maxLength: 5 }),
    others: fc.array(
      fc.record({
        label: fc.constant('claude-api-key'),
        priority: fc.integer({ min: 0, max: 1 }),
        names: fc.subarray(['claude', 'gpt-4o']),
      }),
      { maxLength: 1 },
    ),
    forcePrefix: fc.boolean(),
    version: fc.constant(null),
  });

/** The common list as often as all others together. */
export const listNames: fc.Arbitrary<ListName> = fc.oneof(
  fc.constant<ListName>('openai-compatibility'),
  fc.constantFrom(...LIST_NAMES),
);

export const context = listNames.chain(contextOf);

const chosen: fc.Arbitrary<ChosenModel[]> = fc.uniqueArray(
  fc
    .record({
      name: fc.constantFrom(...MODELS, 'new-1', 'new-2'),
      typedAlias: maybe(fc.constantFrom(...ALIASES)),
    })
    .map(({ name, typedAlias }) => ({ name, alias: typedAlias ?? name, typed: typedAlias !== undefined })),
  { selector: ({ name }) => name, maxLength: 5 },
);

/** A request against a list: joins name entries that are there. */
export const planning: fc.Arbitrary<{ list: ProviderList; request: ImportRequest }> = context.chain(
  (list) => {
    const refs = list.providers.map(refOf);
    const target = fc.oneof(
      { weight: 3, arbitrary: fc.constant<ImportRequest['target']>({ kind: 'auto' }) },
      fc.constant<ImportRequest['target']>({ kind: 'create' }),
      ...(refs.length > 0
        ? [fc.constantFrom(...refs).map((ref): ImportRequest['target'] => ({ kind: 'join', ref }))]
        : []),
    );
    const request: fc.Arbitrary<ImportRequest> = fc.record({
      key: fc.constantFrom(...KEYS),
      optionalPrefix: fc.constantFrom('sk-', undefined),
      baseUrl: fc.constantFrom(...(URLS as BaseUrl[])),
      providerName: fc.constantFrom(...NAMES),
      models: chosen,
      target,
      options: present(
        fc.record({
          prefix: maybe(fc.constantFrom('', 'p', '/q/')),
          priority: maybe(fc.integer({ min: -1, max: 2 })),
          proxyUrl: maybe(fc.constantFrom('', 'direct', 'http://proxy.example:3128')),
          headers: maybe(headers('X-A', 'X-C', '1', '3')),
        }),
      ) as fc.Arbitrary<ImportRequest['options']>,
      enable: fc.boolean(),
      correctBaseUrl: fc.boolean(),
      nameModels: fc.boolean(),
    });
    return request.map((value) => ({ list, request: value }));
  },
);

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
