import * as v from 'valibot';
import { fail, type Result } from '../core/failures/result';
import { MESSAGES, type MessageInput, type MessageName, type MessageReply } from './messages';

export type Handlers = {
  [N in MessageName]: (input: MessageInput<N>) => Promise<Result<MessageReply<N>>>;
};

const envelopeSchema = v.object({ name: v.string(), input: v.unknown() });

/**
 * One message in, one Result out. A message that is not ours is not answered (undefined). A known name with a wrong input
 * comes back as the failure `unknown-item` and reaches no handler.
 */
export function createRouter(handlers: Handlers): (message: unknown) => Promise<Result<unknown>> | undefined {
  return (message) => {
    const envelope = v.safeParse(envelopeSchema, message);
    if (!envelope.success || !isName(envelope.output.name)) return undefined;
    return dispatch(handlers, envelope.output.name, envelope.output.input);
  };
}

const isName = (name: string): name is MessageName => Object.hasOwn(MESSAGES, name);

async function dispatch<N extends MessageName>(
  handlers: Handlers,
  name: N,
  input: unknown,
): Promise<Result<unknown>> {
  const parsed = v.safeParse(MESSAGES[name], input);
  if (!parsed.success) return fail({ code: 'unknown-item' });
  return handlers[name](parsed.output);
}
