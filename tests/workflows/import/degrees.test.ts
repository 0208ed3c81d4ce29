import { describe, expect, test } from 'vitest';
import type { Card } from '../../../src/core/cliproxyapi/card';
import type { ListName } from '../../../src/core/cliproxyapi/lists/list-traits';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { openBatch } from '../../../src/workflows/batch/open-batch';
import { importBatch } from '../../../src/workflows/batch/import-batch';
import { readView } from '../../../src/workflows/view/read-view';
import { BATCH_DEFAULTS } from '../../../src/core/batch/batch';
import type { Account } from '../../../src/storage/schema';
import {
  accountAt,
  apply,
  importNow,
  must,
  never,
  noticesOf,
  opened,
  planDialog,
  planOf,
  recordsOf,
  RELAY_KEY,
  scene,
  type Scene,
} from '../scene';

const shown = async ({ ports }: Scene, keyId: string): Promise<Card | null | undefined> =>
  must(await readView(ports)).keys.find(({ id }) => id === keyId)?.card;

/** A key of an account whose text is known here, and what the relay says of it meanwhile. */
async function withAccount(state: (account: Account) => void): Promise<Scene> {
  const made = await scene();
  const accountId = must(await accountAt(made));
  const keyId = `${accountId}/1`;
  must(
    await made.ports.session.change(({ revealed }) => {
      revealed[keyId] = RELAY_KEY;
    }),
  );
  await change(made, state);
  return { ...made, keyId };
}

const change = async ({ ports }: Scene, state: (account: Account) => void): Promise<unknown> =>
  must(
    await ports.saved.change(({ accounts: [account] }) => {
      if (account) state(account);
    }),
  );

const ofKeys =
  (more: object) =>
  ({ keys }: Account): void =>
    keys.forEach((key) => Object.assign(key, more));

const TROUBLES: [string, (account: Account) => void, string][] = [
  ['off', ofKeys({ status: 2 }), 'key-disabled'],
  ['expired', ofKeys({ expiredTime: 1 }), 'key-expired'],
  ['used up', ofKeys({ unlimitedQuota: false, remainQuota: 0 }), 'key-used-up'],
  ['without a balance', (account) => void (account.balance = 0), 'key-no-balance'],
];

describe.each(TROUBLES)('a key that is %s at its relay', (_what, state, reason) => {
  test('is registered and not called served: on the card, in the toast, in History, in a batch', async () => {
    const made = await withAccount(state);
    await importNow(made.ports, made.keyId);
    expect(await shown(made, made.keyId)).toMatchObject({ served: 0, total: 3, missing: [{ reason }] });
    expect(await noticesOf(made.ports)).toMatchObject([{ kind: 'partly', served: 0, total: 3, reason }]);
    expect(await recordsOf(made.ports)).toMatchObject([{ phase: 'done', served: 0, total: 3 }]);
    const batches = new Map();
    const order = { batchId: 'b', keyIds: [made.keyId] };
    const { hash } = must(await openBatch(made.ports, batches, order, never()));
    const batch = { batchId: 'b', batch: batches.get('b'), options: BATCH_DEFAULTS, hash, signal: never() };
    expect(await importBatch(made.ports, batch)).toMatchObject({ kind: 'done', served: 0, total: 1 });
  });

  test('is so when that comes later, and served again when it is put right', async () => {
    const made = await withAccount(() => undefined);
    await importNow(made.ports, made.keyId);
    expect(await shown(made, made.keyId)).toMatchObject({ served: 3, missing: [] });
    const before = structuredClone(must(await made.ports.saved.read()).accounts[0]);
    await change(made, state);
    expect(await shown(made, made.keyId)).toMatchObject({ served: 0, missing: [{ reason }] });
    await change(made, (account) => Object.assign(account, before));
    expect(await shown(made, made.keyId)).toMatchObject({ served: 3, missing: [] });
  });
});

test('a request that got through after the relay was asked is worth more than what the relay said', async () => {
  const made = await withAccount((account) => Object.assign(account, { balance: 0, refreshedAt: 1 }));
  const open = await opened(made.ports, made.keyId);
  await apply(made.ports, made.keyId, { ...open.draft, tryChat: true }, planOf(open).hash);
  expect(await shown(made, made.keyId)).toMatchObject({ served: 3, chats: { answered: 3 } });
  await change(made, (account) => void (account.refreshedAt = made.clock.now() + 1));
  expect(await shown(made, made.keyId)).toMatchObject({ served: 0 });
});

test('a model outside the limits of the key is registered and not called served', async () => {
  const made = await withAccount(() => undefined);
  const open = await opened(made.ports, made.keyId);
  await change(made, ofKeys({ models: ['gpt-4o'] }));
  await apply(made.ports, made.keyId, open.draft, planOf(open).hash);
  const card = await shown(made, made.keyId);
  expect(card).toMatchObject({ served: 1, total: 3 });
  expect(card?.kind === 'proved' && card.missing.map(({ reason }) => reason)).toEqual(['barred', 'barred']);
});

/** Imports a key of a relay of that software into a list. */
async function into(relay: 'sub2api' | undefined, list: ListName, tryChat: boolean) {
  const made = await scene();
  const address = made.relay.origin.replace('127.0.0.1', 'localhost');
  const keyId = must(
    await addKey(made.ports, {
      relayName: 'By hand',
      baseUrl: address,
      key: RELAY_KEY,
      ...(relay && { relay }),
    }),
  );
  const bases = new Map();
  const draft = { ...(await opened(made.ports, keyId, bases)).draft, list, tryChat };
  const baseUrl = list === 'claude-api-key' ? address : `${address}/v1`;
  const planned = await planDialog(made.ports, bases, keyId, { ...draft, baseUrl });
  const plan = planOf({ planned });
  await apply(made.ports, keyId, { ...draft, baseUrl }, plan.hash);
  return { made, plan, card: await shown(made, keyId) };
}

test('a list that the relay does not speak is warned of, and nothing is called served', async () => {
  const { made, plan, card } = await into('sub2api', 'openai-compatibility', false);
  expect(plan).toMatchObject({
    onlyAdds: false,
    notices: [{ kind: 'unspoken', list: 'openai-compatibility' }],
  });
  expect(card).toMatchObject({
    served: 0,
    total: 3,
    missing: [{ reason: 'unspoken' }, { reason: 'unspoken' }, { reason: 'unspoken' }],
  });
  expect(await recordsOf(made.ports)).toMatchObject([{ served: 0, total: 3 }]);
});

test('a real request proves a list that the relay was thought not to speak', async () => {
  const { card } = await into('sub2api', 'openai-compatibility', true);
  expect(card).toMatchObject({ served: 3, total: 3, missing: [], chats: { answered: 3 } });
});

test('where nobody knows whether the relay speaks the list, that is said instead of "served"', async () => {
  const { made, plan, card } = await into(undefined, 'claude-api-key', false);
  expect(plan).toMatchObject({ onlyAdds: false, notices: [{ kind: 'unsure', list: 'claude-api-key' }] });
  expect(card).toMatchObject({ unsure: true, total: 3 });
  expect(await noticesOf(made.ports)).toMatchObject([{ kind: 'listed', unsure: true }]);
  expect(await recordsOf(made.ports)).toMatchObject([{ phase: 'done', served: null }]);
});

test('chat completions are taken for granted elsewhere than at Sub2API', async () => {
  const { plan, card } = await into(undefined, 'openai-compatibility', false);
  expect(plan.notices).toEqual([]);
  expect(card).toMatchObject({ served: 3, total: 3 });
  expect(card).not.toHaveProperty('unsure');
});
