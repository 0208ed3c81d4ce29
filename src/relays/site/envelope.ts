import * as v from 'valibot';
import { hostOf } from '../../core/base-url';
import { openObject } from '../../core/shapes';
import { safeText } from '../../core/mask';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import { ask, type Answer, type Ask, type Site } from '../ask';
import { classifyRelay, relayJson } from '../relay-reply';
import { signInFailure, unauthorized } from './sign-in';

const envelopeSchema = openObject({
  success: v.boolean(),
  message: v.optional(v.string()),
  data: v.optional(v.unknown()),
});

/** Sends a request to a site of the New API family and unwraps the `data` of its answer. */
export async function askData(http: Http, site: Site, request: Ask): Promise<Result<unknown>> {
  const answer = await ask(http, site, request);
  return answer.ok ? openEnvelope(answer.value, site.secrets, request.open) : answer;
}

/** The same for a known shape; data of another shape fails with `relay-shape`. */
export async function askShape<T>(
  http: Http,
  site: Site,
  request: Ask,
  schema: v.GenericSchema<unknown, T>,
): Promise<Result<T>> {
  const data = await askData(http, site, request);
  return data.ok ? parseShape(schema, data.value, hostOf(site.siteUrl)) : data;
}

/** Data of another shape fails with `relay-shape`. */
export function parseShape<T>(schema: v.GenericSchema<unknown, T>, data: unknown, host: string): Result<T> {
  const parsed = v.safeParse(schema, data);
  return parsed.success ? ok(parsed.output) : fail({ code: 'relay-shape', host });
}

/**
 * Unwraps `{success, message, data}`. A 200 with `success: false` is a failure like any other, and the content type
 * says nothing (fixtures <server>/auth of One API, One Hub and Veloera).
 */
export function openEnvelope(answer: Answer, secrets: readonly string[], open = false): Result<unknown> {
  const { status, text, host } = answer;
  if (status === 401 && !open) return fail(unauthorized(text, host, secrets));
  // A password that the site asks of everybody says nothing about the account.
  if (status === 401) return fail({ code: 'relay-error', host, status });
  const refused = classifyRelay(answer, host, secrets);
  if (refused) return fail(refused);
  const json = relayJson(text, host);
  if (!json.ok) return json;
  const envelope = parseShape(envelopeSchema, json.value, host);
  if (!envelope.ok) return envelope;
  const { success, message = '', data } = envelope.value;
  if (success) return ok(data);
  const signIn = open ? undefined : signInFailure(text, host);
  return fail(signIn ?? { code: 'relay-refusal', host, text: safeText(message, secrets) });
}
