import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planBatchEdit, type BatchChange } from '../../../src/core/channels/batch-edit';
import { splitList } from '../../../src/core/channels/compare';
import { anyList, channel } from './channels';

const two = [
  channel({ id: 1, group: 'default,vip' }),
  channel({ id: 2, group: 'vip', tag: 'x', priority: 5 }),
];
const fieldsOf = (change: BatchChange) =>
  planBatchEdit(two, change).edits.map(({ channel: { id }, fields }) => [id, fields]);

test.each<[BatchChange, unknown]>([
  [{ priority: 5 }, [[1, { priority: 5 }]]],
  [{ tag: '' }, [[2, { tag: '' }]]],
  [
    { groups: { how: 'add', names: ['vip', 'new'] } },
    [
      [1, { group: 'default,vip,new' }],
      [2, { group: 'vip,new' }],
    ],
  ],
  [{ groups: { how: 'set', names: ['vip', 'default'] } }, [[2, { group: 'vip,default' }]]],
  [{}, []],
])('%o writes only what differs', (change, edits) => {
  expect(fieldsOf(change)).toEqual(edits);
});

test('a channel that would be left in no group is left alone, whatever else is asked', () => {
  const plan = planBatchEdit(two, { groups: { how: 'take', names: ['vip'] }, weight: 3 });
  expect(plan.groupless.map(({ id }) => id)).toEqual([2]);
  expect(plan.edits.map(({ fields }) => fields)).toEqual([{ group: 'default', weight: 3 }]);
});

test('each channel is in one part of the plan, with all that it needs to be put back, and in a group', () => {
  const how = fc.constantFrom('set' as const, 'add' as const, 'take' as const);
  const names = fc.uniqueArray(fc.constantFrom('default', 'vip', 'new'), { maxLength: 3 });
  const change = fc.record(
    { groups: fc.record({ how, names }), priority: fc.integer() },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(anyList, change, (list, wanted) => {
      const { edits, same, groupless } = planBatchEdit(list, wanted);
      const ids = [...edits.map((edit) => edit.channel.id), ...[...same, ...groupless].map(({ id }) => id)];
      expect(ids.toSorted((a, b) => a - b)).toEqual(list.map(({ id }) => id).toSorted((a, b) => a - b));
      for (const { channel: before, fields, seen } of edits) {
        expect(Object.keys(seen).toSorted()).toEqual(['name', ...Object.keys(fields)].toSorted());
        expect(splitList(fields.group ?? before.group)).not.toEqual([]);
      }
    }),
  );
});
