import { apiRoot, base64, type Handoff } from './handoff';

/**
 * The code that Kelivo takes from the clipboard (from the programs’ sources). Its base URLs hold `/v1`, also those of Claude. Its
 * Google type ignores the address and would send the key to Google, so Gemini goes by OpenAI's language here.
 */
export function kelivoCode({ name, address, key, speaks }: Handoff): string {
  const type = speaks === 'claude-api-key' ? 'claude' : 'openai';
  return `ai-provider:v1:${base64(JSON.stringify({ type, name, apiKey: key, baseUrl: apiRoot(address) }))}`;
}
