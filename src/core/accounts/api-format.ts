import type { ListName } from '../cliproxyapi/lists/list-traits';
import { modelFamily } from '../aliases/model-kind';
import type { RelayFamily } from './relay-family';

/** The lists that a relay's key can be told to belong to; the others are the user's choice. */
export type ApiFormat = Exclude<ListName, 'vertex-api-key' | 'xai-api-key'>;

/** Why a list is proposed; one sentence each. */
export type ApiFormatReason =
  | 'by-hand'
  | 'platform'
  | 'no-group'
  | 'only-claude'
  | 'only-codex'
  | 'only-gemini'
  | 'group-name'
  | 'any-models';

export interface ApiFormatProposal {
  list: ApiFormat;
  reason: ApiFormatReason;
}

/** What is asked of a key; `models` null: not limited. */
export interface ApiFormatInput {
  relay: RelayFamily;
  group: string;
  platform?: string | undefined;
  models: readonly string[] | null;
}

/** A key as pages know it; one that was entered by hand may be of any relay. */
export interface KeyForFormat {
  relay: RelayFamily | null;
  group: string;
  platform?: string | undefined;
  limits: readonly string[] | null;
}

export const proposeFormat = ({ relay, group, platform, limits }: KeyForFormat): ApiFormatProposal =>
  relay === null
    ? { list: 'openai-compatibility', reason: 'by-hand' }
    : apiFormatOf({ relay, group, platform, models: limits });

export const apiFormatOfKey = (key: KeyForFormat): ApiFormat => proposeFormat(key).list;

const PLATFORMS: Record<string, ApiFormat> = {
  anthropic: 'claude-api-key',
  // Claude models through another door; /v1/messages is the call that serves them.
  antigravity: 'claude-api-key',
  openai: 'codex-api-key',
  gemini: 'gemini-api-key',
};

const GROUPS: readonly [ApiFormat, RegExp][] = [
  ['codex-api-key', /codex/i],
  ['claude-api-key', /claude|anthropic|(?:^|[^a-z])cc(?:$|[^a-z])/i],
  ['gemini-api-key', /gemini/i],
];

/** Relays that also speak what is not OpenAI's; of the older ones it is not known, so the common language it is. */
const POLYGLOT: readonly RelayFamily[] = ['new-api', 'compatible'];

/**
 * The list that fits a key best. At Sub2API the platform of its group decides: it has no chat completions
 * (seen on running servers). Elsewhere all that a key may use speaks OpenAI's language, so that another is
 * proposed only where every model that it may use, or the name of its group, says so.
 */
export function apiFormatOf(key: ApiFormatInput): ApiFormatProposal {
  if (key.relay === 'sub2api') return bySub2Api(key.platform);
  if (!POLYGLOT.includes(key.relay)) return { list: 'openai-compatibility', reason: 'any-models' };
  if (key.models && key.models.length > 0) return byModels(key.models);
  const named = GROUPS.find(([, pattern]) => pattern.test(key.group));
  return named
    ? { list: named[0], reason: 'group-name' }
    : { list: 'openai-compatibility', reason: 'any-models' };
}

function bySub2Api(platform: string | undefined): ApiFormatProposal {
  // Without a group it lists Claude's models.
  if (!platform) return { list: 'claude-api-key', reason: 'no-group' };
  return { list: PLATFORMS[platform] ?? 'openai-compatibility', reason: 'platform' };
}

function byModels(models: readonly string[]): ApiFormatProposal {
  const all = (test: (name: string) => boolean): boolean => models.every(test);
  if (all((name) => modelFamily(name) === 'Claude')) return { list: 'claude-api-key', reason: 'only-claude' };
  if (all((name) => /codex/i.test(name))) return { list: 'codex-api-key', reason: 'only-codex' };
  if (all((name) => modelFamily(name) === 'Gemini')) return { list: 'gemini-api-key', reason: 'only-gemini' };
  return { list: 'openai-compatibility', reason: 'any-models' };
}
