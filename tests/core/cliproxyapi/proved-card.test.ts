import { expect, test } from 'vitest';
import {
  heldBack,
  keepUndo,
  provedCard,
  provedNotice,
  recordedProof,
  type ProvedCard,
} from '../../../src/core/cliproxyapi/proved-card';
import { isServedWhole } from '../../../src/core/cliproxyapi/proved-card';
import { unasked, type Proof } from '../../../src/core/cliproxyapi/verdict';

const SUBJECT = {
  importId: 'i',
  list: 'openai-compatibility' as const,
  providerName: 'Relay',
  root: 'http://localhost:8317',
  at: 1,
};
const cardOf = (proof: Partial<Proof>, more: Partial<ProvedCard> = {}): ProvedCard =>
  provedCard({ basis: 'registry', models: [], ...proof }, { ...SUBJECT, ...more });
const models = (served: number, of: number): Proof['models'] =>
  Array.from({ length: of }, (_, at) => ({
    name: `m${at}`,
    alias: `m${at}`,
    served: at < served,
    ...(at >= served && { reason: 'hidden' as const, by: 'other' }),
  }));

test('a card counts what is served and names at most fifty models that are not', () => {
  const card = cardOf({ models: models(2, 60) });
  expect(card).toMatchObject({ kind: 'proved', served: 2, total: 60, basis: 'registry', ...SUBJECT });
  expect(card.missing).toHaveLength(50);
  expect(card.missing[0]).toEqual({ name: 'm2', alias: 'm2', reason: 'hidden', by: 'other' });
});

test('what was not asked is neither served nor refused', () => {
  const card = provedCard(unasked([{ name: 'm', alias: 'a' }]), SUBJECT);
  expect(card).toMatchObject({ served: 0, total: 1, basis: 'none' });
  expect(card.missing).toEqual([{ name: 'm', alias: 'a', reason: 'unknown' }]);
});

test.each<[string, Partial<ProvedCard>, boolean]>([
  ['all of its models by the registry', {}, true],
  ['some', { served: 1 }, false],
  ['none expected', { served: 0, total: 0 }, false],
  ['by the public list only', { basis: 'listed' }, false],
  ['those of its provider only', { keyOnly: true }, false],
])('a key is served whole: %s', (_name, more, whole) => {
  expect(isServedWhole({ ...cardOf({ models: models(2, 2) }), ...more })).toBe(whole);
});

test('an import that wrote nothing leaves the earlier one to be undone, at the same proxy', () => {
  const before = cardOf({}, { importId: 'earlier' });
  const nothing = cardOf({}, { importId: '' });
  expect(keepUndo(nothing, before).importId).toBe('earlier');
  expect(keepUndo(nothing, { ...before, root: 'http://elsewhere' }).importId).toBe('');
  expect(keepUndo(nothing, undefined).importId).toBe('');
  expect(keepUndo(cardOf({}), before).importId).toBe('i');
});

test('a record counts as served only what the registry tells of every key', () => {
  const [one, two] = [cardOf({ models: models(1, 2) }), cardOf({ models: models(3, 3) })];
  expect(recordedProof([one, two])).toEqual({ served: 4, total: 5 });
  expect(recordedProof([one, { ...two, basis: 'listed' }])).toEqual({ served: null, total: 5 });
});

test('while the relay refuses the key nothing is told as served, and what CLIProxyAPI refuses stays the reason', () => {
  const told = heldBack(cardOf({ models: models(2, 3) }), 'key-expired');
  expect(told).toMatchObject({ served: 0, total: 3, missing: [{ reason: 'key-expired' }] });
  expect(isServedWhole(told)).toBe(false);
  expect(recordedProof([told])).toEqual({ served: 0, total: 3 });
  const none = cardOf({ models: models(0, 3) });
  expect(heldBack(none, 'key-expired')).toBe(none);
});

test('where the relay may not speak the list, nothing is said to be served', () => {
  const card = cardOf({ models: models(2, 2) }, { unsure: true });
  expect(isServedWhole(card)).toBe(false);
  expect(recordedProof([card])).toEqual({ served: null, total: 2 });
  expect(provedNotice(card)).toMatchObject({ kind: 'listed', total: 2, unsure: true });
});

test('a toast says that each model answered a request', () => {
  const chats = { tried: 2, answered: 2, byOther: 0, byUnknown: 0, failed: null };
  const all = cardOf({ models: models(2, 2) }, { chats });
  expect(provedNotice(all)).toMatchObject({ kind: 'served', byRequest: true });
  expect(provedNotice({ ...all, chats: { ...chats, answered: 1 } })).not.toHaveProperty('byRequest');
});

test('a toast says the first reason, or that all are served, or only listed', () => {
  expect(provedNotice(cardOf({ models: models(1, 2) }))).toEqual({
    kind: 'partly',
    served: 1,
    total: 2,
    importId: 'i',
    reason: 'hidden',
    by: 'other',
  });
  expect(provedNotice(cardOf({ models: models(2, 2) }, { keyOnly: true }))).toEqual({
    kind: 'served',
    served: 2,
    total: 2,
    importId: 'i',
    keyOnly: true,
  });
  expect(provedNotice(cardOf({ basis: 'listed', models: models(2, 2) }))).toEqual({
    kind: 'listed',
    total: 2,
    importId: 'i',
  });
});
