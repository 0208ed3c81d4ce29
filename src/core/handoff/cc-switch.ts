import { modelFamily } from '../aliases/model-kind';
import { apiRoot, siteRoot, type Handoff } from './handoff';

/** The programs that CC Switch configures, in its own spelling (from the programs’ sources). */
export const CC_SWITCH_APPS = [
  'claude',
  'codex',
  'gemini',
  'opencode',
  'openclaw',
  'hermes',
  'grokbuild',
] as const;
export type CcSwitchApp = (typeof CC_SWITCH_APPS)[number];

/** Names as their makers write them. */
export const CC_SWITCH_NAMES: Record<CcSwitchApp, string> = {
  claude: 'Claude Code',
  codex: 'Codex',
  gemini: 'Gemini CLI',
  opencode: 'OpenCode',
  openclaw: 'OpenClaw',
  hermes: 'Hermes',
  grokbuild: 'Grok Build',
};

/** Each app takes the endpoint as it is: these two put their own version behind it, the others want `/v1`. */
const AT_SITE: readonly CcSwitchApp[] = ['claude', 'gemini'];

export interface CcSwitchChoice {
  app: CcSwitchApp;
  /** Empty: the app's own choice. */
  model: string;
  /** Makes the app use it at once, in place of what it uses now. */
  enabled: boolean;
}

export const ccSwitchEndpoint = (app: CcSwitchApp, address: string): string =>
  AT_SITE.includes(app) ? siteRoot(address) : apiRoot(address);

/** Makes a provider in CC Switch, which asks first (from the programs’ sources). Each call makes a new one. */
export function ccSwitchLink(handoff: Handoff, { app, model, enabled }: CcSwitchChoice): string {
  const chosen = model.trim();
  const query = new URLSearchParams({
    resource: 'provider',
    app,
    name: app === 'hermes' ? slug(handoff.name) : handoff.name,
    endpoint: ccSwitchEndpoint(app, handoff.address),
    apiKey: handoff.key,
    homepage: siteRoot(handoff.address),
    ...(chosen && { model: chosen }),
    ...(app === 'claude' && claudeModels(chosen)),
    enabled: String(enabled),
  });
  return `ccswitch://v1/import?${query}`;
}

/**
 * Claude Code asks for Haiku, Sonnet and Opus by names of its own beside the chosen model. A relay that was chosen for
 * another maker's model has none of these, so that model stands in for all three.
 */
function claudeModels(model: string): Record<string, string> {
  if (!model || modelFamily(model) === 'Claude') return {};
  return { haikuModel: model, sonnetModel: model, opusModel: model };
}

/** Hermes wants a name of small letters, digits and hyphens. */
const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'relay';
