import type { Family } from './lists-table.ts';
import { Refusal } from './lists.ts';
import { baseUrl, normalise, text } from './normalise.ts';
import type { Entry } from './schema.ts';

/** The list after a DELETE, or a Refusal. Most families answer 200 though nothing matched. */
export function deleteFromList(family: Family, list: readonly Entry[], query: URLSearchParams): Entry[] {
  const named = family === 'openai-compatibility' ? byName(list, query) : byKey(family, list, query);
  const left = named ?? byIndex(list, query);
  if (left) return normalise(family, left);
  const what = family === 'openai-compatibility' ? 'name' : 'api-key';
  throw new Refusal(400, `missing ${what} or index`);
}

/** Exact and untrimmed; all of that name go. */
function byName(list: readonly Entry[], query: URLSearchParams): Entry[] | undefined {
  const name = query.get('name') ?? '';
  return name === '' ? undefined : list.filter((entry) => entry['name'] !== name);
}

function byKey(family: Family, list: readonly Entry[], query: URLSearchParams): Entry[] | undefined {
  const key = query.get('api-key')?.trim() ?? '';
  if (key === '') return undefined;
  const base = query.get('base-url')?.trim();
  const hits = list.filter(
    (entry) => text(entry, 'api-key') === key && (base === undefined || baseUrl(entry) === base),
  );
  const strict = family === 'gemini-api-key' || family === 'interactions-api-key';
  if (strict && hits.length === 0) throw new Refusal(404, 'item not found');
  if (hits.length > 1 && base === undefined) {
    throw new Refusal(400, 'multiple items match api-key; base-url is required');
  }
  if (hits.length > 1 && strict) throw new Refusal(400, 'multiple items match; index is required');
  return list.filter((entry) => !hits.includes(entry));
}

function byIndex(list: readonly Entry[], query: URLSearchParams): Entry[] | undefined {
  // Digits are read up to the first other character.
  const digits = /^\s*([+-]?\d+)/.exec(query.get('index') ?? '')?.[1];
  const index = Number(digits ?? -1);
  return index >= 0 && index < list.length ? list.toSpliced(index, 1) : undefined;
}
