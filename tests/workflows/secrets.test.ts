import { expect, test } from 'vitest';
import { addAccount } from '../../src/workflows/accounts/keep-accounts';
import { checkConnection } from '../../src/workflows/connection/check-connection';
import { readHistory } from '../../src/workflows/view/read-history';
import { readView } from '../../src/workflows/view/read-view';
import { saveConnection } from '../../src/workflows/connection/save-connection';
import { undoImport } from '../../src/workflows/undo/undo-import';
import { DEFAULT_ACCESS_TOKEN, fakeKey } from '../fakes/new-api.ts';
import {
  apply,
  importNow,
  must,
  never,
  opened,
  planOf,
  recordsOf,
  RELAY_KEY,
  scene,
  SECOND_KEY,
  type Scene,
  planDialog,
} from './scene';

const DRAFT_SECRETS = {
  headers: { 'X-Draft': 'draft-header-secret' },
  proxyUrl: 'http://user:draft-proxy-secret@127.0.0.1:9',
};

const secretsOf = ({ proxy }: Scene): string[] => [
  RELAY_KEY.slice(3),
  SECOND_KEY.slice(3),
  proxy.managementKey,
  DEFAULT_ACCESS_TOKEN,
  'sk-other-secret',
  'header-secret',
  'proxy-secret',
  ...proxy.proxyKeys,
];

function expectNoSecret(made: Scene, text: string): void {
  for (const secret of secretsOf(made))
    expect(text.includes(secret), `${secret} in ${text.slice(0, 200)}`).toBe(false);
}

/** All that pages get of one import, from the plan to the undo. */
async function wholeWay(made: Scene, keyId: string): Promise<unknown[]> {
  const { ports, proxy } = made;
  const open = await opened(ports, keyId);
  const draft = { ...open.draft, options: DRAFT_SECRETS };
  const planned = await planDialog(ports, new Map(), keyId, draft);
  const first = await apply(ports, keyId, draft, planOf({ planned }).hash);
  const running = must(await readView(ports));
  await proxy.settled();
  const [record] = await recordsOf(ports);
  const history = must(await readHistory(ports));
  const list = proxy.lists['openai-compatibility'];
  await proxy.setLists('openai-compatibility', [...list.slice(0, -1), { ...list.at(-1), prefix: 'p' }]);
  const undo = await undoImport(ports, record!.id, undefined, never());
  const again = await importNow(ports, keyId);
  const check = await checkConnection(ports, never());
  const { draft: _, ...withoutDraft } = open;
  return [
    withoutDraft,
    planned,
    first,
    running,
    history,
    undo,
    again,
    check,
    must(await readView(ports)),
    must(await readHistory(ports)),
  ];
}

test.each(['device', 'session'] as const)(
  'no key, token, header value or proxy password ever reaches a page (%s)',
  async (remember) => {
    const made = await scene({ remember });
    const account = must(
      await addAccount(made.ports, {
        name: '',
        siteUrl: made.relay.origin,
        accessToken: DEFAULT_ACCESS_TOKEN,
        userId: '2',
      }),
    );
    for (const keyId of [made.keyId, `${account}/2`])
      expectNoSecret(made, JSON.stringify(await wholeWay(made, keyId)));
  },
);

test('a key in the query of a base URL is in no record and on no page', async () => {
  const made = await scene({ remember: 'session' });
  const { draft } = await opened(made.ports, made.keyId);
  const secret = 'FAKE-QUERY-SECRET';
  const odd = { ...draft, baseUrlTyped: true, baseUrl: `${made.relay.origin}/v1?api_key=${secret}` };
  const planned = await planDialog(made.ports, new Map(), made.keyId, odd);
  const applied = await apply(made.ports, made.keyId, odd, planOf({ planned }).hash);
  expect(made.proxy.lists['openai-compatibility'].at(-1)).toMatchObject({ 'base-url': odd.baseUrl });
  const [history, view] = [must(await readHistory(made.ports)), must(await readView(made.ports))];
  expect(JSON.stringify([planned, applied, history, view])).not.toContain(secret);
  expect([...made.device.local.values()].join()).not.toContain(secret);
});

test('in session mode, and for keys that the relay lists masked, the journal and the cards hold no secret either', async () => {
  for (const [remember, ofAccount] of [
    ['session', false],
    ['session', true],
    ['device', true],
  ] as const) {
    const made = await scene({ remember });
    const account = must(
      await addAccount(made.ports, {
        name: '',
        siteUrl: made.relay.origin,
        accessToken: DEFAULT_ACCESS_TOKEN,
        userId: '2',
      }),
    );
    await wholeWay(made, ofAccount ? `${account}/2` : made.keyId);
    expectNoSecret(made, made.device.local.get('journal')!);
    const { cards } = must(await made.ports.saved.read());
    expectNoSecret(made, JSON.stringify(cards));
    expectNoSecret(made, JSON.stringify(must(await made.ports.session.read()).notices));
  }
});

test('keys that were journaled on the device do not stay there when the user keeps keys for the session from then on', async () => {
  const made = await scene({ remember: 'device' });
  await importNow(made.ports, made.keyId);
  must(await saveConnection(made.ports, { address: made.proxy.origin, remember: 'session' }));
  expect(made.device.local.get('journal')).not.toContain(RELAY_KEY.slice(3));
});

test('revealed keys live for the session only', async () => {
  const made = await scene();
  const account = must(
    await addAccount(made.ports, {
      name: '',
      siteUrl: made.relay.origin,
      accessToken: DEFAULT_ACCESS_TOKEN,
      userId: '2',
    }),
  );
  await importNow(made.ports, `${account}/2`);
  expect([...made.device.session.values()].join()).toContain(fakeKey('two', 2));
  expect([...made.device.local.values()].join()).not.toContain(fakeKey('two', 2));
});

test('failures carry no key, also when a server repeats it', async () => {
  const made = await scene();
  const echo = `invalid body: ${RELAY_KEY} ${RELAY_KEY.slice(3)} ${made.proxy.managementKey}`;
  made.proxy.faults.answer = (method) =>
    method === 'PUT' ? { status: 400, body: { error: echo } } : undefined;
  const outcome = await importNow(made.ports, made.keyId);
  expect(outcome).toMatchObject({ failure: { code: 'rejected' } });
  expectNoSecret(
    made,
    JSON.stringify([outcome, must(await readView(made.ports)), must(await readHistory(made.ports))]),
  );
});

test('the key of the relay is sent to the relay and to the proxy, to nobody else', async () => {
  const made = await scene();
  const hosts = new Set<string>();
  const watched = {
    ...made.ports,
    http: {
      send(request: Parameters<typeof made.ports.http.send>[0]) {
        if (JSON.stringify(request).includes(RELAY_KEY.slice(3))) hosts.add(new URL(request.url).host);
        expect(request.url).not.toContain(RELAY_KEY.slice(3));
        return made.ports.http.send(request);
      },
    },
  };
  await importNow(watched, made.keyId);
  expect([...hosts].sort()).toEqual(
    [new URL(made.proxy.origin).host, new URL(made.relay.origin).host].sort(),
  );
});

test('a user and password in a base URL stay out of the journal, and the import is not repeated without them', async () => {
  const made = await scene({ remember: 'session' });
  const bases = new Map();
  const open = await opened(made.ports, made.keyId, bases);
  const baseUrl = open.draft.baseUrl.replace('://', '://user:url-secret@');
  const draft = { ...open.draft, baseUrl, baseUrlTyped: true };
  const planned = await planDialog(made.ports, bases, made.keyId, draft);
  await apply(made.ports, made.keyId, draft, planOf({ planned }).hash);
  expect(made.proxy.lists['openai-compatibility'].at(-1)).toMatchObject({ 'base-url': baseUrl });
  expect(made.device.local.get('journal')).not.toContain('url-secret');
  expect((await recordsOf(made.ports))[0]).toMatchObject({ draftTrimmed: true });
});
