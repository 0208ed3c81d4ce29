import type { Page } from '@playwright/test';
import type { MessageInput, MessageName, MessageReply } from '../../../src/contract/messages.ts';
import type { Result } from '../../../src/core/failures/result';

/** Sends one message to the worker from a page of the extension, as its own pages do. */
export async function ask<N extends MessageName>(
  page: Page,
  name: N,
  input: MessageInput<N>,
): Promise<Result<MessageReply<N>>> {
  const reply: unknown = await page.evaluate((message) => chrome.runtime.sendMessage(message), {
    name,
    input,
  });
  return reply as Result<MessageReply<N>>;
}

/** The same where only a good answer is of use. */
export async function want<N extends MessageName>(
  page: Page,
  name: N,
  input: MessageInput<N>,
): Promise<MessageReply<N>> {
  const reply = await ask(page, name, input);
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.failure)}`);
  return reply.value;
}
