import type { BaseUrl } from '../../../src/core/base-url';
import { planImport, type ImportPlan, type ImportRequest } from '../../../src/core/import/plan';
import type { Provider } from '../../../src/core/cliproxyapi/provider';

/** One key of one relay, two providers that may be there, and the plan for them. */
export const KEY = 'sk-Lab1FakeKeyFakeKeyFakeKeyFakeKeyFakeKey0001';
export const pick = (...names: string[]) => names.map((name) => ({ name, alias: name, typed: false }));
export const typed = (name: string, alias: string) => ({ name, alias, typed: true });

export const request = (changes: Partial<ImportRequest> = {}): ImportRequest => ({
  key: KEY,
  optionalPrefix: 'sk-',
  baseUrl: 'https://relay.example/v1' as BaseUrl,
  providerName: 'Relay',
  models: pick('gpt-4o', 'claude'),
  target: { kind: 'auto' },
  options: {},
  enable: false,
  correctBaseUrl: false,
  nameModels: false,
  ...changes,
});

export const relay: Provider = {
  name: 'My relay',
  priority: 3,
  'base-url': 'https://Relay.example:443/v1/',
  'api-key-entries': [{ 'api-key': 'sk-old-0000000001', weight: 7, 'proxy-url': 'direct', note: 'mine' }],
  models: [{ name: 'gpt-4o', alias: 'big', thinking: { levels: ['high'] } }],
  'disable-cooling': false,
  'some-future-field': { a: [1] },
};
export const other: Provider = {
  name: 'other',
  'base-url': 'https://other.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-other-00000001' }],
  models: [{ name: 'claude', alias: '' }],
};

export function planned(providers: Provider[], changes: Partial<ImportRequest> = {}): ImportPlan {
  const plan = planImport(
    { list: 'openai-compatibility', providers, others: [], forcePrefix: false, version: null },
    request(changes),
  );
  if (!plan.ok) throw new Error(plan.failure.code);
  return plan.value;
}
export const noticesOf = (plan: ImportPlan) => plan.notices.map((notice) => notice.kind);
