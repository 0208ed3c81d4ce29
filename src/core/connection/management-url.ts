import { badUrl, isLoopbackHost, isOpenHttp, parseHttpUrl } from '../base-url';
import { fail, ok, type Result } from '../failures/result';

/** Where one CLIProxyAPI is reached. `root` has no slash at its end and keeps the path prefix of a reverse proxy. */
export interface ManagementUrl {
  root: string;
  /** `<root>/v0/management` */
  management: string;
  host: string;
  /** The match pattern that the browser is asked for. */
  pattern: string;
  /** `open`: plain http to a host that is neither this computer nor a private network. */
  transport: 'loopback' | 'private' | 'https' | 'open';
}

/** Everything that people paste behind the root: the API itself, one of its lists, the web panel. */
const TAIL = /\/(?:v\d+\/management(?:\/.*)?|v\d+|management\.html.*|management(?:\/.*)?)$/i;

export const SUGGESTED_ADDRESS = 'http://localhost:8317/v0/management';

/**
 * Reads what the user pasted: bare `host:port`, no scheme (http for this computer and private networks, else https),
 * with or without `/v0/management`, a list or the panel at the end, slashes, a path prefix.
 */
export function parseManagementUrl(text: string): Result<ManagementUrl> {
  const url = parseHttpUrl(text);
  if (!url) return fail(badUrl(text));
  const path = url.pathname
    .replace(/\/{2,}/g, '/')
    .replace(/\/+$/, '')
    .replace(TAIL, '')
    .replace(/\/+$/, '');
  const root = `${url.origin}${path}`;
  return ok({
    root,
    management: `${root}/v0/management`,
    host: url.host,
    pattern: hostPattern(url),
    transport: transportOf(url),
  });
}

/**
 * One prompt covers http and https of a host; a port cannot be asked for portably. Plain http to this computer is
 * granted at install, and only that: asking for both schemes there would bring up a prompt.
 */
export const hostPattern = (url: URL): string =>
  url.protocol === 'http:' && isLoopbackHost(url.hostname)
    ? `http://${url.hostname}/*`
    : `*://${url.hostname}/*`;

function transportOf(url: URL): ManagementUrl['transport'] {
  if (isLoopbackHost(url.hostname)) return 'loopback';
  if (url.protocol === 'https:') return 'https';
  return isOpenHttp(url) ? 'open' : 'private';
}
