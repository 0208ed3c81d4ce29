import { createClient, type Client } from '../../src/contract/client';
import type { MessageInput, MessageName, MessageReply } from '../../src/contract/messages';
import { MESSAGES } from '../../src/contract/messages';
import { createRouter, type Handlers } from '../../src/contract/router';
import { ok, type Result } from '../../src/core/failures/result';

/**
 * What the worker answers; a message without an answer is a bug of the test or of the page, and thrown. `proxyId`: of the
 * CLIProxyAPI that it is about.
 */
export type Script = {
  [N in MessageName]?: (
    input: MessageInput<N>,
    proxyId?: string,
  ) => Result<MessageReply<N>> | Promise<Result<MessageReply<N>>>;
};

export interface Worker {
  ask: Client;
  /** Everything that was asked, in order. */
  asked: { name: MessageName; input: unknown; proxyId?: string }[];
  /** The inputs of one message, in order. */
  inputs<N extends MessageName>(name: N): MessageInput<N>[];
  /** Answers anew from now on. */
  answer(script: Script): void;
}

const DONE = ok(true as const);

/** Real client and router, as JSON between them; only what stands behind the door is scripted. */
export function scriptedWorker(script: Script = {}): Worker {
  const asked: Worker['asked'] = [];
  let answers: Script = {
    'settings.save': () => DONE,
    'connection.forget': () => DONE,
    'hosts.list': () => ok([]),
    'file.kept': () => ok(false),
    'key.remove': () => DONE,
    'account.remove': () => DONE,
    'plan.close': () => DONE,
    'work.stop': () => DONE,
    'notices.seen': () => DONE,
    'intent.set': () => DONE,
    'intent.clear': () => DONE,
    ...script,
  };
  const handlersAt = (proxyId: string | undefined): Handlers =>
    new Proxy({} as Handlers, {
      get: (_, name: MessageName) => async (input: never) => {
        const handler = answers[name];
        if (!handler) throw new Error(`nothing is scripted for ${name}`);
        return handler(input, proxyId);
      },
    });
  const ask = createClient(async (message) => {
    const sent = clone(message) as Worker['asked'][number];
    asked.push(sent);
    return clone(await createRouter(handlersAt(sent.proxyId), MESSAGES)(sent));
  });
  return {
    ask,
    asked,
    inputs: <N extends MessageName>(name: N) =>
      asked.filter((one) => one.name === name).map(({ input }) => input as MessageInput<N>),
    answer: (more) => {
      answers = { ...answers, ...more };
    },
  };
}

const clone = (value: unknown): unknown =>
  value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
