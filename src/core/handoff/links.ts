import type { ApiFormat } from '../accounts/api-format';
import { cherryStudioLink } from './cherry-studio';
import { apiRoot, packed, siteRoot, type Handoff } from './handoff';
import type { TargetOf } from './targets';

/** Protocol and base URL of a key in Claude Code Router 3: as in the presets of its own documentation. */
const ROUTER_PROTOCOLS: Record<ApiFormat, readonly [string, (address: string) => string]> = {
  'openai-compatibility': ['openai_chat_completions', apiRoot],
  'claude-api-key': ['anthropic_messages', siteRoot],
  'codex-api-key': ['openai_responses', apiRoot],
  'gemini-api-key': ['gemini_generate_content', siteRoot],
};

/** A longer name is refused, and the whole link with it (seen in its own parser); UTF-16 units. */
const ROUTER_NAME = 120;

/** The link that opens each program with a new provider (from the programs’ sources). */
export const LINKS: Record<TargetOf<'link'>, (handoff: Handoff) => string> = {
  'cherry-studio': cherryStudioLink,
  /** Shows the provider first. `models` is optional there and left out. */
  'claude-code-router': ({ name, address, key, speaks }) => {
    const [protocol, root] = ROUTER_PROTOCOLS[speaks];
    const short = name.slice(0, ROUTER_NAME).replace(/[\uD800-\uDBFF]$/, '');
    return `ccr://provider?${new URLSearchParams({ name: short, base_url: root(address), api_key: key, protocol })}`;
  },
  /** A provider of New API's kind. */
  aionui: ({ name, address, key }) =>
    `aionui://provider/add?v=1&data=${packed({ platform: 'new-api', name, baseUrl: siteRoot(address), apiKey: key })}`,
  /**
   * Shows the provider first. A link can also name a built-in provider (by `id`), whose address and key are then
   * overwritten; a new one, by `name` and `type`, leaves those alone (DeepChat's own test of its deep links).
   */
  deepchat: ({ name, address, key }) =>
    `deepchat://provider/install?v=1&data=${packed({ name, type: 'openai-completions', baseUrl: apiRoot(address), apiKey: key })}`,
  /** The form that New API offers to its users. */
  opencat: ({ address, key }) =>
    `opencat://team/join?domain=${encodeURIComponent(siteRoot(address))}&token=${encodeURIComponent(key)}`,
};

const json = (value: unknown): string => encodeURIComponent(JSON.stringify(value));

/** The link that opens each web page; `site` is where the user has it, without a slash at its end. */
export const SITE_LINKS: Record<TargetOf<'site'>, (handoff: Handoff, site: string) => string> = {
  /** The key stands behind `#`: not sent to the server, but kept in the browser's history. */
  nextchat: ({ address, key }, site) => `${site}/#/?settings=${json({ key, url: siteRoot(address) })}`,
  /** The key stands in the query, which the server and the browser's history both see. */
  lobechat: ({ address, key }, site) =>
    `${site}/?settings=${json({ keyVaults: { openai: { apiKey: key, baseURL: apiRoot(address) } } })}`,
};
