import { fail, type Result } from '../core/failures/result';
import type { MessageInput, MessageName, MessageReply } from './messages';

/**
 * Asks the worker. The failure `worker-gone` means that it was stopped meanwhile; its writes are journaled. `proxyId`: of the
 * CLIProxyAPI that the message is about; absent: the first in the user's order.
 */
export type Client = <N extends MessageName>(
  name: N,
  input: MessageInput<N>,
  proxyId?: string,
) => Promise<Result<MessageReply<N>>>;

export function createClient(
  send: (message: { name: string; input: unknown; proxyId?: string }) => Promise<unknown>,
): Client {
  return async (name, input, proxyId) => {
    let reply: unknown;
    try {
      reply = await send({ name, input, ...(proxyId && { proxyId }) });
    } catch {
      return fail({ code: 'worker-gone' });
    }
    return isResult<MessageReply<typeof name>>(reply) ? reply : fail({ code: 'worker-gone' });
  };
}

/**
 * Checks only the envelope: worker and pages are of one build, and the schemas would cost every page 7 KB. A worker that
 * does not know the message answers nothing (undefined).
 */
function isResult<T>(reply: unknown): reply is Result<T> {
  const { ok, failure } = (reply ?? {}) as { ok?: unknown; failure?: { code?: unknown } };
  return ok === true || (ok === false && typeof failure?.code === 'string');
}
