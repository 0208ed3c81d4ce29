/** What the server knows about models without asking anybody. */

interface Price {
  vendor?: number;
  /** Price of a prompt token in points, and how many times that a completion token costs. */
  ratio: number;
  completion: number;
  cache?: number;
  cacheWrite?: number;
}

const VENDORS = [
  { id: 1, name: 'OpenAI', icon: 'OpenAI' },
  { id: 2, name: 'Anthropic', icon: 'Claude.Color' },
  { id: 3, name: 'DeepSeek', icon: 'DeepSeek.Color' },
];

const PRICES: Record<string, Price> = {
  'claude-3-5-haiku-20241022': { vendor: 2, ratio: 0.5, completion: 5, cache: 0.1, cacheWrite: 1.25 },
  'deepseek-chat': { vendor: 3, ratio: 0.135, completion: 1, cache: 0.25 },
  'gpt-4o': { vendor: 1, ratio: 1.25, completion: 4, cache: 0.5 },
  'gpt-4o-mini': { vendor: 1, ratio: 0.075, completion: 4, cache: 0.5 },
};

/** Models without a price of their own, in self-use mode. */
const UNPRICED: Price = { ratio: 37.5, completion: 1 };

const priceOf = (model: string): Price => PRICES[model] ?? UNPRICED;

/** Points; at least one. */
export function costOf(model: string, promptTokens: number, completionTokens: number): number {
  const { ratio, completion } = priceOf(model);
  return Math.max(1, Math.round((promptTokens + completionTokens * completion) * ratio));
}

const priceEntry = (model: string, groups: string[]): Record<string, unknown> => {
  const { vendor, ratio, completion, cache, cacheWrite } = priceOf(model);
  return {
    model_name: model,
    vendor_id: vendor,
    quota_type: 0,
    model_ratio: ratio,
    model_price: 0,
    owner_by: '',
    completion_ratio: completion,
    cache_ratio: cache,
    create_cache_ratio: cacheWrite,
    enable_groups: groups,
    supported_endpoint_types: ['openai'],
  };
};

export const priceList = (groupsByModel: Map<string, string[]>): { data: unknown[]; vendors: unknown[] } => ({
  data: [...groupsByModel].map(([model, groups]) => priceEntry(model, groups)),
  vendors: VENDORS,
});
