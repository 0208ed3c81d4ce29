import * as v from 'valibot';
import { openObject } from '../../core/shapes';
import { safeText } from '../../core/mask';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Http } from '../../ports/http';
import { ask, type Answer, type Ask, type Site } from '../ask';
import { classifyRelay, relayJson } from '../relay-reply';
import { parseShape } from '../site/envelope';
import { unauthorized } from '../site/sign-in';

/** `code` is 0, the status, or a text such as `INVALID_TOKEN` (source of Sub2API). */
const envelopeSchema = openObject({
  code: v.union([v.number(), v.string()]),
  message: v.optional(v.string()),
  data: v.optional(v.unknown()),
});

/** Sends a request to Sub2API and unwraps the `data` of its answer; data of another shape fails with `relay-shape`. */
export async function askSub2Api<T>(
  http: Http,
  site: Site,
  request: Ask,
  schema: v.GenericSchema<unknown, T>,
): Promise<Result<T>> {
  const answer = await ask(http, site, request);
  if (!answer.ok) return answer;
  const data = openAnswer(answer.value, site.secrets, request.open);
  return data.ok ? parseShape(schema, data.value, answer.value.host) : data;
}

function openAnswer(answer: Answer, secrets: readonly string[], open = false): Result<unknown> {
  const { status, text, host } = answer;
  if (status === 401 && !open) return fail(unauthorized(text, host, secrets));
  const json = relayJson(text, host);
  const envelope = json.ok ? v.safeParse(envelopeSchema, json.value) : undefined;
  // Refusals of a single item come with 400, 404 or 409 and say in words what is wrong.
  const inWords = envelope?.success && [400, 404, 409].includes(status);
  const refused = inWords ? undefined : classifyRelay(answer, host, secrets);
  if (refused) return fail(refused);
  if (!json.ok) return json;
  if (!envelope?.success) return fail({ code: 'relay-shape', host });
  const { code, message = '', data } = envelope.output;
  return code === 0 && !inWords
    ? ok(data)
    : fail({ code: 'relay-refusal', host, text: safeText(message, secrets) });
}
