import { fail, type Result } from '../core/result';
import type { MessageInput, MessageName, MessageReply } from './messages';

/** Asks the worker. A worker that was stopped in the middle is the failure `worker-gone`; what it wrote is journaled. */
export type Client = <N extends MessageName>(
  name: N,
  input: MessageInput<N>,
) => Promise<Result<MessageReply<N>>>;

export function createClient(send: (message: { name: string; input: unknown }) => Promise<unknown>): Client {
  return async (name, input) => {
    let reply: unknown;
    try {
      reply = await send({ name, input });
    } catch {
      return fail({ code: 'worker-gone' });
    }
    return isResult<MessageReply<typeof name>>(reply) ? reply : fail({ code: 'worker-gone' });
  };
}

/**
 * Only the envelope is looked at: worker and pages are of one build, and the schemas would cost every page 7 KB. No
 * answer at all (undefined) is what a worker gives that does not know the message.
 */
function isResult<T>(reply: unknown): reply is Result<T> {
  const { ok, failure } = (reply ?? {}) as { ok?: unknown; failure?: { code?: unknown } };
  return ok === true || (ok === false && typeof failure?.code === 'string');
}
