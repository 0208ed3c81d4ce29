import { STORED, type Family } from './lists-table.ts';
import { baseUrl, canonicalProfile, keysOf, normalise, text } from './normalise.ts';
import { DecodeError, decodeList, decodeStruct, type Entry } from './schema.ts';

/** What a handler refuses a request with. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const MAX_WEIGHT = 1_000_000;
export const INVALID_BODY = 'invalid body';

/** The new list of a PUT, or a Refusal. `null` and `[]` clear; `{"items": []}` does not. */
export function putList(family: Family, body: string): Entry[] {
  const entries = decodeBody(family, body);
  entries.forEach((entry, i) => checkEntry(family, entry, i));
  return normalise(family, entries);
}

function decodeBody(family: Family, body: string): Entry[] {
  const value = parse(body);
  if (value === null) return [];
  return orInvalid(() => {
    if (Array.isArray(value)) return decodeList(STORED[family], value);
    const { items } = decodeStruct([{ name: 'items', kind: { list: STORED[family] } }], value);
    if (!Array.isArray(items) || items.length === 0) throw new DecodeError('no items');
    return items as Entry[];
  });
}

function checkEntry(family: Family, entry: Entry, i: number): void {
  const at = `${family}[${i}]`;
  if (family === 'openai-compatibility') {
    if (baseUrl(entry).trim() === '') return;
    keysOf(entry).forEach((key, j) => checkWeight(key['weight'], `${at}.api-key-entries[${j}].weight: `));
    return;
  }
  if (family === 'vertex-api-key' && text(entry, 'api-key').trim() === '') {
    throw new Refusal(400, `${at}.api-key is required`);
  }
  const dropped = (family === 'codex-api-key' || family === 'xai-api-key') && baseUrl(entry).trim() === '';
  if (!dropped) checkWeight(entry['weight'], `${at}.weight: `);
  if (family === 'claude-api-key')
    checkProfile(text(entry, 'fingerprint-profile'), `${at}.fingerprint-profile: `);
}

export function checkWeight(weight: unknown, at: string): void {
  if (typeof weight === 'number' && weight > MAX_WEIGHT) {
    throw new Refusal(400, `${at}weight must not exceed ${MAX_WEIGHT}`);
  }
}

export function checkProfile(profile: string, at: string): void {
  if (canonicalProfile(profile) !== undefined) return;
  const known = '(supported: "claude-code-cli" or empty)';
  throw new Refusal(400, `${at}unsupported fingerprint-profile ${JSON.stringify(profile.trim())} ${known}`);
}

export function orInvalid<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DecodeError) throw new Refusal(400, INVALID_BODY);
    throw error;
  }
}

export function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, INVALID_BODY);
  }
}

/** The first JSON value of a text, for the handlers which do not look at what follows it. */
export function firstValue(body: string): string {
  if (isJson(body)) return body;
  for (let end = body.indexOf('}'); end >= 0; end = body.indexOf('}', end + 1)) {
    const head = body.slice(0, end + 1);
    if (isJson(head)) return head;
  }
  return body;
}

export function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
