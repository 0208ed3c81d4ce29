import { baseUrlFromAddress } from '../../src/core/base-url.ts';
import { planBatch } from '../../src/core/batch/plan-batch';
import type { ProviderList } from '../../src/core/cliproxyapi/provider-list.ts';
import { planImport, type ImportRequest } from '../../src/core/import/plan.ts';
import { figure, median, type Figure } from './figures.ts';

const RUNS = 30;

/** The planner on a list of 100 providers with 200 models each, which it joins or adds to; and a batch on 1,000. */
export function measurePlanning(): Figure[] {
  const context = listOf(100);
  const time = (relay: string): number => {
    const started = performance.now();
    const plan = planImport(context, request(relay));
    if (!plan.ok) throw new Error(`the planner refuses: ${plan.failure.code}`);
    return performance.now() - started;
  };
  const times = (relay: string): number[] => Array.from({ length: RUNS }, () => time(relay));
  const where = 'planning 200 models against 100 providers × 200 models';
  return [
    figure(`${where}, joining one`, median(times('relay-50')), 'ms', 20),
    figure(`${where}, a new one`, median(times('relay-new')), 'ms', 20),
    ...measureBatchPlanning(),
  ];
}

/** Keys of a batch, and how many relays they belong to. */
const [KEYS, RELAYS] = [100, 20];

function measureBatchPlanning(): Figure[] {
  const context = listOf(1_000);
  const requestOf = (at: number): ImportRequest => ({
    ...request(`relay-${(at % RELAYS) * 40}`),
    key: `sk-bench-of-the-batch-${at}`,
  });
  const items = Array.from({ length: KEYS }, (_, at) => ({
    keyId: `k${at}`,
    list: 'openai-compatibility' as const,
    request: requestOf(at),
  }));
  const one = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    const plan = planImport(context, requestOf(0));
    if (!plan.ok) throw new Error(`the planner refuses: ${plan.failure.code}`);
    return performance.now() - started;
  });
  const all = Array.from({ length: 5 }, () => {
    const started = performance.now();
    const { entries } = planBatch(context, items);
    if (entries.length !== RELAYS) throw new Error(`${entries.length} providers are touched`);
    return performance.now() - started;
  });
  const where = 'against 1,000 providers × 200 models';
  return [
    figure(`planning a key ${where}`, median(one), 'ms', 50),
    figure(`planning ${KEYS} keys of ${RELAYS} relays ${where}`, median(all), 'ms'),
  ];
}

const listOf = (count: number): ProviderList => ({
  list: 'openai-compatibility',
  providers: Array.from({ length: count }, (_, at) => ({
    name: `provider ${at}`,
    'base-url': `https://relay-${at}.example/v1`,
    'api-key-entries': [{ 'api-key': `sk-bench-of-provider-${at}` }],
    models: models(at * 200, 200),
  })),
  others: [],
  forcePrefix: false,
  version: null,
});

const models = (from: number, count: number): { name: string; alias: string }[] =>
  Array.from({ length: count }, (_, at) => ({
    name: `vendor/model-${from + at}`,
    alias: `model-${from + at}`,
  }));

function request(relay: string): ImportRequest {
  const baseUrl = baseUrlFromAddress(`https://${relay}.example/v1`);
  if (!baseUrl.ok) throw new Error('no base URL');
  return {
    key: 'sk-bench-of-somebody-new',
    optionalPrefix: 'sk-',
    baseUrl: baseUrl.value,
    providerName: relay,
    models: models(9_900, 200).map((model) => ({ ...model, typed: false })),
    target: { kind: 'auto' },
    options: {},
    enable: false,
    correctBaseUrl: false,
    nameModels: false,
  };
}
