import { baseUrlFromAddress } from '../../src/core/base-url.ts';
import { planImport, type ImportRequest, type ListContext } from '../../src/core/plan-import.ts';
import { figure, median, type Figure } from './figures.ts';

const RUNS = 30;

/** The planner on a list of 100 providers with 200 models each, which it joins or adds to. */
export function measurePlanning(): Figure[] {
  const providers = Array.from({ length: 100 }, (_, at) => ({
    name: `provider ${at}`,
    'base-url': `https://relay-${at}.example/v1`,
    'api-key-entries': [{ 'api-key': `sk-bench-of-provider-${at}` }],
    models: models(at * 200, 200),
  }));
  const context: ListContext = { providers, others: [], forcePrefix: false };
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
  ];
}

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
  };
}
