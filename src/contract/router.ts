import * as v from 'valibot';
import { fail, type Result } from '../core/failures/result';
import type { MessageInput, MessageName, MessageReply } from './messages';

export type Handlers = {
  [N in MessageName]: (input: MessageInput<N>) => Promise<Result<MessageReply<N>>>;
};

/** What a message is handed to: its answer, or undefined where it is not one of ours. */
export type Route = (message: unknown) => Promise<Result<unknown>> | undefined;

const envelopeSchema = v.object({
  name: v.string(),
  input: v.unknown(),
  /** Id of the CLIProxyAPI that it is about; absent: the first in the user's order. */
  proxyId: v.optional(v.string()),
});

/** Which CLIProxyAPI a message is about (empty: the first), or undefined where it has not the form of a message. */
export function proxyIdOf(message: unknown): string | undefined {
  const envelope = v.safeParse(envelopeSchema, message);
  return envelope.success ? (envelope.output.proxyId ?? '') : undefined;
}

/**
 * One message in, one Result out. A message that `messages` does not name is not answered (undefined). A known name with a
 * wrong input comes back as the failure `unknown-item` and reaches no handler.
 */
export function createRouter<N extends MessageName>(
  handlers: Pick<Handlers, N>,
  messages: Readonly<Record<N, v.GenericSchema>>,
): Route {
  const isName = (name: string): name is N => Object.hasOwn(messages, name);
  return (message) => {
    const envelope = v.safeParse(envelopeSchema, message);
    if (!envelope.success || !isName(envelope.output.name)) return undefined;
    return dispatch(handlers, messages, envelope.output.name, envelope.output.input);
  };
}

async function dispatch<N extends MessageName>(
  handlers: Pick<Handlers, N>,
  messages: Readonly<Record<N, v.GenericSchema>>,
  name: N,
  input: unknown,
): Promise<Result<unknown>> {
  const parsed = v.safeParse(messages[name], input);
  if (!parsed.success) return fail({ code: 'unknown-item' });
  return handlers[name](parsed.output as MessageInput<N>);
}
