import { HIDDEN } from '../hidden-signs';
import { badUrl, hostOf, isLoopbackHost, parseHttpUrl, VERSIONED } from '../base-url';
import type { DesiredChannel } from './plan';
import { CHANNEL_FORMATS, type ChannelDraft, type ChannelFormat } from './view';
import { fail, ok, type Result } from '../failures/result';
import { apiFormatOf, type ApiFormatInput, type ApiFormat as SpokenFamily } from '../accounts/api-format';

/**
 * The base URL of a channel: servers put `/v1/…` behind it, and stumble over a slash at the end (seen on running servers).
 * A user and a password in it are left out, as is the path of a single call.
 */
export function channelBaseUrl(address: string): Result<string> {
  const url = parseHttpUrl(address);
  if (!url) return fail(badUrl(address));
  const path = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/(?:chat\/completions|completions|models|messages|responses)$/i, '')
    .replace(/\/v1$/i, '')
    .replace(/\/+$/, '');
  return ok(url.origin + path);
}

/**
 * Whether an address leads to the site itself. As a channel there it makes each chat ask the site again, without end
 * (5,285 requests in 20 seconds, seen on a running New API). Scheme, version, and this computer's names are no difference.
 */
export function leadsToSite(address: string, siteUrl: string): boolean {
  const place = placeOf(address);
  return place !== undefined && place === placeOf(siteUrl);
}

function placeOf(address: string): string | undefined {
  const url = parseHttpUrl(address);
  if (!url) return undefined;
  const host = isLoopbackHost(url.hostname) ? 'localhost' : url.hostname;
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v\d+(?:beta)?$/i, '');
  return `${host}:${url.port}${path.replace(/\/+$/, '')}`;
}

const SPEAK: Record<SpokenFamily, ChannelFormat> = {
  'openai-compatibility': 'openai',
  'claude-api-key': 'anthropic',
  'codex-api-key': 'openai',
  'gemini-api-key': 'gemini',
};

/** What a channel is to ask the key's relay in. A key of no known relay speaks the common language. */
export const channelFormatOf = (key: ApiFormatInput | undefined): ChannelFormat =>
  key ? SPEAK[apiFormatOf(key).list] : 'openai';

/** The number of a language; Gemini's differs at One Hub. */
export const typeOf = (spoken: ChannelFormat, gemini: number): number =>
  ({ openai: 1, anthropic: 14, gemini })[spoken];

/** The language of a type's number; undefined: a provider with ways of its own. */
export const formatOfType = (type: number, gemini: number): ChannelFormat | undefined =>
  CHANNEL_FORMATS.find((spoken) => typeOf(spoken, gemini) === type);

/** The address of a channel in a language at a site; fails for what the site would ask in vain or in a circle. */
export function addressFor(typed: string, spoken: ChannelFormat, siteUrl: string): Result<string> {
  const baseUrl = channelBaseUrl(typed);
  if (!baseUrl.ok) return baseUrl;
  if (leadsToSite(baseUrl.value, siteUrl)) return fail({ code: 'channel-own-site', host: hostOf(siteUrl) });
  const address = spoken === 'gemini' ? baseUrl.value.replace(/\/v1beta$/i, '') : baseUrl.value;
  // Servers put `/v1` (Gemini's: `/v1beta`) behind any address, so that each chat would be a 404 (seen on running servers).
  const version = VERSIONED.exec(address)?.[0];
  return version === undefined ? ok(address) : fail({ code: 'channel-version', version });
}

/**
 * The groups of a new channel: those chosen (none: `default`), unless the site has none of them. A channel in a group that
 * is not there serves nobody, so that the site's first one is proposed then. `known` is empty where they were not told.
 */
export function groupsAt(chosen: readonly string[], known: readonly string[]): string[] {
  const wanted = chosen.length > 0 ? [...chosen] : ['default'];
  const there = known.length === 0 || wanted.some((group) => known.includes(group));
  return there ? wanted : known.slice(0, 1);
}

/** What the planner wants of a draft for a site; fails for what no server would take, or would ask in vain or in a circle. */
export function desiredFrom(
  draft: ChannelDraft,
  { gemini, siteUrl }: { gemini: number; siteUrl: string },
): Result<DesiredChannel> {
  const address = addressFor(draft.baseUrl, draft.spoken, siteUrl);
  if (!address.ok) return address;
  const { priority, weight } = draft;
  if (!Number.isInteger(priority) || !Number.isInteger(weight) || weight < 0)
    return fail({ code: 'bad-priority' });
  const models = draft.models.map(({ name, alias }) => ({
    name: name.trim(),
    alias: alias.trim() || name.trim(),
  }));
  // Lists are told apart by commas.
  const odd = models.find(({ name, alias }) => alias.includes(',') || (alias !== name && HIDDEN.test(alias)));
  if (odd) return fail({ code: 'bad-alias', name: odd.alias });
  const groups = draft.groups.map((group) => group.trim()).filter(Boolean);
  return ok({
    name: draft.name.trim() || 'KeyFerry',
    type: typeOf(draft.spoken, gemini),
    baseUrl: address.value,
    models: models.filter(({ name }) => name !== ''),
    groups: groupsAt(groups, []),
    priority,
    weight,
    tag: draft.tag.trim(),
  });
}
