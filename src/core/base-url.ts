import type { Failure } from './failures/failure';
import { fail, ok, type Result } from './failures/result';

declare const brand: unique symbol;
/** An absolute http(s) URL that CLIProxyAPI may put `/chat/completions` behind. Never empty: an empty one deletes. */
export type BaseUrl = string & { readonly [brand]: 'BaseUrl' };

/** Ends of an address that belong to one call of the API, not to its base. */
const ENDPOINTS =
  /\/(?:chat\/completions|completions|models|embeddings|responses(?:\/compact)?|messages|moderations|rerank|images\/\w+|audio\/\w+)$/i;
/** `/v1`, `/api/v3`, `/v1beta/openai`, `/v1/openai`: the path already names a version. */
export const VERSIONED = /\/v\d+(?:(?:alpha|beta|preview)\d*)?(?:\/openai)?$/i;

/** That a text is no address, with as much of it as a sentence can hold. */
export const badUrl = (text: string): Failure => ({ code: 'bad-url', text: text.trim().slice(0, 80) });

/**
 * The base URL for CLIProxyAPI's openai-compatibility list from whatever a user knows as the address of a relay.
 * CLIProxyAPI calls `base + "/chat/completions"` (CLIProxyAPI 7.2), so `/v1` is appended unless the path ends in a
 * version segment, and the path of a single call is cut off. Query and fragment are dropped.
 */
export function baseUrlFromAddress(address: string): Result<BaseUrl> {
  const url = parseHttpUrl(address);
  if (!url) return fail(badUrl(address));
  let path = url.pathname.replace(/\/+$/, '');
  path = path.replace(ENDPOINTS, '').replace(/\/+$/, '');
  if (!VERSIONED.test(path)) path += '/v1';
  return ok(`${url.origin}${path}` as BaseUrl);
}

/** What the user typed into the Base URL field, kept as typed (trimmed) if it is a usable URL at all. */
export function baseUrlAsTyped(text: string): Result<BaseUrl> {
  const typed = text.trim();
  const url = /^https?:\/\//i.test(typed) ? parseHttpUrl(typed) : undefined;
  if (!url) return fail(badUrl(typed));
  return ok(typed as BaseUrl);
}

/** What looks wrong about a base URL, or undefined. Only a hint: some relays are odd. */
export function oddBaseUrl(text: string): 'endpoint' | 'no-version' | 'slashes' | 'query' | undefined {
  const url = parseHttpUrl(text);
  if (!url) return undefined;
  if (url.search || url.hash) return 'query';
  if (/\/\/+$|[^:]\/\/+/.test(text.trim())) return 'slashes';
  const path = url.pathname.replace(/\/+$/, '');
  if (ENDPOINTS.test(path)) return 'endpoint';
  return VERSIONED.test(path) ? undefined : 'no-version';
}

/** True when the path names no version: at most relays each chat is then a 404 (seen on running servers). */
export const lacksVersion = (baseUrl: string): boolean => oddBaseUrl(baseUrl) === 'no-version';

/**
 * One text for all spellings of one relay: case of scheme and host, default port, trailing slashes and a `/v1` at the
 * end make no difference. Another scheme, path, user or query is another relay.
 */
export function relayIdentity(baseUrl: string): string {
  const url = parseHttpUrl(baseUrl);
  if (!url) return `?${baseUrl.trim()}`;
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/i, '').replace(/\/+$/, '');
  const user = url.username ? `${url.username}:${url.password}@` : '';
  return `${url.protocol}//${user}${url.host}${path}${url.search}`;
}

/** Whether two addresses are of one server: the same scheme, host and port. */
export const sameServer = (one: string, other: string): boolean => {
  const origin = parseHttpUrl(one)?.origin;
  return origin !== undefined && origin === parseHttpUrl(other)?.origin;
};

/** Host and port of a URL for sentences; the text itself if it is no URL. */
export function hostOf(text: string): string {
  return parseHttpUrl(text)?.host ?? text.trim();
}

/** The same address by https; undefined where it is not by http. A site that redirects http mostly leads there. */
export function httpsOf(address: string): string | undefined {
  const url = parseHttpUrl(address);
  return url?.protocol === 'http:' ? url.href.replace(/^http:/, 'https:').replace(/\/$/, '') : undefined;
}

/** Where `/models` of an OpenAI-shaped API lies for a base URL: one request, one slash. */
export const modelsUrl = (baseUrl: string): string => `${baseUrl.replace(/\/+$/, '')}/models`;

/** What host names and addresses are made of. Some URL parsers let a `*` through, which a match pattern takes for all. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/;

/**
 * A URL from a text with or without scheme (https is assumed), or undefined. Only http and https; one slash after the scheme
 * is taken for two. A backslash is refused: browsers read it as a slash, others as part of a user's name, so that a key
 * would go to another host than the one that is shown.
 */
export function parseHttpUrl(text: string): URL | undefined {
  const trimmed = text.trim().replace(/^(https?):\/(?=[^/])/i, '$1://');
  if (!trimmed || /[\s\\]/.test(trimmed)) return undefined;
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'http' && scheme !== 'https') return undefined;
  const candidate = scheme
    ? trimmed
    : `${isLocalName(trimmed) ? 'http' : 'https'}://${trimmed.replace(/^\/\//, '')}`;
  try {
    const url = new URL(candidate);
    return HOST.test(url.hostname) ? url : undefined;
  } catch {
    return undefined;
  }
}

/** A bare name that means this computer or the local network, where https is the exception. */
function isLocalName(text: string): boolean {
  const host = text.replace(/^\/\//, '').split(/[/:?#]/)[0] ?? '';
  return isLoopbackHost(host) || isPrivateHost(host) || text.startsWith('[');
}

/** Hosts that the extension may reach without asking (`host_permissions`), and where plain http is safe. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(?:\.\d+){3}$/.test(host)
  );
}

/** Plain http to a host that is neither this computer nor a private network: all on the way can read the key. */
export const isOpenHttp = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && !isLoopbackHost(hostname) && !isPrivateHost(hostname);

/** Private networks (RFC 1918, 4193, 6598, link-local) and names that only a local resolver knows. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (/^(?:10|127)(?:\.\d+){3}$|^192\.168(?:\.\d+){2}$|^169\.254(?:\.\d+){2}$/.test(host)) return true;
  if (
    /^172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}$|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])(?:\.\d+){2}$/.test(host)
  )
    return true;
  if (/^f[cd][0-9a-f]{2}:|^fe[89ab][0-9a-f]:/.test(host)) return true;
  return /\.(?:local|lan|home|internal|home\.arpa|intranet)$/.test(host) || /^[a-z0-9-]+$/.test(host);
}

/**
 * The same for a proxy's, which is stored as it was typed: all before the last `@` goes but for a scheme that proxies have.
 */
export const withoutProxyUser = (url: string): string =>
  url.includes('@') ? url.replace(/^((?:https?|socks5h?):[\\/]*)?.*@/is, '$1') : url;

/** Where a parser that takes no backslash finds the user: before the last `@` of what comes before path, query and fragment. */
const USER = /^\s*(https?:\/+)?[^/?#]*@/i;

/**
 * An address as it may be shown and remembered: without user and password, and without query and fragment, where some relays
 * take a key; else as it was typed. What is a user is for the URL parser to say, as it says where requests go; of what is no
 * URL all before the last `@` goes.
 */
export function shownUrl(text: string): string {
  const url = parseHttpUrl(text);
  const hasUser = url && (url.username || url.password);
  const open = hasUser ? text.replace(USER, '$1') : url ? text : withoutProxyUser(text);
  return open.replace(/[?#].*/s, '');
}
