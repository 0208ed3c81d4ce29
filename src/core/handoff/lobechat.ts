import { apiRoot, type Handoff } from './handoff';

/** Opens the user's LobeChat with the key in the query, which its server and the browser's history both see. */
export function lobeChatLink({ address, key }: Handoff, site: string): string {
  const settings = JSON.stringify({ keyVaults: { openai: { apiKey: key, baseURL: apiRoot(address) } } });
  return `${site}/?settings=${encodeURIComponent(settings)}`;
}
