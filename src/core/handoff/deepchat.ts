import { apiRoot, base64, type Handoff } from './handoff';

/**
 * Adds a provider to DeepChat, which shows it first. Its link can also name a provider that it has built in (by `id`),
 * whose address and key are then written over; a provider of its own, by `name` and `type`, leaves those alone. The base
 * URL takes `/v1`, and base64 must have its padding (DeepChat's own test of its deep links).
 */
export function deepChatLink({ name, address, key }: Handoff): string {
  const data = { name, type: 'openai-completions', baseUrl: apiRoot(address), apiKey: key };
  return `deepchat://provider/install?v=1&data=${encodeURIComponent(base64(JSON.stringify(data)))}`;
}
