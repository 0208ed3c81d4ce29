import { STORED, type Family } from './lists-table.ts';
import { checkProfile, checkWeight, firstValue, INVALID_BODY, orInvalid, parse, Refusal } from './lists.ts';
import { baseUrl, normalise, text } from './normalise.ts';
import { decodeStruct, type Entry, type Kind, type Struct } from './schema.ts';

const words = (list: string): readonly string[] => list.split(' ');
const KEY_START = 'api-key weight prefix base-url';
const KEY_END = 'headers excluded-models disable-cooling request-retry request-scoped-errors';
const GEMINI = words(`${KEY_START} proxy-url ${KEY_END}`);

/** What PATCH can change, in the order in which the server looks at it; all else in `value` is ignored with a 200. */
const PATCHABLE: Record<Family, readonly string[]> = {
  'openai-compatibility': words(
    'name prefix disabled disable-cooling request-retry base-url api-key-entries models headers ' +
      'support-prompt-cache-key request-scoped-errors',
  ),
  'codex-api-key': words(`${KEY_START} proxy-url alpha-search models ${KEY_END}`),
  'xai-api-key': words(`api-key priority weight prefix base-url websockets proxy-url models ${KEY_END}`),
  'claude-api-key': words(
    'api-key fingerprint-profile weight prefix base-url proxy-url models headers excluded-models ' +
      'rebuild-mid-system-message disable-cooling request-retry request-scoped-errors',
  ),
  'gemini-api-key': GEMINI,
  'interactions-api-key': GEMINI,
  'vertex-api-key': words(
    `${KEY_START} proxy-url headers models excluded-models disable-cooling request-retry`,
  ),
};

/** The list after a PATCH of one entry, or a Refusal. */
export function patchList(
  family: Family,
  list: readonly Entry[],
  body: string,
  query: URLSearchParams,
): Entry[] {
  const patch = decodePatch(family, body);
  const at = findTarget(family, list, patch, query);
  const entry = { ...list[at] };
  for (const name of PATCHABLE[family]) {
    const value = patch.value[name];
    if (value !== undefined && applyField(family, entry, name, value) === 'delete') {
      return normalise(family, list.toSpliced(at, 1));
    }
  }
  return normalise(family, list.with(at, entry));
}

interface Patch {
  index?: number;
  match?: string;
  value: Entry;
}

function decodePatch(family: Family, body: string): Patch {
  const match = family === 'openai-compatibility' ? 'name' : 'match';
  const struct: Struct = [
    { name: 'index', kind: 'int?' },
    { name: match, kind: 'string?' },
    { name: 'value', kind: { struct: patchStruct(family) } },
  ];
  // Only the first JSON value of the body is read.
  const decoded = orInvalid(() => decodeStruct(struct, parse(firstValue(body))));
  if (decoded['value'] === undefined) throw new Refusal(400, INVALID_BODY);
  return {
    index: decoded['index'] as number | undefined,
    match: (decoded[match] as string | undefined)?.trim(),
    value: decoded['value'] as Entry,
  };
}

function patchStruct(family: Family): Struct {
  return STORED[family]
    .filter(({ name }) => PATCHABLE[family].includes(name))
    .map(({ name, kind }) => ({ name, kind: patchKind(name, kind) }));
}

/** Absent must differ from the default, and for two fields null from absent. */
function patchKind(name: string, kind: Kind): Kind {
  if (name === 'weight' || name === 'disable-cooling') return 'raw';
  return kind === 'string' || kind === 'bool' || kind === 'int' ? `${kind}?` : kind;
}

function findTarget(family: Family, list: readonly Entry[], patch: Patch, query: URLSearchParams): number {
  const { index, match } = patch;
  if (index !== undefined && index >= 0 && index < list.length) return index;
  const hits = match === undefined ? [] : matching(family, list, match, query);
  if (isGemini(family) && hits.length > 1) throw new Refusal(400, 'multiple items match; index is required');
  const first = hits[0];
  if (first === undefined) throw new Refusal(404, 'item not found');
  return first;
}

function matching(family: Family, list: readonly Entry[], match: string, query: URLSearchParams): number[] {
  const name = family === 'openai-compatibility' ? 'name' : 'api-key';
  if (match === '' && (isGemini(family) || family === 'vertex-api-key')) return [];
  const base = isGemini(family) ? query.get('base-url')?.trim() : undefined;
  return [...list.keys()].filter((i) => {
    const entry = list[i]!;
    return text(entry, name) === match && (base === undefined || baseUrl(entry) === base);
  });
}

const isGemini = (family: Family): boolean =>
  family === 'gemini-api-key' || family === 'interactions-api-key';

function applyField(family: Family, entry: Entry, name: string, value: unknown): 'delete' | undefined {
  entry[name] = value;
  if (name === 'weight') entry[name] = patchedWeight(value);
  if (name === 'disable-cooling') entry[name] = patchedCooling(value);
  if (name === 'fingerprint-profile') checkProfile(value as string, 'fingerprint-profile: ');
  if (name === 'api-key-entries') {
    (value as Entry[]).forEach((key, j) => checkWeight(key['weight'], `api-key-entries[${j}].weight: `));
  }
  return isDeletion(family, name, value) ? 'delete' : undefined;
}

function isDeletion(family: Family, name: string, value: unknown): boolean {
  if (typeof value !== 'string' || value.trim() !== '') return false;
  if (name === 'api-key') return family === 'vertex-api-key';
  return name === 'base-url' && ['openai-compatibility', 'codex-api-key', 'xai-api-key'].includes(family);
}

function patchedWeight(value: unknown): number | undefined {
  if (value === null) return undefined;
  if (!Number.isInteger(value)) throw new Refusal(400, 'weight must be an integer');
  checkWeight(value, '');
  return value as number;
}

function patchedCooling(value: unknown): boolean | undefined {
  if (value === null) return undefined;
  if (typeof value !== 'boolean') throw new Refusal(400, 'disable-cooling must be a boolean or null');
  return value;
}
