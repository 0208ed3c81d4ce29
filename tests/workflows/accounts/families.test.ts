import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { switchKey } from '../../../src/workflows/accounts/edit-keys';
import { findKey } from '../../../src/workflows/accounts/find-key';
import { addAccount, refreshAccount, refreshAccounts } from '../../../src/workflows/accounts/keep-accounts';
import { revealKey } from '../../../src/workflows/accounts/reveal-key';
import { exchange, recordings } from '../../relays/recordings.ts';
import { startReplayer, type Replayer } from '../../relays/replayer.ts';
import { accountAt, importNow, must, opened, scene } from '../scene';

const TOKEN = 'LabPatPlainFakeKeyFakeKeyFak0002';

/** A recorded One API; it pays no heed to the page parameters of its descendants. */
const oneApi = (): Promise<Replayer> =>
  startReplayer(
    recordings('one-api', ['status', 'self-and-quota', 'keys-list']).filter(
      (step) => step.note !== 'no keys yet',
    ),
    (params) => (params.delete('page'), params.delete('size'), params),
  );

/** A site whose public answers are these, by path; all else is 404. */
async function site(answers: Record<string, unknown>): Promise<string> {
  const server = createServer((request, response) => {
    const body = answers[request.url ?? ''];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(body === undefined ? '404 page not found' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a site is recognised without the token; whole keys of its list live for the session, never on the device', async () => {
  const made = await scene();
  const relay = await oneApi();
  const input = { name: '', siteUrl: relay.origin, accessToken: TOKEN, userId: '' };
  const id = must(await addAccount(made.ports, input));
  const [account] = must(await made.ports.saved.read()).accounts;
  expect(account).toMatchObject({ family: 'one-api', failure: null });
  expect(account!.keys).toHaveLength(14);
  expect(relay.calls[0]).toMatchObject({ path: '/api/status' });
  expect(relay.calls[0]!.headers['authorization']).toBeUndefined();
  expect([...made.device.local.values()].join()).not.toContain('Labkey04FakeKey');
  const key = must(await findKey(made.ports, `${id}/5`));
  expect(key.mask).toBe('sk-Labk…0005');
  const asked = relay.calls.length;
  const text = 'sk-Labkey04FakeKeyFakeKeyFakeKeyFakeKeyFakeKeyF0005';
  expect(must(await revealKey(made.ports, key))).toBe(text);
  expect(relay.calls).toHaveLength(asked);
  must(await made.ports.session.change((document) => void (document.revealed = {})));
  expect(must(await revealKey(made.ports, key))).toBe(text);
});

test('a whole key of a list is kept only if it can be one', async () => {
  const made = await scene();
  const relay = await oneApi();
  const listed = 'Labkey04FakeKeyFakeKeyFakeKeyFakeKeyFakeKeyF0005';
  const http: typeof made.ports.http = {
    async send(request) {
      const reply = await made.ports.http.send(request);
      return reply.ok
        ? { ok: true, value: { ...reply.value, text: reply.value.text.replaceAll(listed, 'abc\\nid\\n') } }
        : reply;
    },
  };
  const input = { name: '', siteUrl: relay.origin, accessToken: TOKEN, userId: '' };
  const id = must(await addAccount({ ...made.ports, http }, input));
  const { revealed } = must(await made.ports.session.read());
  expect(Object.keys(revealed)).toContain(`${id}/4`);
  expect(Object.keys(revealed)).not.toContain(`${id}/5`);
  const key = must(await findKey(made.ports, `${id}/5`));
  expect(await revealKey({ ...made.ports, http }, key)).toMatchObject({
    failure: { code: 'key-unrevealed' },
  });
});

test.each([
  [
    'a Sub2API site has no lasting token',
    {
      '/api/v1/settings/public': {
        code: 0,
        message: 'success',
        data: { site_name: 'Sub', version: '0.1.1' },
      },
    },
    'no-lasting-token',
  ],
  [
    'a Veloera site wants the user id',
    {
      '/api/status': {
        success: true,
        message: '',
        data: { system_name: 'V', quota_per_unit: 1, check_in_enabled: true },
      },
    },
    'user-id-needed',
  ],
  ['any other site is none that is known', { '/api/status': { hello: 'world' } }, 'not-new-api'],
] as const)('%s: said before the token is sent', async (_name, answers, code) => {
  const made = await scene();
  const siteUrl = await site(answers);
  must(await addAccount(made.ports, { name: '', siteUrl, accessToken: TOKEN, userId: '' }));
  expect(must(await made.ports.saved.read()).accounts[0]!.failure).toMatchObject({ code });
});

test('a site that has become another kind is recognised anew', async () => {
  const made = await scene();
  const id = must(await accountAt(made));
  const siteUrl = await site({
    '/api/v1/settings/public': { code: 0, message: 'success', data: { site_name: 'Sub', version: '0.1.1' } },
  });
  must(await made.ports.saved.change((document) => void (document.accounts[0]!.siteUrl = siteUrl)));
  expect(await refreshAccount(made.ports, id)).toMatchObject({ failure: { code: 'no-lasting-token' } });
  const [account] = must(await made.ports.saved.read()).accounts;
  expect(account).toMatchObject({ failure: { code: 'no-lasting-token' } });
  expect(account!.keys).toHaveLength(2);
});

describe('the account of a Sub2API site, taken from its signed-in page', () => {
  const sub2api = async (models: string[]) => {
    const made = await scene();
    const all = recordings('sub2api', ['public', 'auth', 'keys']);
    const refused = exchange(all, 'GET', '/api/v1/auth/me', 'not a JWT');
    const steps = [
      ...all.filter(({ note }) => note !== 'no keys yet'),
      // Every other call is refused alike (source of Sub2API, jwt_auth.go).
      { ...refused, request: { ...refused.request, path: '/api/v1/keys/1' } },
    ];
    const relay = await startReplayer(steps, undefined, models);
    const login = {
      name: '',
      siteUrl: relay.origin,
      accessToken: 'lab.jwt.plain',
      userId: '2',
      shortLived: true,
    };
    const id = must(await addAccount(made.ports, login));
    return { ...made, relay, login, id };
  };
  const accountOf = async ({ ports }: Awaited<ReturnType<typeof sub2api>>) =>
    must(await ports.saved.read()).accounts;

  test('has all its keys with group and platform, and what is left; no whole key stays on the device', async () => {
    const made = await sub2api([]);
    const [account] = await accountOf(made);
    expect(account).toMatchObject({
      name: 'Sub2API',
      family: 'sub2api',
      userId: '2',
      balance: 10,
      failure: null,
    });
    expect(account!.keys).toHaveLength(23);
    expect(account!.keys[0]).toMatchObject({ group: 'lab openai', platform: 'openai', name: 'key-23' });
    expect([...made.device.local.values()].join()).not.toContain('FakeKeyFak0023');
  });

  test('gives the text of a key also after the browser was closed, and it goes to the list of its platform', async () => {
    const made = await sub2api(['gpt-5.2', 'gpt-5.2-codex']);
    must(await made.ports.session.change((document) => void (document.revealed = {})));
    const open = await opened(made.ports, `${made.id}/1`);
    expect([open.draft.list, open.reason]).toEqual(['codex-api-key', 'platform']);
    expect(await importNow(made.ports, `${made.id}/1`)).toMatchObject({ kind: 'proved' });
    expect(made.proxy.lists['codex-api-key']).toMatchObject([
      { 'api-key': 'sk-Labkey01FakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFak0001' },
    ]);
  });

  test('keeps its keys when that login has ended, says so, and goes on with the next one', async () => {
    const made = await sub2api([]);
    must(await made.ports.saved.change(({ accounts: [first] }) => void (first!.accessToken = 'nonsense')));
    made.relay.calls.length = 0;
    expect(await refreshAccount(made.ports, made.id)).toMatchObject({ failure: { code: 'login-ended' } });
    expect(await accountOf(made)).toMatchObject([{ failure: { code: 'login-ended' }, keys: { length: 23 } }]);
    must(await made.ports.session.change((document) => void (document.revealed = {})));
    const key = must(await findKey(made.ports, `${made.id}/1`));
    expect(await revealKey(made.ports, key)).toMatchObject({ failure: { code: 'login-ended' } });
    expect(await switchKey(made.ports, key.id, false)).toMatchObject({
      failure: { code: 'login-ended' },
    });
    const asked = made.relay.calls.length;
    must(await made.ports.saved.change(({ accounts: [first] }) => void (first!.refreshedAt = 0)));
    await refreshAccounts(made.ports, true);
    expect(made.relay.calls).toHaveLength(asked);
    expect(must(await addAccount(made.ports, { ...made.login, renew: true }))).toBe(made.id);
    expect(await accountOf(made)).toMatchObject([
      { id: made.id, failure: null, accessToken: 'lab.jwt.plain' },
    ]);
    // The refresh token of the page is never used: that would end the page's own login.
    expect(made.relay.calls.filter(({ path }) => path.includes('refresh'))).toEqual([]);
  });
});
