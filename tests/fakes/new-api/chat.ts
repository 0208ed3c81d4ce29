import { costOf } from './catalogue';
import { parseObject } from './go-json';
import { groupOf, limitsOf } from './keys/auth';
import { say } from './messages';
import { json, relayError } from './reply';
import { modelsOfGroup, seconds, type RelayState } from './state';
import { POINTS_PER_DOLLAR } from './site/usage';
import {
  COMPLETION_TOKENS,
  completion,
  PROMPT_TOKENS,
  streamedCompletion,
  upstreamFailure,
} from './upstream';
import type { Call, RelayKey, RelayUser, Reply } from './types';

/** Comes before the key is looked at, so that bad keys get it as well. */
export function overloadRefusal(state: RelayState): Reply | undefined {
  const { overload } = state.faults;
  if (overload === undefined) return undefined;
  const message = `system cpu overloaded (current: ${overload.current.toFixed(1)}%, threshold: ${overload.threshold}%)`;
  return json(503, {
    error: { message, type: 'new_api_error', param: '', code: 'system_cpu_overloaded' },
  });
}

/** A refusal after a channel was chosen has one field more. */
const laterError = (call: Call, status: number, message: string, code: string): Reply =>
  json(status, {
    error: { message: `${message} (request id: ${call.requestId})`, type: 'new_api_error', param: '', code },
  });

function routeRefusal(
  state: RelayState,
  call: Call,
  key: RelayKey,
  group: string,
  model: string,
): Reply | undefined {
  if (key.modelLimitsEnabled && !limitsOf(key).includes(model))
    return relayError(call, 403, `This token has no access to model ${model}`);
  if (model === '') return relayError(call, 400, say(call, 'modelMissing'));
  if (modelsOfGroup(state, group).includes(model)) return undefined;
  const message = `No available channel for model ${model} under group ${group} (distributor)`;
  return relayError(call, 503, message, 'model_not_found');
}

function contentRefusal(call: Call, messages: unknown, user: RelayUser): Reply | undefined {
  if (!Array.isArray(messages) || messages.length === 0)
    return laterError(call, 500, 'field messages is required', 'invalid_request');
  if (user.quota > 0) return undefined;
  const left = (user.quota / POINTS_PER_DOLLAR).toFixed(6);
  return laterError(call, 403, `用户额度不足, 剩余额度: ＄${left}`, 'insufficient_user_quota');
}

/** An unlimited key's remainder goes down too, below zero. */
function charge(state: RelayState, key: RelayKey, user: RelayUser, model: string): void {
  const cost = costOf(model, PROMPT_TOKENS, COMPLETION_TOKENS);
  key.remainQuota -= cost;
  key.usedQuota += cost;
  key.accessedTime = seconds(state);
  user.quota -= cost;
  user.usedQuota += cost;
  user.requestCount += 1;
}

export function chat(state: RelayState, call: Call, key: RelayKey, user: RelayUser): Reply {
  const parsed = parseObject(call.body, 'GeneralOpenAIRequest', { model: 'string', stream: 'bool' });
  if ('error' in parsed) return relayError(call, 400, `Invalid request: ${parsed.error}`);
  const { messages, stream } = parsed.value;
  const model = typeof parsed.value.model === 'string' ? parsed.value.model : '';
  const refusal =
    routeRefusal(state, call, key, groupOf(key, user), model) ??
    contentRefusal(call, messages, user) ??
    upstreamFailure(model, state.faults.chatStatus[model]);
  if (refusal !== undefined) return refusal;
  charge(state, key, user, model);
  return stream === true ? streamedCompletion(model) : completion(model);
}
