import type { ApiFormat } from '../accounts/api-format';
import { apiRoot, siteRoot, type Handoff } from './handoff';

/** The language, and whether the base URL takes `/v1`: as in the presets of its own documentation. */
const PROTOCOLS: Record<ApiFormat, readonly [string, (address: string) => string]> = {
  'openai-compatibility': ['openai_chat_completions', apiRoot],
  'claude-api-key': ['anthropic_messages', siteRoot],
  'codex-api-key': ['openai_responses', apiRoot],
  'gemini-api-key': ['gemini_generate_content', siteRoot],
};

/**
 * Adds a provider to Claude Code Router 3, which shows it first (from the programs’ sources). `models` is optional there and
 * left out.
 */
export function claudeCodeRouterLink({ name, address, key, speaks }: Handoff): string {
  const [protocol, root] = PROTOCOLS[speaks];
  const query = new URLSearchParams({ name, base_url: root(address), api_key: key, protocol });
  return `ccr://provider?${query}`;
}
