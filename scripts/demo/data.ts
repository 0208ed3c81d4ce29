import { fakeKey, type NewApiOptions } from '../../tests/fakes/new-api.ts';
import type { CliproxyapiOptions } from '../../tests/fakes/cliproxyapi.ts';

const EVERYDAY = `gpt-5 gpt-5-mini gpt-4.1 gpt-4.1-mini gpt-4o gpt-4o-mini o3 o4-mini claude-opus-4-1
  claude-sonnet-4-5 claude-haiku-4-5 claude-3-5-sonnet-20241022 gemini-2.5-pro gemini-2.5-flash deepseek-chat
  deepseek-reasoner qwen3-max qwen3-coder-plus glm-4.6 kimi-k2 grok-4 grok-code-fast-1 MiniMax-M2 doubao-seed-1.6`;
const NO_CHAT = 'text-embedding-3-large gpt-image-1 whisper-1 bge-reranker-v2-m3';
const VENDORS = 'openai anthropic google deepseek qwen zhipu moonshot mistral meta xai'.split(' ');

/** 2,000 names as a relay that passes on everything has them. */
const thousands = (): string[] =>
  VENDORS.flatMap((vendor) => Array.from({ length: 200 }, (_, at) => `${vendor}/model-${at + 1}`));

/** One account: its keys are masked in the relay's list, as all are; one is switched off, one lists 2,000 models. */
export const relayData = (): NewApiOptions => ({
  systemName: 'Harbour Relay',
  groups: {
    default: { description: 'Everyday', selectable: true },
    everything: { description: 'Everything', selectable: true },
  },
  groupModels: {
    default: [...EVERYDAY.split(/\s+/), ...NO_CHAT.split(' ')],
    everything: thousands(),
  },
  keys: [
    { id: 1, name: 'old laptop', key: fakeKey('laptop', 1), status: 2 },
    { id: 2, name: 'everything', key: fakeKey('everything', 2), group: 'everything' },
    { id: 3, name: 'ci', key: fakeKey('ci', 3), remainQuota: 1_750_000 },
    { id: 4, name: 'everyday', key: fakeKey('everyday', 4), remainQuota: 9_200_000 },
  ],
});

/** What the user has in CLIProxyAPI already, and finds there afterwards as it was. */
export const proxyData = (): CliproxyapiOptions => ({
  proxyKeys: ['sk-demo-client-of-cliproxyapi'],
  providers: [
    {
      name: 'openrouter',
      'base-url': 'https://openrouter.example/api/v1',
      'api-key-entries': [{ 'api-key': 'sk-or-demo-0000000000000001', weight: 3 }],
      models: [{ name: 'meta-llama/llama-3.3-70b-instruct', alias: 'llama-3.3-70b' }],
    },
  ],
});

/** What the second one has: a provider that the first one lacks, so that there is something to carry over. */
export const secondData = (): CliproxyapiOptions => ({
  proxyKeys: ['sk-demo-client-of-the-second'],
  managementKey: 'mk-demo-of-the-second',
  providers: [
    {
      name: 'siliconflow',
      'base-url': 'https://siliconflow.example/v1',
      'api-key-entries': [{ 'api-key': 'sk-sf-demo-0000000000000001' }],
      models: [
        { name: 'Qwen/Qwen3-Coder', alias: 'qwen3-coder' },
        { name: 'zai-org/GLM-4.6', alias: 'glm-4.6-flow' },
      ],
    },
  ],
});
