import * as v from 'valibot';
import { mapOf, openObject } from '../../core/shapes';
import { OPTIONAL_PREFIX } from '../../core/accounts/relay-family';
import { ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import type { Site } from '../ask';
import { askShape } from '../site/envelope';
import { withPrefix } from './key-mask';
import { keySchema, readText } from './read-texts';

/** The limit of the server for one batch. */
const BATCH = 100;

const manyKeysSchema = openObject({ keys: mapOf(v.string()) });

/**
 * Reveals the texts of keys that the list shows masked, by calls that count against a limit (New API
 * v1.0.0-lab.20260728, fixtures new-api/keys-reveal and rate-limits). A batch of 100 costs as much as one key.
 * Servers from before April 2026 know no batch: `relay-not-found` for more than one key, and the caller counts what
 * each costs. Those from before March 2026 know no masks.
 */
export async function revealTokens(
  http: Http,
  site: Site,
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  const found = new Map<number, string>();
  for (let at = 0; at < ids.length; at += BATCH) {
    const some = ids.slice(at, at + BATCH);
    const [first, ...others] = some;
    const alone = first !== undefined && others.length === 0;
    const texts = await (alone ? revealOne(http, site, first) : revealMany(http, site, some));
    if (!texts.ok) return texts;
    for (const [id, text] of texts.value) found.set(id, text);
  }
  return ok(found);
}

async function revealOne(http: Http, site: Site, id: number): Promise<Result<Map<number, string>>> {
  const request = { method: 'POST', path: `/api/token/${id}/key` } as const;
  const reply = await askShape(http, site, request, keySchema);
  if (!reply.ok && reply.failure.code === 'relay-not-found')
    return textMap(id, await readText(http, site, id));
  return reply.ok ? textMap(id, ok(withPrefix(reply.value.key, OPTIONAL_PREFIX))) : reply;
}

/** The server leaves foreign and unknown ids out. */
async function revealMany(
  http: Http,
  site: Site,
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  const request = { method: 'POST', path: '/api/token/batch/keys', body: { ids } } as const;
  const reply = await askShape(http, site, request, manyKeysSchema);
  if (!reply.ok) return reply;
  const texts = Object.entries(reply.value.keys);
  return ok(new Map(texts.map(([id, key]) => [Number(id), withPrefix(key, OPTIONAL_PREFIX)])));
}

function textMap(id: number, text: Result<string | undefined>): Result<Map<number, string>> {
  if (!text.ok) return text;
  return ok(new Map(text.value === undefined ? [] : [[id, text.value]]));
}
