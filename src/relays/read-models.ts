import * as v from 'valibot';
import { openObject } from '../core/shapes';
import { fail, ok, type Result } from '../core/failures/result';
import { isModelName } from './cap-reading';
import { classifyRelay, relayJson, relayMessage, type RelayAnswer } from './relay-reply';
import { safeText } from '../core/mask';

/** `{data: [{id}]}`, with or without `object`. One Hub may give strings or null (its source). */
const listSchema = openObject({
  data: v.nullish(v.array(v.union([v.string(), openObject({ id: v.string() })]))),
});

/**
 * Reads the model names of a `/v1/models` answer, each once, in the order of the relay. `success: false` with a 200
 * is a refusal; an empty list is a failure too, since importing it would serve nothing.
 */
export function readModels(answer: RelayAnswer, host: string, secrets: readonly string[]): Result<string[]> {
  const refused = classifyRelay(answer, host, secrets);
  if (refused) return fail(refused);
  const json = relayJson(answer.text, host);
  if (!json.ok) return json;
  if ((json.value as { success?: unknown } | null)?.success === false) {
    return fail({ code: 'relay-refusal', host, text: safeText(relayMessage(answer.text) ?? '', secrets) });
  }
  const parsed = v.safeParse(listSchema, json.value);
  if (!parsed.success) return fail({ code: 'relay-shape', host });
  if (!('data' in parsed.output)) return fail({ code: 'relay-shape', host });
  const names = (parsed.output.data ?? []).map((model) =>
    (typeof model === 'string' ? model : model.id).trim(),
  );
  const unique = [...new Set(names.filter(isModelName))];
  return unique.length > 0 ? ok(unique) : fail({ code: 'relay-empty', host });
}
