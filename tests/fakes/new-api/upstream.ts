import { json } from './reply';
import type { Reply } from './types';

/** What the relay's channel answers. Names like fail-429 and html make it fail, as in the recordings. */

export const PROMPT_TOKENS = 3;
export const COMPLETION_TOKENS = 2;

const USAGE = {
  prompt_tokens: PROMPT_TOKENS,
  completion_tokens: COMPLETION_TOKENS,
  total_tokens: PROMPT_TOKENS + COMPLETION_TOKENS,
};
const CREATED = 1700000000;

const failure = (status: number, message: string, type: string, code: string): Reply =>
  json(status, { error: { message, type, param: '', code } });

export function upstreamFailure(model: string, forced: number | undefined): Reply | undefined {
  if (model === 'html') {
    const message = "invalid character '<' looking for beginning of value";
    return failure(500, message, 'bad_response_body', 'bad_response_body');
  }
  const status = forced ?? Number(/^fail-(\d{3})$/.exec(model)?.[1] ?? 200);
  if (status < 400) return undefined;
  return failure(status, `fake upstream says ${status}`, 'fake_error', `fake_${status}`);
}

export const completion = (model: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: CREATED,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
    usage: USAGE,
  }),
});

export function streamedCompletion(model: string): Reply {
  const chunk = (choices: unknown[], usage?: unknown): string =>
    JSON.stringify({
      id: 'chatcmpl-fake',
      object: 'chat.completion.chunk',
      created: CREATED,
      model,
      choices,
      usage,
    });
  const delta = (content: unknown, reason: string | null): unknown[] => [
    { index: 0, delta: content, finish_reason: reason },
  ];
  const events = [
    chunk(delta({ role: 'assistant', content: 'hel' }, null)),
    chunk(delta({ content: 'lo' }, null)),
    chunk(delta({}, 'stop')),
    chunk([], USAGE),
    '[DONE]',
  ];
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' },
    body: '',
    chunks: events.map((event) => `data: ${event}\n\n`),
  };
}
