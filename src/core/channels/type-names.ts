import type { AccountFamily } from '../accounts/relay-family';

/**
 * How New API calls its types of channels that speak a language of their own (constant/channel.go of QuantumNous/new-api; a
 * number never changes its meaning there). Proper names, which no language translates.
 */
const NEW_API: Readonly<Record<number, string>> = {
  3: 'Azure',
  4: 'Ollama',
  15: 'Baidu',
  16: 'Zhipu',
  17: 'Ali',
  18: 'Xunfei',
  20: 'OpenRouter',
  23: 'Tencent',
  25: 'Moonshot',
  26: 'Zhipu V4',
  27: 'Perplexity',
  31: 'LingYiWanWu',
  33: 'AWS',
  34: 'Cohere',
  35: 'MiniMax',
  37: 'Dify',
  38: 'Jina',
  39: 'Cloudflare',
  40: 'SiliconFlow',
  41: 'Vertex AI',
  42: 'Mistral',
  43: 'DeepSeek',
  45: 'VolcEngine',
  46: 'Baidu V2',
  47: 'Xinference',
  48: 'xAI',
  49: 'Coze',
  57: 'Codex',
};

/** The name of a channel's type; undefined where this software counts in its own way, or the type is not known. */
export const typeName = (type: number, family: AccountFamily | null): string | undefined =>
  family === 'new-api' || family === 'new-api-old' ? NEW_API[type] : undefined;
