import type { ListName } from '../cliproxyapi/lists/list-traits';
import { modelFamily } from '../aliases/model-kind';
import type { RelayFamily } from './relay-family';

/** The lists that can be proposed for a relay's key; the others are the user's choice. */
export type ApiFormat = Exclude<ListName, 'interactions-api-key' | 'vertex-api-key' | 'xai-api-key'>;

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

/** The same for an import, where any list may have the key already. */
export interface ListProposal {
  list: ListName;
  reason: ApiFormatReason | 'there-already';
}

/**
 * What is known of a key. `relay` null: not known; `models`: the only ones it may use, null: all. For a key that was entered
 * by hand those that its relay lists for it.
 */
export interface ApiFormatInput {
  relay: RelayFamily | null;
  group: string;
  platform?: string | undefined;
  models: readonly string[] | null;
}

const PLATFORMS: Record<string, ApiFormat> = {
  anthropic: 'claude-api-key',
  // Claude models from another vendor's service; /v1/messages is the call for them.
  antigravity: 'claude-api-key',
  openai: 'codex-api-key',
  gemini: 'gemini-api-key',
};

const GROUPS: readonly [ApiFormat, RegExp][] = [
  ['codex-api-key', /codex/i],
  ['claude-api-key', /claude|anthropic|(?:^|[^a-z])cc(?:$|[^a-z])/i],
  ['gemini-api-key', /gemini/i],
];

const ANY: ApiFormatProposal = { list: 'openai-compatibility', reason: 'any-models' };

/** Where models and groups may propose another list: New API has the routes, the older families only some (`SPEAKS`). */
const POLYGLOT: readonly RelayFamily[] = ['new-api', 'compatible'];

/**
 * The list that fits a key best. At Sub2API the platform of its group decides: it has no chat completions (seen on
 * running servers). Elsewhere every model speaks OpenAI's API, so another list is proposed only where all models of the
 * key, or the name of its group, say so.
 */
export function apiFormatOf(key: ApiFormatInput): ApiFormatProposal {
  if (key.relay === null) return { list: 'openai-compatibility', reason: 'by-hand' };
  if (key.relay === 'sub2api') return bySub2Api(key);
  if (!POLYGLOT.includes(key.relay)) return ANY;
  if (key.models && key.models.length > 0) return byModels(key.models);
  const named = GROUPS.find(([, pattern]) => pattern.test(key.group));
  return named ? { list: named[0], reason: 'group-name' } : ANY;
}

function bySub2Api({ platform, models }: ApiFormatInput): ApiFormatProposal {
  if (platform) return { list: PLATFORMS[platform] ?? 'openai-compatibility', reason: 'platform' };
  // The models that it lists are those of the platform; without a group they are Claude's (seen on running servers).
  const isGpt = models?.length && models.every((name) => modelFamily(name) === 'GPT');
  if (isGpt) return { list: 'codex-api-key', reason: 'platform' };
  const only = byModels(models ?? []);
  return models?.length && only !== ANY ? only : { list: 'claude-api-key', reason: 'no-group' };
}

export type Spoken = 'yes' | 'no' | 'unknown';

/**
 * What the families answer beside chat completions, by the routes in their sources: New API since 2025 Claude's (later also
 * OpenAI's responses and Gemini's), One API nothing else. One Hub has Claude's and Gemini's below paths of their own.
 */
const SPEAKS: Partial<Record<RelayFamily, Partial<Record<ListName, Spoken>>>> = {
  'new-api': { 'claude-api-key': 'yes', 'codex-api-key': 'yes', 'gemini-api-key': 'yes' },
  'new-api-old': { 'claude-api-key': 'yes' },
  veloera: { 'claude-api-key': 'yes', 'codex-api-key': 'yes' },
  'one-hub': { 'codex-api-key': 'yes' },
  'one-api': {
    'claude-api-key': 'no',
    'codex-api-key': 'no',
    'gemini-api-key': 'no',
    'interactions-api-key': 'no',
    'vertex-api-key': 'no',
    'xai-api-key': 'no',
  },
};

/**
 * Whether a key's relay speaks the language of a list. At Sub2API the platform of the key's group decides, and chat
 * completions are not there (seen on running servers). Every other relay has those.
 */
export function speaksList(key: ApiFormatInput, list: ListName): Spoken {
  if (key.relay !== 'sub2api')
    return list === 'openai-compatibility' ? 'yes' : ((key.relay && SPEAKS[key.relay]?.[list]) ?? 'unknown');
  if (list === 'openai-compatibility') return 'no';
  const platform = key.platform ?? (key.models?.length ? '' : undefined);
  if (platform === undefined) return 'unknown';
  if (bySub2Api(key).list === list) return 'yes';
  // xAI's list speaks as Codex's does; Antigravity has several vendors' models.
  return list === 'xai-api-key' || platform === 'antigravity' ? 'unknown' : 'no';
}

const MODELS: readonly [ApiFormat, ApiFormatReason, (name: string) => boolean][] = [
  ['claude-api-key', 'only-claude', (name) => modelFamily(name) === 'Claude'],
  ['codex-api-key', 'only-codex', (name) => /codex/i.test(name)],
  ['gemini-api-key', 'only-gemini', (name) => modelFamily(name) === 'Gemini'],
];

function byModels(models: readonly string[]): ApiFormatProposal {
  const only = MODELS.find(([, , fits]) => models.every(fits));
  return only ? { list: only[0], reason: only[1] } : ANY;
}
