import * as v from 'valibot';
import { openObject } from '../core/shapes';
import type { Failure } from '../core/failures/failure';
import { jsonOrUndefined } from '../core/json';
import { safeText } from '../core/mask';
import { fail, ok, type Result } from '../core/failures/result';
import type { NoReply } from '../ports/http';

export interface RelayAnswer {
  status: number;
  text: string;
  retryAfter: string | null;
}

/** Turns a request without an answer into a failure of the relay. */
export function noRelayReply(failure: NoReply): Failure {
  switch (failure.code) {
    case 'unreachable':
      return { code: 'relay-unreachable', host: failure.host };
    case 'cut-short':
      return { code: 'relay-cut-short', host: failure.host };
    case 'timeout':
      return { code: 'relay-timeout', host: failure.host, seconds: failure.seconds };
    case 'redirected':
      return { code: 'relay-redirected', host: failure.host };
    case 'too-large':
      return { code: 'relay-too-large', host: failure.host };
    case 'cancelled':
      return { code: 'cancelled' };
  }
}

/**
 * Turns a status other than 2xx into what it says about the key, or undefined for 2xx (fixtures <server>/key-refusals of all
 * New API families).
 */
export function classifyRelay(
  answer: RelayAnswer,
  host: string,
  secrets: readonly string[],
): Failure | undefined {
  const { status } = answer;
  if (status >= 200 && status < 300) return undefined;
  const text = safeText(relayMessage(answer.text) ?? '', secrets);
  if (status === 401) return { code: 'relay-key-refused', host };
  if (status === 402) return { code: 'relay-no-balance', host };
  if (status === 403)
    return /^\s*</.test(answer.text) ? { code: 'relay-html', host } : { code: 'relay-forbidden', host, text };
  if (status === 404) return { code: 'relay-not-found', host };
  if (status === 429) return { code: 'relay-rate-limited', host, seconds: Number(answer.retryAfter) || 0 };
  return { code: 'relay-error', host, status };
}

/** Parses a relay's JSON. HTML with a 200 is a challenge page or a web front, not a list. */
export function relayJson(text: string, host: string): Result<unknown> {
  try {
    return ok(JSON.parse(text) as unknown);
  } catch {
    return fail(/^\s*</.test(text) ? { code: 'relay-html', host } : { code: 'relay-not-json', host });
  }
}

const messageSchema = openObject({
  message: v.optional(v.string()),
  error: v.optional(v.union([v.string(), openObject({ message: v.optional(v.string()) })])),
});

/** The sentence in which a relay explains an answer, if there is one. */
export function relayMessage(text: string): string | undefined {
  const parsed = v.safeParse(messageSchema, jsonOrUndefined(text));
  if (!parsed.success) return undefined;
  const { error, message } = parsed.output;
  return (typeof error === 'string' ? error : error?.message) ?? message;
}
