import { collectKeys, type CollectedKey } from './collect-keys';
import { keyShape } from '../key-shape';
import { lineTokens } from './line-tokens';

/**
 * Links with which programs import a key (from the programs’ sources): CC Switch and Claude Code Router have it in the
 * query, Cherry Studio, AionUI and DeepChat in a `data` of base64, Kelivo in a text of its own.
 */
const LINK = /(?:ccswitch|cherrystudio|ccr|aionui|deepchat|ama|opencat):\/\/|ai-provider:v1:/i;
/** NextChat and LobeChat take JSON in the address of their page. */
const SETTINGS = /[?&]settings=%7B/i;
/** Parameters that hold base64. */
const BASE64 = /^(?:data|config)$/i;
const MOST_LINKS = 2_000;

/** The keys in the links of a line, and the rest of the line; undefined: it has no link. */
export function readLinks(line: string): { keys: CollectedKey[]; rest: string } | undefined {
  if (!line.includes('://') && !/ai-provider:/i.test(line)) return undefined;
  const links: string[] = [];
  const rest = line.replace(/[^\s"'<>`]+/g, (word) => {
    const at = links.length < MOST_LINKS ? startOf(word) : -1;
    if (at < 0) return word;
    links.push(word.slice(at));
    return word.slice(0, at);
  });
  return links.length > 0 ? { keys: links.flatMap(keysOf), rest } : undefined;
}

function startOf(word: string): number {
  if (!word.includes(':')) return -1;
  const link = LINK.exec(word);
  if (link) return link.index;
  return SETTINGS.test(word) ? word.search(/https?:\/\//i) : -1;
}

function keysOf(link: string): CollectedKey[] {
  const parameters = parametersOf(link);
  const settings = parameters.get('settings');
  if (settings) return fromJson(settings);
  const data = parameters.get('data') ?? /^ai-provider:v1:(.+)$/i.exec(link)?.[1];
  if (data) return fromData(data);
  const address =
    first(parameters, ['endpoint', 'base_url', 'server', 'domain'])?.split(',')[0]?.trim() ?? '';
  const text = first(parameters, ['apikey', 'api_key', 'key', 'token'])?.trim() ?? '';
  const name = first(parameters, ['name'])?.trim() ?? '';
  const inConfig = fromConfig(parameters.get('config'));
  if (!text)
    return inConfig.map((key) => ({ ...key, name: key.name || name, address: key.address || address }));
  if (!keyShape(text, true)) return [];
  return [{ text, name, address: address || (inConfig[0]?.address ?? '') }];
}

const first = (parameters: ReadonlyMap<string, string>, names: readonly string[]): string | undefined =>
  names.map((name) => parameters.get(name)).find(Boolean);

/** Parameters by their names in lower case, percent-decoded. In base64 a `+` is itself, elsewhere a space. */
function parametersOf(link: string): Map<string, string> {
  const query = /\?([^#]*)/.exec(link.replace(/#\/?\?/, '?'))?.[1] ?? '';
  const parameters = new Map<string, string>();
  for (const part of query.split('&')) {
    const [name = '', ...value] = part.split('=');
    try {
      const raw = value.join('=');
      parameters.set(
        name.toLowerCase(),
        decodeURIComponent(BASE64.test(name) ? raw : raw.replace(/\+/g, ' ')),
      );
    } catch {
      // A broken escape: the parameter is ignored.
    }
  }
  return parameters;
}

/**
 * Cherry Studio's own alphabet has `_` for `+` and `-` for `/`, the reverse of base64url, and of the decoded text it
 * drops round brackets and turns `'` into `"` (from the programs’ sources); so the plain reading comes first. Others use base64url.
 */
function fromData(data: string): CollectedKey[] {
  const alphabets = [data.replace(/_/g, '+').replace(/-/g, '/'), data.replace(/-/g, '+').replace(/_/g, '/')];
  for (const base64 of alphabets) {
    const text = fromBase64(base64);
    if (text === undefined) continue;
    for (const json of [text, text.replace(/[()]/g, '').replace(/'/g, '"')]) {
      const keys = fromJson(json);
      if (keys.length > 0) return keys;
    }
  }
  return [];
}

/** CC Switch may carry the address or the key inside a configuration of its program, JSON or TOML (from the programs’ sources). */
function fromConfig(config: string | undefined): CollectedKey[] {
  const text = config && fromBase64(config);
  if (!text) return [];
  const keys = fromJson(text);
  if (keys.length > 0) return keys;
  const tokens = text.split('\n').flatMap((line) => lineTokens(line).tokens);
  const address = tokens.find(({ kind }) => kind === 'url')?.text ?? '';
  const key = tokens.find(({ kind }) => kind === 'key')?.text;
  return key || address ? [{ text: key ?? '', name: '', address }] : [];
}

function fromJson(text: string): CollectedKey[] {
  try {
    return collectKeys(JSON.parse(text));
  } catch {
    return [];
  }
}

/** UTF-8 behind base64, or undefined. */
function fromBase64(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s/g, '+')), (sign) => sign.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
