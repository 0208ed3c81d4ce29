import { badUrl, isOpenHttp, parseHttpUrl } from './base-url';
import { fail, ok, type Result } from './failures/result';
import { keyShape } from './key-shape';

/** Shorter names with a scheme or a port before or behind them, such as `http://sk-server01:3000`, are somebody's server. */
const SURELY_A_KEY = 20;

/**
 * The URL of an address as the user typed it. A key in its place is refused: `sk-…` is a host name for every URL parser, so
 * that name servers and whoever answers would read it.
 */
export function typedAddress(text: string): Result<URL> {
  if (isKeyInPlaceOfAddress(text)) return fail({ code: 'address-is-key' });
  const url = parseHttpUrl(text);
  return url ? ok(url) : fail(badUrl(text));
}

/** What is to be said about an address while it is typed; undefined: nothing, or not yet an address. */
export function addressTrouble(text: string): 'key' | 'open-http' | undefined {
  if (isKeyInPlaceOfAddress(text)) return 'key';
  const url = parseHttpUrl(text);
  return url && isOpenHttp(url) ? 'open-http' : undefined;
}

/** Whether the host of an address has the shape of a key and is no domain name. */
function isKeyInPlaceOfAddress(text: string): boolean {
  const [, scheme, host = '', port] = /^(https?:\/*)?([^/?#:]*)(:\d)?/i.exec(text.trim()) ?? [];
  if (/\.(?:[a-z]{2,}|xn--[a-z0-9-]+)\.?$/i.test(host)) return false;
  const shape = keyShape(host, false);
  if (shape !== 'prefixed' && shape !== 'bare') return false;
  return (!scheme && !port) || host.length >= SURELY_A_KEY;
}
