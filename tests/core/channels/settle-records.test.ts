import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsOf, type Channel } from '../../../src/core/channels/channel';
import { isCutOff, settleRecords, type WrittenChannel } from '../../../src/core/channels/settle-records';
import { channel } from './channels';

const NOW = 1_000_000_000;
const LONG_AGO = NOW - 4 * 60_000;

const mine = channel({ id: 7, name: 'mine', models: 'a,b', mapping: '', baseUrl: 'https://r.example' });
const record = (more: Partial<WrittenChannel> = {}): WrittenChannel => ({
  id: 'r1',
  at: LONG_AGO,
  action: 'create',
  phase: 'writing',
  channelId: null,
  above: 6,
  before: null,
  after: fieldsOf(mine),
  ...more,
});
const SWITCH = { action: 'switch', before: {}, after: {}, switched: { from: 'on', to: 'off' } } as const;
const settle = (records: WrittenChannel[], channels: Channel[], more = false) =>
  Object.fromEntries(settleRecords(records, { channels, more }, NOW));

test.each<[string, Partial<WrittenChannel>, boolean]>([
  ['writes for minutes', {}, true],
  ['writes since a moment', { at: NOW - 1000 }, false],
  ['is done', { phase: 'done' }, false],
])('a record that %s', (_name, more, cutOff) => {
  expect(isCutOff(record(more), NOW)).toBe(cutOff);
});

describe('a channel that was being made', () => {
  const found = { phase: 'done', channelId: 7, after: fieldsOf(mine), foundBy: 'list' };
  test.each<[string, Channel[], boolean, object]>([
    ['is the new one with its fields', [channel({ id: 6 }), mine], false, found],
    ['is found in a list that is not whole', [mine], true, found],
    ['is the one whose models are sorted otherwise', [{ ...mine, models: 'b,a' }], false, { channelId: 7 }],
    ['is none that was there before', [{ ...mine, id: 5 }], false, { phase: 'not-written' }],
    ['is none of two', [mine, { ...mine, id: 8 }], false, { phase: 'needs-look' }],
    [
      'may be one that the server keeps otherwise',
      [{ ...mine, name: 'cut' }],
      false,
      { phase: 'needs-look' },
    ],
    ['is not missing from a list that is not whole', [], true, { phase: 'needs-look' }],
    ['is missing', [channel({ id: 6 })], false, { phase: 'not-written' }],
  ])('%s', (_name, channels, more, finding) => {
    expect(settle([record()], channels, more)).toMatchObject({ r1: finding });
  });

  test('is not that of another record, unless its number came again', () => {
    const known = record({ id: 'r0', phase: 'done', channelId: 7 });
    expect(settle([record(), known], [mine])).toEqual({ r1: { phase: 'not-written' } });
    const undone = { ...known, phase: 'undone' as const };
    expect(settle([record(), undone], [mine])).toMatchObject({ r1: { phase: 'done' } });
    const deleted = record({ id: 'r9', action: 'delete', phase: 'done', channelId: 7 });
    expect(settle([record(), deleted, known], [mine])).toMatchObject({ r1: { phase: 'done' } });
  });

  test('is the channel of one record only', () => {
    const findings = Object.values(settle([record({ id: 'a' }), record({ id: 'b' })], [mine]));
    expect(findings.map(({ phase }) => phase)).toEqual(['done', 'not-written']);
  });
});

test.each<[string, Partial<WrittenChannel>, Channel[], boolean, object]>([
  [
    'changed',
    { before: { priority: 0 }, after: { priority: 5 } },
    [channel({ id: 7, priority: 5 })],
    false,
    { phase: 'done', channelId: 7 },
  ],
  [
    'not changed',
    { before: { priority: 0 }, after: { priority: 5 } },
    [channel({ id: 7 })],
    false,
    { phase: 'not-written' },
  ],
  [
    'something else',
    { before: { priority: 0 }, after: { priority: 5 } },
    [channel({ id: 7, priority: 9 })],
    false,
    { phase: 'needs-look' },
  ],
  [
    'not in the list',
    { before: { priority: 0 }, after: { priority: 5 } },
    [],
    false,
    { phase: 'needs-look' },
  ],
  ['deleted', { action: 'delete', after: {} }, [], false, { phase: 'done' }],
  ['perhaps deleted', { action: 'delete', after: {} }, [], true, { phase: 'needs-look' }],
  ['not deleted', { action: 'delete', after: {} }, [channel({ id: 7 })], true, { phase: 'not-written' }],
  ['switched', SWITCH, [channel({ id: 7, state: 'off' })], false, { phase: 'done', channelId: 7 }],
  ['not switched', SWITCH, [channel({ id: 7, state: 'on' })], false, { phase: 'not-written' }],
  ['off by the site', SWITCH, [channel({ id: 7, state: 'auto-off' })], false, { phase: 'needs-look' }],
])('a channel that was to be changed is %s', (_name, more, channels, whole, finding) => {
  expect(settle([record({ action: 'edit', channelId: 7, ...more })], channels, whole)).toEqual({
    r1: finding,
  });
});

test('what is settled or under way is nobody’s business', () => {
  const records = [
    record({ id: 'done', phase: 'done', channelId: 7 }),
    record({ id: 'undone', phase: 'undone' }),
    record({ id: 'now', at: NOW }),
  ];
  expect(settle(records, [mine])).toEqual({});
});

test('no channel is given to two records, and none that was there before to any', () => {
  const records = fc.array(
    fc.record({ above: fc.nat({ max: 4 }), models: fc.constantFrom('a', 'b') }).map(({ above, models }) => ({
      above,
      after: { ...fieldsOf(mine), models },
    })),
    { maxLength: 5 },
  );
  const channels = fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 1, max: 9 }), models: fc.constantFrom('a', 'b', 'c') }),
    { selector: ({ id }) => id, maxLength: 6 },
  );
  fc.assert(
    fc.property(records, channels, fc.boolean(), (some, there, more) => {
      const all = some.map((one, at) => record({ id: `r${at}`, ...one }));
      const list = { channels: there.map((one) => ({ ...mine, ...one })), more };
      const found = [...settleRecords(all, list, NOW)].flatMap(([id, { channelId }]) =>
        typeof channelId === 'number'
          ? [{ channelId, above: all.find((one) => one.id === id)?.above ?? 9 }]
          : [],
      );
      expect(new Set(found.map(({ channelId }) => channelId)).size).toBe(found.length);
      expect(found.every(({ channelId, above }) => channelId > above)).toBe(true);
    }),
  );
});
