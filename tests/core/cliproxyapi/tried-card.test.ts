import { expect, test } from 'vitest';
import type { ChatTally } from '../../../src/core/cliproxyapi/card';
import type { ProvedCard } from '../../../src/core/cliproxyapi/proved-card';
import { heardFrom, sampleOf, triedCard } from '../../../src/core/cliproxyapi/tried-card';
import type { NotServedReason } from '../../../src/core/cliproxyapi/verdict';

const models = ['a', 'b', 'c', 'd'].map((name) => ({ name, alias: name }));
const card = (
  missing: string[],
  reason: NotServedReason = 'not-listed',
  more: Partial<ProvedCard> = {},
): ProvedCard => ({
  kind: 'proved',
  importId: 'i',
  root: '',
  at: 1,
  providerName: 'p',
  list: 'openai-compatibility',
  basis: 'registry',
  served: models.length - missing.length,
  total: models.length,
  missing: missing.map((name) => ({ name, alias: name, reason })),
  ...more,
});
const tally = (more: Partial<ChatTally> = {}): ChatTally => ({
  tried: 1,
  answered: 0,
  byOther: 0,
  byUnknown: 0,
  failed: null,
  ...more,
});

test('a key is tried with its first model that is served', () => {
  expect(sampleOf(card([]), models)?.name).toBe('a');
  expect(sampleOf(card(['a', 'b']), models)?.name).toBe('c');
});

test('rather with one that no other provider answers for', () => {
  const provider = (name: string, aliases: string[]) => ({
    name,
    models: aliases.map((alias) => ({ name: alias, alias })),
  });
  const providers = [provider('other', ['a', 'b']), provider('own', ['a', 'b', 'c'])];
  const place = { providers, index: 1, others: [], forcePrefix: false };
  expect(sampleOf(card([]), models, place)?.name).toBe('c');
  expect(sampleOf(card([]), models.slice(0, 2), place)?.name).toBe('a');
});

test('with one that the relay is thought to refuse only where none is served, and with none that is not registered', () => {
  expect(sampleOf(card(['a', 'b', 'c', 'd'], 'key-no-balance'), models)?.name).toBe('a');
  expect(sampleOf(card(['a', 'b', 'c', 'd']), models)).toBeUndefined();
});

test('with none of which a card that names only some missing models does not tell', () => {
  expect(sampleOf(card(['a'], 'not-listed', { served: 1 }), models)).toBeUndefined();
  expect(sampleOf(card(['b'], 'not-listed', { served: 1 }), models)?.name).toBe('a');
});

test('what a request was answered with is served, and how the relay speaks is known', () => {
  const [sample] = models;
  const unsure = card(['a', 'b', 'c', 'd'], 'key-no-balance', { unsure: true });
  const tried = triedCard(unsure, { chats: tally({ answered: 1 }), sample: sample!, at: 5 });
  expect(tried).toMatchObject({ served: 1, at: 5, missing: [{ name: 'b' }, { name: 'c' }, { name: 'd' }] });
  expect(tried).not.toHaveProperty('unsure');
});

test('a request that failed is told and changes nothing else', () => {
  const chats = tally({ failed: { alias: 'a', at: 'relay', status: 403 } });
  const before = card([], 'not-listed', { unsure: true });
  expect(triedCard(before, { chats, sample: models[0]!, at: 5 })).toEqual({ ...before, chats, at: 5 });
});

test('a key that answered the request of another counts as proved, and one that answered none does not', () => {
  const byOther = tally({ byOther: 1 });
  expect(heardFrom(byOther, 'k1', new Set(['k1', 'k2']))).toEqual(tally({ answered: 1 }));
  expect(heardFrom(byOther, 'k1', new Set(['k2']))).toEqual(byOther);
  expect(heardFrom(byOther, undefined, new Set(['k2']))).toEqual(byOther);
  expect(heardFrom(tally(), 'k1', new Set(['k1']))).toEqual(tally());
});
