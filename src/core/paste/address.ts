import { baseUrlFromAddress, type BaseUrl } from '../base-url';

/** Pages of the sites that people copy in place of the API's address. */
const PAGES =
  /\/(?:console|dashboard|panel|token|keys|login|register|sign-?in|sign-?up|pricing|models|topup|setting|settings|personal|profile|playground)(?:\/.*)?$/i;
const API = /\/v\d+[a-z]*\//i;
/** A call of Gemini's own API: relays that speak it speak OpenAI's beside it. */
const GEMINI = /\/v1beta\/models\/.*$/i;

/** The base URL of an address as it stands in a text, or null. The path of a page of the site is left out. */
export function baseUrlOf(address: string): BaseUrl | null {
  if (!address || address.length > 500) return null;
  const bare = address.replace(/([^:/])\/{2,}/g, '$1/').replace(/#.*$/s, '');
  const [, origin = '', path = ''] = /^(https?:\/\/[^/?]+|[^/?]+)([^?]*)/i.exec(bare) ?? [];
  const api = path.replace(GEMINI, '/v1');
  const base = baseUrlFromAddress(origin + (API.test(api) ? api : api.replace(PAGES, '')));
  return base.ok ? base.value : null;
}
