import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fieldsOf, type ChannelFields } from '../../../src/core/channels/channel';
import { decideChannelUndo } from '../../../src/core/channels/decide-undo';
import { channel } from './channels';

const shown = channel({ id: 7, name: 'mine', models: 'a,b', priority: 5 });
const made = { before: null, after: fieldsOf(shown), foundBy: null };
const edited = { before: { priority: 0 }, after: { priority: 5 }, foundBy: null };

test.each<[string, Parameters<typeof decideChannelUndo>[0], object]>([
  ['a channel that we made is deleted', made, { kind: 'delete', lost: [], unsure: false }],
  [
    'fields that we changed get their former values',
    edited,
    { kind: 'restore', before: { priority: 0 }, lost: [], unsure: false },
  ],
  ['fields that have them already are left alone', { ...edited, before: { priority: 5 } }, { kind: 'none' }],
  [
    'what others changed since would be lost',
    { ...edited, after: { priority: 3 } },
    { kind: 'restore', lost: [{ field: 'priority', from: '3', to: '5' }] },
  ],
  [
    'a channel that others changed is deleted with that',
    { ...made, after: { ...fieldsOf(shown), models: 'a' } },
    { kind: 'delete', lost: [{ field: 'models', from: 'a', to: 'a,b' }] },
  ],
  [
    'all of a channel that may be somebody else’s would be lost',
    { ...made, foundBy: 'list' },
    { kind: 'delete', unsure: true },
  ],
])('%s', (_name, record, step) => {
  expect(decideChannelUndo(record, shown)).toMatchObject(step);
});

test('of a channel that may be somebody else’s every field that says something is named', () => {
  const step = decideChannelUndo({ ...made, foundBy: 'list' }, shown);
  expect(step.kind !== 'none' && step.lost.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['name', 'models', 'priority']),
  );
});

test('nothing is lost exactly where the touched fields are as we left them', () => {
  const value = fc.record({
    priority: fc.nat({ max: 2 }),
    weight: fc.nat({ max: 2 }),
    tag: fc.constantFrom('', 'x'),
  });
  const touched = fc.subarray(['priority', 'weight', 'tag'] as const, { minLength: 1 });
  const only = (fields: Partial<ChannelFields>, names: readonly string[]): Partial<ChannelFields> =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
  fc.assert(
    fc.property(value, value, value, touched, (was, left, now, names) => {
      const step = decideChannelUndo(
        { before: only(was, names), after: only(left, names), foundBy: null },
        channel({ id: 7, ...now }),
      );
      const equal = (fields: Partial<ChannelFields>): boolean =>
        JSON.stringify(only(now, names)) === JSON.stringify(only(fields, names));
      expect(step.kind === 'none').toBe(equal(was));
      if (step.kind !== 'none') expect(step.lost.length === 0).toBe(equal(left));
    }),
  );
});
