import { describe, expect, test } from 'vitest';
import {
  changeKey,
  createKey,
  deleteKey,
  labelKey,
  newKeyForm,
  switchKey,
} from '../../../src/workflows/accounts/edit-keys';
import { findKey } from '../../../src/workflows/accounts/find-key';
import { fail, type Result } from '../../../src/core/failures/result';
import { refreshAccount, removeAccount } from '../../../src/workflows/accounts/keep-accounts';
import { recogniseSite } from '../../../src/workflows/accounts/read-account';
import { callRelay } from '../../../src/workflows/accounts/relay-waits';
import { readView } from '../../../src/workflows/view/read-view';
import { revealKey } from '../../../src/workflows/accounts/reveal-key';
import { DEFAULT_ACCESS_TOKEN, fakeKey } from '../../fakes/new-api.ts';
import { accountAt, deny, must, nextLife, scene, type Scene } from '../scene';

const viewOf = async ({ ports }: Scene) => must(await readView(ports));
const keyOf = async (made: Scene, id: string) => (await viewOf(made)).keys.find((key) => key.id === id);

async function withAccount(): Promise<Scene & { accountId: string }> {
  const made = await scene();
  return { ...made, accountId: must(await accountAt(made)) };
}

describe('a key at the relay', () => {
  test('is made with a name, a limit in the currency of the relay and an end, and is listed at once', async () => {
    const made = await withAccount();
    const expiresAt = Date.UTC(2030, 0, 1);
    const keyId = must(
      await createKey(made.ports, made.accountId, {
        name: ' New one ',
        group: '',
        amount: 2.5,
        expiresAt,
        models: ['gpt-4o'],
      }),
    );
    expect(await keyOf(made, keyId)).toMatchObject({
      name: 'New one',
      amount: { kind: 'left', left: { value: 2.5, symbol: '$' } },
      expiresAt,
      status: 'enabled',
    });
    expect(made.relay.keys.find(({ name }) => name === 'New one')).toMatchObject({
      remainQuota: 1_250_000,
      unlimitedQuota: false,
      expiredTime: expiresAt / 1000,
      modelLimitsEnabled: true,
      modelLimits: 'gpt-4o',
    });
  });

  test('is changed in what was changed, and in nothing else', async () => {
    const made = await withAccount();
    const keyId = `${made.accountId}/2`;
    const key = made.relay.keys.find(({ id }) => id === 2)!;
    Object.assign(key, { allowIps: '10.0.0.1', group: 'vip', remainQuota: 7, unlimitedQuota: false });
    const before = { ...key };
    const expiresAt = Date.UTC(2030, 0, 1);
    must(await changeKey(made.ports, keyId, { expiresAt, models: ['gpt-4o'] }));
    const limited = { expiredTime: expiresAt / 1000, modelLimitsEnabled: true, modelLimits: 'gpt-4o' };
    expect(key).toEqual({ ...before, ...limited });
    must(await changeKey(made.ports, keyId, { amount: 2, name: ' Day ' }));
    expect(key).toEqual({ ...before, ...limited, remainQuota: 1_000_000, name: 'Day' });
    expect(await keyOf(made, keyId)).toMatchObject({ name: 'Day', limits: ['gpt-4o'], expiresAt });
    must(await changeKey(made.ports, keyId, { amount: null, models: null, expiresAt: null }));
    expect(await keyOf(made, keyId)).toMatchObject({
      amount: { kind: 'unlimited' },
      limits: null,
      expiresAt: null,
      group: 'vip',
    });
  });

  test('without a limit and an end has neither', async () => {
    const made = await withAccount();
    must(
      await createKey(made.ports, made.accountId, {
        name: 'n',
        group: '',
        amount: null,
        expiresAt: null,
        models: null,
      }),
    );
    expect(made.relay.keys.find(({ name }) => name === 'n')).toMatchObject({
      unlimitedQuota: true,
      expiredTime: -1,
    });
  });

  test('can be given what the family has: groups are asked for', async () => {
    const made = await withAccount();
    const form = must(await newKeyForm(made.ports, made.accountId));
    expect(form).toMatchObject({
      options: ['group', 'quota', 'expiry', 'models'],
      nameBytes: 50,
      symbol: '$',
    });
    expect(form.groups.map(({ id }) => id)).toContain('default');
  });

  test('is switched off and on with all else of it left alone', async () => {
    const made = await withAccount();
    const before = structuredClone(made.relay.keys.find(({ id }) => id === 2)!);
    must(await switchKey(made.ports, `${made.accountId}/2`, false));
    expect(await keyOf(made, `${made.accountId}/2`)).toMatchObject({ status: 'disabled' });
    must(await switchKey(made.ports, `${made.accountId}/2`, true));
    expect(made.relay.keys.find(({ id }) => id === 2)).toEqual(before);
    expect(await keyOf(made, `${made.accountId}/2`)).toMatchObject({ status: 'enabled' });
  });

  test('is deleted there and gone here, with what was kept of it', async () => {
    const made = await withAccount();
    const keyId = `${made.accountId}/2`;
    must(await revealKey(made.ports, must(await findKey(made.ports, keyId))));
    must(await labelKey(made.ports, keyId, { name: 'Mine', note: 'a note' }));
    must(await deleteKey(made.ports, keyId));
    expect(made.relay.keys.map(({ id }) => id)).toEqual([1]);
    expect(await keyOf(made, keyId)).toBeUndefined();
    expect(must(await made.ports.saved.read()).labels).toEqual({});
    expect(made.device.session.get('keyferry')).not.toContain(fakeKey('two', 2));
  });

  test.each([
    ['no permission', (made: Scene) => void deny(made.device, made.relay.origin), 'relay-permission'],
    ['a refused token', (made: Scene) => void (made.relay.faults.status = { '/api': 401 }), 'token-refused'],
    ['a site that is gone', (made: Scene) => made.relay.stop(), 'relay-unreachable'],
  ])('that cannot be changed says why: %s', async (_name, spoil, code) => {
    const made = await withAccount();
    await spoil(made);
    const failure = { ok: false, failure: expect.objectContaining({ code }) as unknown };
    expect(await switchKey(made.ports, `${made.accountId}/2`, false)).toEqual(failure);
    expect(await deleteKey(made.ports, `${made.accountId}/2`)).toEqual(failure);
    expect(await newKeyForm(made.ports, made.accountId)).toEqual(failure);
  });

  test('of no account, and an account that is gone, are told apart from the rest', async () => {
    const made = await withAccount();
    const gone = { failure: { code: 'unknown-item' } };
    expect(await switchKey(made.ports, made.keyId, false)).toMatchObject(gone);
    expect(await deleteKey(made.ports, 'nobody')).toMatchObject(gone);
    expect(await newKeyForm(made.ports, 'nobody')).toMatchObject(gone);
  });
});

describe('a name of the user', () => {
  test('stands for that of the relay, also after the list was read anew, and the relay is not told', async () => {
    const made = await withAccount();
    const keyId = `${made.accountId}/2`;
    must(await labelKey(made.ports, keyId, { name: ' Night ', note: 'for the cron job ' }));
    must(await refreshAccount(made.ports, made.accountId));
    expect(await keyOf(made, keyId)).toMatchObject({
      name: 'Night',
      listedName: 'two',
      note: 'for the cron job',
    });
    expect(made.relay.keys.find(({ id }) => id === 2)).toMatchObject({ name: 'two' });
    must(await labelKey(made.ports, keyId, { name: '', note: '' }));
    expect(await keyOf(made, keyId)).toMatchObject({ name: 'two', note: '' });
  });
});

describe('the reveals that a site counts', () => {
  const many = Array.from({ length: 17 }, (_, index) => ({
    id: index + 1,
    name: `k${index}`,
    key: fakeKey('k', index),
  }));

  test('are spent up to what is left to the user for signing in, and shown', async () => {
    const made = await scene({ relay: { keys: many } });
    const accountId = must(await accountAt(made));
    const reveal = async (id: number, ports = made.ports) =>
      revealKey(ports, must(await findKey(ports, `${accountId}/${id}`)));
    const shown = async () => (await viewOf(made)).accounts[0]!.reveals;
    expect(await shown()).toEqual({ left: 15, most: 15, until: null });
    for (let id = 1; id <= 15; id++) must(await reveal(id));
    expect(await shown()).toMatchObject({ left: 0, until: expect.any(Number) as number });
    const asked = made.relay.requests.length;
    expect(await reveal(16)).toMatchObject({ failure: { code: 'reveal-wait' } });
    expect(await reveal(16, nextLife(made))).toMatchObject({ failure: { code: 'reveal-wait' } });
    expect(made.relay.requests.length).toBe(asked);
    const later = { ...made.ports, clock: { ...made.clock, now: () => made.clock.now() + 21 * 60_000 } };
    expect(await reveal(16, later)).toMatchObject({ ok: true });
  });

  test('are not spent on calls that are not made, and outlive the browser', async () => {
    const made = await scene({ relay: { keys: many } });
    const accountId = must(await accountAt(made));
    const reveal = async (id: number) =>
      revealKey(made.ports, must(await findKey(made.ports, `${accountId}/${id}`)));
    const left = async () => (await viewOf(made)).accounts[0]!.reveals!.left;
    deny(made.device, made.relay.origin);
    expect(await reveal(1)).toMatchObject({ failure: { code: 'relay-permission' } });
    expect(await left()).toBe(15);
    made.device.denied.clear();
    must(await reveal(1));
    made.device.session.clear();
    expect((await readView(nextLife(made))).ok && (await left())).toBe(14);
  });

  test('that are used up by others are waited for, and the list is read all the same', async () => {
    const made = await scene({ relay: { keys: many } });
    const accountId = must(await accountAt(made));
    made.relay.faults.status = { '/api/token/1/key': 429 };
    const key = must(await findKey(made.ports, `${accountId}/1`));
    expect(await revealKey(made.ports, key)).toMatchObject({ failure: { code: 'reveal-wait' } });
    made.relay.faults.status = {};
    const asked = made.relay.requests.length;
    expect(await revealKey(made.ports, key)).toMatchObject({ failure: { code: 'reveal-wait' } });
    expect(made.relay.requests.length).toBe(asked);
    expect(await refreshAccount(made.ports, accountId)).toEqual({ ok: true, value: true });
  });
});

test('a site that asks to wait is not asked before, and the other accounts go on', async () => {
  const made = await withAccount();
  made.relay.faults.status = { '/api/token': 429 };
  expect(await refreshAccount(made.ports, made.accountId)).toMatchObject({ failure: { code: 'relay-wait' } });
  made.relay.faults.status = {};
  const asked = made.relay.requests.length;
  const again = await refreshAccount(made.ports, made.accountId);
  expect(again).toMatchObject({ failure: { code: 'relay-wait' } });
  expect(made.relay.requests.length).toBe(asked);
  const later = { ...made.ports, clock: { ...made.clock, now: () => made.clock.now() + 181_000 } };
  expect(await refreshAccount(later, made.accountId)).toEqual({ ok: true, value: true });
});

test.each([99_999_999_999, Infinity, 24 * 3600 + 1])(
  'a wait of %s seconds is one of a day',
  async (seconds) => {
    const made = await withAccount();
    const { origin, host } = new URL(made.relay.origin);
    const asks = (): Promise<Result<true>> =>
      callRelay(made.ports, origin, async () => fail({ code: 'relay-rate-limited', host, seconds }));
    const until = made.clock.now() + 24 * 60 * 60_000;
    expect(await asks()).toMatchObject({ failure: { code: 'relay-wait', until } });
  },
);

test('what a site asked to wait with goes with the last account of it', async () => {
  const made = await withAccount();
  const login = { accessToken: 'another', userId: '3' };
  const other = must(await accountAt(made, login));
  made.relay.faults.status = { '/api/token': 429, '/api/token/1/key': 429 };
  const key = must(await findKey(made.ports, `${made.accountId}/1`));
  expect(await revealKey(made.ports, key)).toMatchObject({ failure: { code: 'reveal-wait' } });
  expect(await refreshAccount(made.ports, made.accountId)).toMatchObject({ failure: { code: 'relay-wait' } });
  made.relay.faults.status = {};
  const waits = async () => Object.keys(must(await made.ports.saved.read()).waits);
  expect(await waits()).toHaveLength(2);
  must(await removeAccount(made.ports, other));
  expect(await waits()).toHaveLength(2);
  must(await removeAccount(made.ports, made.accountId));
  expect(await waits()).toEqual([]);
  const again = must(await accountAt(made));
  expect(must(await made.ports.saved.read()).accounts).toMatchObject([{ id: again, failure: null }]);
  // The site still counts what was revealed.
  expect(Object.values(must(await made.ports.saved.read()).reveals)).toMatchObject([{ length: 1 }]);
});

describe('a site', () => {
  test('is recognised from what it tells everybody, and no credential goes there', async () => {
    const made = await scene();
    expect(await recogniseSite(made.ports, `${made.relay.origin}/console/token`)).toMatchObject({
      value: { family: 'new-api', reason: 'version-header' },
    });
    expect(made.relay.requests.map(({ path }) => path)).toEqual(['/api/status']);
    expect(await recogniseSite(made.ports, 'two words')).toMatchObject({ failure: { code: 'bad-url' } });
    deny(made.device, made.relay.origin);
    expect(await recogniseSite(made.ports, made.relay.origin)).toMatchObject({
      failure: { code: 'relay-permission' },
    });
  });

  test('whose login works keeps it, whatever a tab gives; and an ended one gives way to none that does not work', async () => {
    const made = await withAccount();
    const tokenOf = async () => must(await made.ports.saved.read()).accounts[0]!.accessToken;
    expect(await accountAt(made, { accessToken: 'from-a-tab', renew: true, shortLived: true })).toMatchObject(
      { ok: true },
    );
    expect(await tokenOf()).toBe(DEFAULT_ACCESS_TOKEN);
    await made.ports.saved.change((document) => void (document.accounts[0]!.accessToken = 'ended'));
    expect(await accountAt(made, { accessToken: 'ended-too', renew: true })).toMatchObject({
      failure: { code: 'token-refused' },
    });
    expect(await tokenOf()).toBe('ended');
  });

  test('that is here already takes a new token where one is meant to be renewed', async () => {
    const made = await withAccount();
    await made.ports.saved.change((document) => void (document.accounts[0]!.accessToken = 'ended'));
    await refreshAccount(made.ports, made.accountId);
    expect(await accountAt(made)).toMatchObject({ failure: { code: 'duplicate' } });
    expect(await accountAt(made, { renew: true })).toEqual({ ok: true, value: made.accountId });
    expect(must(await made.ports.saved.read()).accounts).toMatchObject([
      { accessToken: DEFAULT_ACCESS_TOKEN, failure: null },
    ]);
  });
});
