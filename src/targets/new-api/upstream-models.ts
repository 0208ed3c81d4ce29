import * as v from 'valibot';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/failures/result';
import { openObject } from '../../core/shapes';
import type { Http } from '../../ports/http';
import type { Ask, Site } from '../../relays/ask';
import { askData } from '../../relays/site/envelope';
import { keyTold, type Dialect } from './dialect';
import { readRaw } from './read-channel';

/** The server asks the channel's relay in the meantime. */
const TIMEOUT_MS = 20_000;

const listSchema = v.nullable(v.array(v.union([v.string(), openObject({ id: v.string() })])));

/**
 * Reads the models that the relay behind a stored channel lists; the server asks with the key that it keeps. An empty
 * list is a failure, as is any answer that was not understood. `channel-feature`: this server has no such call.
 */
export async function upstreamModels(
  http: Http,
  site: Site,
  dialect: Dialect,
  id: number,
  signal?: AbortSignal,
): Promise<Result<string[]>> {
  const host = hostOf(site.siteUrl);
  if (dialect.upstream === 'none') return fail({ code: 'channel-feature', host });
  const reply = await (dialect.upstream === 'sent'
    ? sendChannel(http, site, id, signal)
    : askData(http, site, limited({ path: `/api/channel/fetch_models/${id}`, signal })));
  if (!reply.ok) {
    const { failure } = reply;
    if (failure.code === 'relay-not-found') return fail({ code: 'channel-feature', host });
    return failure.code === 'relay-refusal' ? fail({ code: 'channel-upstream', text: failure.text }) : reply;
  }
  const parsed = v.safeParse(listSchema, reply.value);
  if (!parsed.success) return fail({ code: 'relay-shape', host });
  const names = (parsed.output ?? []).map((model) => (typeof model === 'string' ? model : model.id).trim());
  const unique = [...new Set(names.filter(Boolean))];
  return unique.length > 0 ? ok(unique) : fail({ code: 'relay-empty', host });
}

const limited = (ask: Ask): Ask => ({ ...ask, timeoutMs: TIMEOUT_MS });

/**
 * One Hub wants the whole channel with its key, and answers 500 without a `proxy` (v0.14.27-lab.20260220, fixture
 * one-hub/channels-models).
 */
async function sendChannel(
  http: Http,
  site: Site,
  id: number,
  signal: AbortSignal | undefined,
): Promise<Result<unknown>> {
  const raw = await readRaw(http, site, id);
  if (!raw.ok) return raw;
  const secrets = [...site.secrets, keyTold(raw.value)];
  const body = { ...raw.value, proxy: raw.value['proxy'] ?? '' };
  const path = '/api/channel/provider_models_list';
  return askData(http, { ...site, secrets }, limited({ method: 'POST', path, body, signal }));
}
