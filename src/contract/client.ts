import { z } from 'zod/mini';
import { failureSchema } from '../core/failure';
import { fail, type Result } from '../core/result';
import type { MessageInput, MessageName, MessageReply } from './messages';

/** Asks the worker. A worker that was stopped in the middle is the failure `worker-gone`; what it wrote is journaled. */
export type Client = <N extends MessageName>(
  name: N,
  input: MessageInput<N>,
) => Promise<Result<MessageReply<N>>>;

const replySchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: failureSchema }),
]);

export function createClient(send: (message: { name: string; input: unknown }) => Promise<unknown>): Client {
  return async (name, input) => {
    let reply: unknown;
    try {
      reply = await send({ name, input });
    } catch {
      return fail({ code: 'worker-gone' });
    }
    const parsed = z.safeParse(replySchema, reply);
    if (!parsed.success) return fail({ code: 'worker-gone' });
    return parsed.data as Result<MessageReply<typeof name>>;
  };
}
