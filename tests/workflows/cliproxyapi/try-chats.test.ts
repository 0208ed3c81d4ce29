import { expect, test } from 'vitest';
import type { ChatTally } from '../../../src/core/cliproxyapi/card';
import { LIST_NAMES } from '../../../src/core/cliproxyapi/lists/list-traits';
import { fetchHttp } from '../../../src/platform/fetch-http';
import type { HttpRequest } from '../../../src/ports/http';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { clock } from '../test-ports';
import {
  apply,
  deny,
  MODELS,
  must,
  never,
  opened,
  planDialog,
  planOf,
  scene,
  type Scene,
  SECOND_KEY,
  writes,
} from '../scene';

/** Imports with "Prove with a real request" ticked. */
async function importWithChats(made: Scene, signal = never()): Promise<ChatTally | undefined> {
  const open = await opened(made.ports, made.keyId);
  const draft = { ...open.draft, tryChat: true };
  const outcome = await apply(made.ports, made.keyId, draft, planOf(open).hash, signal);
  return outcome.kind === 'proved' && outcome.card.kind === 'proved' ? outcome.card.chats : undefined;
}

const chats = ({ proxy, relay }: Scene): { relay: number; proxy: number } => ({
  relay: relay.requests.filter(({ path }) => path === '/v1/chat/completions').length,
  proxy: proxy.requests.filter(({ path }) => path === '/v1/chat/completions').length,
});

test('each served model is asked at the relay and then through the proxy, which says that this key answered', async () => {
  const made = await scene();
  expect(await importWithChats(made)).toEqual({
    tried: 3,
    answered: 3,
    byOther: 0,
    byUnknown: 0,
    failed: null,
  });
  // The proxy's own calls arrive at the relay too.
  expect(chats(made)).toEqual({ relay: 6, proxy: 3 });
});

test('a model that fails at the relay is not asked through the proxy, which would drop it for a while', async () => {
  const made = await scene();
  for (const model of MODELS) made.relay.faults.chatStatus[model] = 403;
  const tally = await importWithChats(made);
  expect(tally).toMatchObject({ tried: 3, answered: 0, failed: { at: 'relay', status: 403 } });
  expect(chats(made).proxy).toBe(0);
});

test('an answer by another key of the pool is not counted as one by this key', async () => {
  const made = await scene();
  await made.proxy.setLists('openai-compatibility', [
    {
      name: 'Better',
      priority: 9,
      'base-url': `${made.relay.origin.replace('127.0.0.1', 'localhost')}/v1`,
      'api-key-entries': [{ 'api-key': SECOND_KEY }],
      models: MODELS.map((name) => ({ name, alias: name })),
    },
  ]);
  expect(await importWithChats(made)).toEqual({
    tried: 3,
    answered: 0,
    byOther: 3,
    byUnknown: 0,
    failed: null,
  });
});

test('a server that does not say which key answered leaves that open', async () => {
  const made = await scene({ proxy: { version: '7.0.0' } });
  expect(await importWithChats(made)).toMatchObject({ tried: 3, answered: 0, byUnknown: 3 });
});

test('where the browser may not reach the relay, the proxy sends the first request too', async () => {
  const made = await scene();
  const baseUrl = made.relay.origin.replace('127.0.0.1', 'localhost');
  deny(made.device, baseUrl);
  const keyId = must(await addKey(made.ports, { relayName: 'Elsewhere', baseUrl, key: SECOND_KEY }));
  expect(await importWithChats({ ...made, keyId })).toMatchObject({ tried: 3, answered: 3 });
  expect(made.proxy.requests.filter(({ path }) => path.endsWith('/api-call'))).toHaveLength(4);
});

test('without the tick nothing is asked of any model', async () => {
  const made = await scene();
  const open = await opened(made.ports, made.keyId);
  await apply(made.ports, made.keyId, open.draft, planOf(open).hash);
  expect(chats(made)).toEqual({ relay: 0, proxy: 0 });
  expect(writes(made.proxy)).toHaveLength(1);
});

test.each(LIST_NAMES)('in %s CLIProxyAPI is given the key as Authorization only', async (list) => {
  const sent: HttpRequest[] = [];
  const direct = clock.http(fetchHttp);
  const http = { send: (request: HttpRequest) => (sent.push(request), direct.send(request)) };
  const made = await scene({ ports: { http } });
  const address = made.relay.origin.replace('127.0.0.1', 'localhost');
  deny(made.device, address);
  const keyId = must(await addKey(made.ports, { relayName: 'Elsewhere', baseUrl: address, key: SECOND_KEY }));
  const bases = new Map();
  const draft = { ...(await opened(made.ports, keyId, bases)).draft, list, tryChat: true };
  const plan = planOf({ planned: await planDialog(made.ports, bases, keyId, draft) });
  const outcome = await apply(made.ports, keyId, draft, plan.hash);
  const tally = outcome.kind === 'proved' ? outcome.card.chats : undefined;
  const calls = sent.filter(({ url }) => url.endsWith('/api-call'));
  expect(calls.length).toBeGreaterThan(0);
  for (const { body } of calls) {
    const { header } = JSON.parse(body ?? '') as { header: Record<string, string> };
    expect(Object.keys(header).filter((name) => header[name]?.includes(SECOND_KEY))).toEqual([
      'Authorization',
    ]);
  }
  const isGoogle = /^(?:gemini|interactions|vertex)-/.test(list);
  const untried = { count: 3, host: new URL(address).host };
  if (isGoogle) expect(tally).toMatchObject({ tried: 0, answered: 0, failed: null, untried });
  else expect(tally).toMatchObject({ tried: 3 });
});
