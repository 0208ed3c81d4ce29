import { expect, test } from 'vitest';
import { firstProxy, savedAt, sessionAt } from '../../src/storage/at-proxy';
import { SAVED, SESSION } from '../../src/storage/documents';
import { emptySaved, emptySession, FIRST_PROXY } from '../../src/storage/empty';
import { storedDocument, type Slot } from '../../src/storage/stored-document';

const memorySlot = (): Slot => {
  let text: string | undefined;
  return { get: async () => text, set: async (next) => void (text = next) };
};

const card = (at: number) =>
  ({ kind: 'failed', failure: { code: 'cancelled' }, importId: null, root: 'http://x', at }) as const;

async function two() {
  const whole = storedDocument(memorySlot(), SAVED, emptySaved);
  await whole.change(({ proxies }) => void proxies.push({ id: 'nas', connection: null, cards: {} }));
  const [here, there] = [FIRST_PROXY, 'nas'].map((id) => savedAt(whole, async () => id));
  return { whole, here: here!, there: there! };
}

test('each CLIProxyAPI has cards of its own, and all else is shared', async () => {
  const { whole, here, there } = await two();
  await here.change((document) => {
    document.cards['k'] = card(1);
    document.settings.theme = 'dark';
  });
  await there.change(({ cards }) => void (cards['k'] = card(2)));
  expect(await here.read()).toMatchObject({
    value: { cards: { k: { at: 1 } }, elsewhere: [{ k: { at: 2 } }] },
  });
  expect(await there.read()).toMatchObject({
    value: { proxyId: 'nas', cards: { k: { at: 2 } }, settings: { theme: 'dark' } },
  });
  expect(await whole.read()).toMatchObject({
    value: { proxies: [{ cards: { k: { at: 1 } } }, { cards: { k: { at: 2 } } }] },
  });
});

test('a card elsewhere goes with a change made here', async () => {
  const { here, there } = await two();
  await there.change(({ cards }) => void (cards['k'] = card(2)));
  await here.change(({ elsewhere }) => {
    for (const cards of elsewhere) delete cards['k'];
  });
  expect(await there.read()).toMatchObject({ value: { cards: {} } });
});

test('what did not change is the very same object for whoever reads it', async () => {
  const { here } = await two();
  const [one, again] = [await here.read(), await here.read()];
  expect(one.ok && again.ok && one.value === again.value).toBe(true);
});

test('what is changed of a CLIProxyAPI that is gone is dropped, and shared parts are kept', async () => {
  const { whole, there } = await two();
  await whole.change((document) => void (document.proxies = document.proxies.slice(0, 1)));
  expect(await there.read()).toMatchObject({ value: { connection: null, cards: {} } });
  await there.change((document) => {
    document.cards['k'] = card(3);
    document.settings.theme = 'light';
  });
  expect(await whole.read()).toMatchObject({ value: { settings: { theme: 'light' } } });
  expect(JSON.stringify(await whole.read())).not.toContain('"k"');
});

test('the session keeps a key, a rest and the work under way for each', async () => {
  const whole = storedDocument(memorySlot(), SESSION, emptySession);
  const [here, there] = ['first', 'nas'].map((id) => sessionAt(whole, async () => id));
  await here!.change((document) => {
    document.managementKey = 'mk-fake-here';
    document.revealed['k'] = 'sk-fake';
  });
  await there!.change((document) => void (document.quietUntil = 7));
  expect(await here!.read()).toMatchObject({ value: { managementKey: 'mk-fake-here', quietUntil: 0 } });
  expect(await there!.read()).toMatchObject({
    value: { managementKey: null, quietUntil: 7, revealed: { k: 'sk-fake' } },
  });
});

test('work at a CLIProxyAPI that is gone leaves no entry of it in the session', async () => {
  const whole = storedDocument(memorySlot(), SESSION, emptySession);
  const there = sessionAt(whole, async () => 'nas');
  await there.change((document) => void (document.quietUntil = 7));
  await whole.change(({ proxies }) => void delete proxies['nas']);
  await there.change((document) => {
    delete document.running['k'];
    document.revealed['k'] = 'sk-fake';
  });
  expect(await whole.read()).toMatchObject({ value: { proxies: {}, revealed: { k: 'sk-fake' } } });
  const { value } = (await whole.read()) as { value: { proxies: object } };
  expect(value.proxies).toEqual({});
});

test('where none is named the first in the order is meant, also after it was changed', async () => {
  const { whole } = await two();
  const first = firstProxy(whole);
  expect(await first()).toBe(FIRST_PROXY);
  await whole.change(({ proxies }) => void proxies.reverse());
  expect(await first()).toBe('nas');
});
