import type { Page } from '@playwright/test';
import type { KeyView } from '../../src/core/view/view.ts';
import { ask } from '../../tests/e2e/support/ask.ts';
import type { MessageInput, MessageName, MessageReply } from '../../src/contract/messages.ts';
import { sayFailure } from './say-failure.ts';
import type { DemoServers } from './servers.ts';
import { Advice } from '../advice.ts';

/** One message to the worker; a failure ends the demo with the sentence for it. */
export async function must<N extends MessageName>(
  desk: Page,
  name: N,
  input: MessageInput<N>,
): Promise<MessageReply<N>> {
  const reply = await ask(desk, name, input);
  if (!reply.ok) throw new Advice(sayFailure(reply.failure));
  return reply.value;
}

/** Fills in what a user would type in the settings, and the account or key. */
export async function fillIn(desk: Page, { proxy, second, relay }: DemoServers): Promise<void> {
  const named = second && { name: second.nameOfFirst };
  await must(desk, 'connection.save', { ...proxy, ...named, remember: 'session' });
  if (second) {
    const { address, managementKey, name } = second;
    await must(desk, 'connection.add', { address, managementKey, name, remember: 'session' });
  }
  if (relay.kind === 'key') {
    await must(desk, 'key.add', { relayName: '', baseUrl: relay.address, key: relay.key });
  } else {
    const { address: siteUrl, accessToken, userId } = relay;
    await must(desk, 'account.add', { name: '', siteUrl, accessToken, userId });
  }
}

/** Looks whether both servers play along before anything is clicked; the key that will be imported. */
export async function checkBoth(desk: Page): Promise<KeyView> {
  const report = await must(desk, 'connection.check', {});
  if (report.failure) throw new Advice(sayFailure(report.failure));
  const readOnly = report.found?.readOnly;
  if (readOnly) throw new Advice(sayFailure(readOnly));
  const view = await must(desk, 'view', {});
  const refused = view.accounts.find((account) => account.failure)?.failure;
  if (refused) throw new Advice(sayFailure(refused));
  const key = view.keys.find((candidate) => candidate.status === 'enabled');
  if (!key)
    throw new Advice('The account has no key that is switched on. Make one at the relay, then try again.');
  return key;
}
