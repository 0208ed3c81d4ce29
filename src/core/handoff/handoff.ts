import { baseUrlFromAddress } from '../base-url';
import type { ApiFormat } from '../accounts/api-format';
import type { KeyView } from '../view/view';

/** What is handed to another program. It holds the key as text, so it is made when it is used and then dropped. */
export interface Handoff {
  /** What the other program is to call it; the user's own words, with any characters. */
  name: string;
  /** The relay as the user knows it, with or without `/v1`. */
  address: string;
  key: string;
  speaks: ApiFormat;
}

/** One key for another program, named after its relay: most programs keep all keys of a relay under one name. */
export const handoffOf = (
  { relayName, address, speaks }: Pick<KeyView, 'relayName' | 'address' | 'speaks'>,
  text: string,
): Handoff => ({ name: relayName, address, key: text, speaks });

/** The base of OpenAI's calls: `https://relay.example/v1`. A path that names another version stays as it is. */
export function apiRoot(address: string): string {
  const url = baseUrlFromAddress(address);
  return url.ok ? url.value : address;
}

/** The same without `/v1` and without a slash at its end, for programs that put the version behind it themselves. */
export const siteRoot = (address: string): string => apiRoot(address).replace(/\/v1$/i, '');

/** JSON in standard base64, percent-encoded for a query. */
export const packed = (value: unknown): string => encodeURIComponent(base64(JSON.stringify(value)));

/** Standard base64 with its padding, of the UTF-8 bytes. */
export const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
