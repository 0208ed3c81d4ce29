import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { openStored, sealStored, type Migration } from '../../src/storage/migrate';

const schema = v.object({ names: v.array(v.string()), size: v.number() });

/** Synthetic steps: 1 → 2 makes a list of a text, 2 → 3 counts it. Each parses its own old shape. */
const STEPS: Record<number, Migration> = {
  1: (old) => ({ names: v.parse(v.object({ name: v.string() }), old).name.split(',') }),
  2: (old) => {
    const { names } = v.parse(v.object({ names: v.array(v.string()) }), old);
    return { names, size: names.length };
  },
};
const open = (text: string, version = 3, steps = STEPS) => openStored(text, schema, version, steps);

describe('a stored document', () => {
  const today = { ok: true, value: { names: ['a', 'b'], size: 2 } };

  test.each([
    [1, { name: 'a,b' }],
    [2, { names: ['a', 'b'] }],
    [3, { names: ['a', 'b'], size: 2 }],
  ])('of version %d is opened as one of today', (version, data) => {
    expect(open(sealStored(data, version))).toEqual(today);
  });

  test.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['no envelope', '{"names":[]}'],
    ['a version that is none', '{"version":"1","data":{}}'],
    ['version zero', '{"version":0,"data":{}}'],
    ['half a version', '{"version":1.5,"data":{}}'],
    ['another shape than its version has', sealStored({ names: [] }, 1)],
    ['another shape than today', sealStored({ names: 'a', size: 1 }, 3)],
    ['no data', '{"version":3}'],
  ])('that is %s is unreadable, never empty', (_name, text) => {
    expect(open(text)).toEqual({ ok: false, failure: { code: 'storage-unreadable' } });
  });

  test('whose step is missing, or gives what the next one does not know, is unreadable', () => {
    expect(open(sealStored({ name: 'a' }, 1), 3, { 1: STEPS[1]! })).toMatchObject({
      failure: { code: 'storage-unreadable' },
    });
    expect(open(sealStored({ name: 'a' }, 1), 3, { ...STEPS, 2: () => ({ names: 1 }) })).toMatchObject({
      failure: { code: 'storage-unreadable' },
    });
  });

  test('from the future says from which', () => {
    expect(open(sealStored({ anything: 1 }, 4))).toEqual({
      ok: false,
      failure: { code: 'storage-future', version: 4 },
    });
  });
});
