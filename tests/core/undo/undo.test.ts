import { describe, expect, test } from 'vitest';
import type { Provider } from '../../../src/core/cliproxyapi/provider';
import type { ProviderList } from '../../../src/core/cliproxyapi/provider-list';
import { redact } from '../../../src/core/cliproxyapi/redact';
import { judgeLate, judgeRecord } from '../../../src/core/undo/judge-record';
import { isRefused, isUndone, planUndo, type UndoStep } from '../../../src/core/undo/plan-undo';
import { conflictOf, joinConflicts } from '../../../src/core/undo/undo-conflict';
import { twinsBack } from '../../../src/core/undo/twins-back';
import { undoEntry } from '../../../src/core/undo/undo-entry';
import type { WrittenEntry } from '../../../src/core/undo/written-entry';
import { knownOf, listOf, other, relay, writtenAs } from './known';

const KEYS = [{ 'api-key': 'sk-one' }, { 'api-key': 'sk-two' }];
const joined = relay({ 'api-key-entries': KEYS });

const undo = (record: WrittenEntry, list: ProviderList, force = false) =>
  undoEntry(record, list, knownOf(...list.providers, relay(), joined), force);

describe('a write is taken back', () => {
  test('by removing the entry that it made', () => {
    expect(undo(writtenAs(null, relay()), listOf([other, relay()]))).toMatchObject({
      ok: true,
      value: { kind: 'remove', before: relay(), after: null, providers: [other], fields: [] },
    });
  });

  test('by putting back the entry that it changed, with its secrets', () => {
    expect(undo(writtenAs(relay(), joined), listOf([joined, other]))).toMatchObject({
      value: { kind: 'update', after: relay(), providers: [relay(), other], fields: ['api-key-entries'] },
    });
  });

  test('where the server shows empty fields in the entry', () => {
    const shown = { ...relay(), headers: null, prefix: '' };
    expect(undo(writtenAs(null, relay()), listOf([shown]))).toMatchObject({ value: { kind: 'remove' } });
  });

  test.each<[string, number | null, Provider[], Provider[]]>([
    ['to its place', 0, [other], [relay(), other]],
    ['to the end, where the place is not known', null, [other], [other, relay()]],
    ['to the end, where the list is shorter now', 5, [other], [other, relay()]],
    [
      'behind its namesake, whose maps it would get',
      0,
      [relay({ 'base-url': 'https://b.example', 'api-key-entries': [] })],
      [relay({ 'base-url': 'https://b.example', 'api-key-entries': [] }), relay()],
    ],
  ])('by putting back the entry that it took out, %s', (_name, place, before, after) => {
    const put = undo(writtenAs(relay(), null, { place }), listOf(before));
    expect(put).toMatchObject({ value: { kind: 'create', before: null, after: relay(), providers: after } });
  });
});

describe('a write is not taken back', () => {
  test.each<[string, WrittenEntry, ProviderList, object]>([
    ['whose entry is gone', writtenAs(null, relay()), listOf([other]), { code: 'undo-gone' }],
    [
      'whose entry may be either of two',
      writtenAs(relay(), joined),
      listOf([relay({ prefix: 'a' }), relay({ prefix: 'b' })]),
      { code: 'undo-gone' },
    ],
    ['whose entry is there again', writtenAs(relay(), null), listOf([relay()]), { code: 'undo-gone' }],
    [
      'whose entry somebody put back with one of its keys',
      writtenAs(joined, null),
      listOf([relay({ priority: 3 })]),
      { code: 'undo-gone' },
    ],
    [
      'whose former name is another entry’s',
      writtenAs(relay(), relay({ name: 'new' })),
      listOf([relay({ name: 'new' }), { ...other, name: ' Relay ' }]),
      { code: 'name-in-use', name: 'relay' },
    ],
    [
      'whose former entry the server would drop',
      writtenAs({ 'api-key': 'sk-one' }, null),
      listOf([{ 'api-key': 'sk-one', prefix: '', priority: 1 }], { list: 'gemini-api-key' }),
      { code: 'same-entry', list: 'gemini-api-key' },
    ],
  ])('%s', (_name, record, list, failure) => {
    expect(undo(record, list)).toEqual({ ok: false, failure });
  });

  test('where a secret of the former entry is known no more', () => {
    const record = writtenAs(joined, relay());
    const known = knownOf(relay());
    expect(undoEntry(record, listOf([relay()]), known, false)).toEqual({
      ok: false,
      failure: { code: 'undo-secret-gone' },
    });
    expect(undoEntry(writtenAs(joined, null), listOf([]), known, false)).toMatchObject({
      failure: { code: 'undo-secret-gone' },
    });
  });
});

describe('an entry that was renamed since', () => {
  const record = writtenAs(null, relay());
  const renamed = relay({ name: 'theirs' });

  test('is found by its URL and a key, and asked about under its name', () => {
    expect(undo(record, listOf([other, renamed]))).toMatchObject({
      value: { conflict: { keys: 0, models: [], fields: ['name'] }, current: renamed },
    });
    expect(undo(record, listOf([other, renamed]), true)).toMatchObject({ value: { providers: [other] } });
    const lists = [record, listOf([renamed]), knownOf(renamed), { force: false }] as const;
    expect(planUndo([lists[0]], lists[1], lists[2], lists[3])).toMatchObject({
      value: { changed: [{ providerName: 'theirs' }] },
    });
  });

  test.each([
    ['with other keys', [relay({ name: 'theirs', 'api-key-entries': [{ 'api-key': 'sk-x' }] })]],
    ['at another URL', [relay({ name: 'theirs', 'base-url': 'https://x.example/v1' })]],
    ['as either of two', [renamed, relay({ name: 'mine' })]],
  ])('is not taken for one %s', (_what, providers) => {
    expect(undo(record, listOf(providers))).toEqual({ ok: false, failure: { code: 'undo-gone' } });
  });
});

describe('an entry that somebody changed since', () => {
  const changed = relay({ prefix: 'p', models: [...(relay().models ?? []), { name: 'm', alias: 'a' }] });
  const record = writtenAs(null, relay());

  test('is named with what would be lost, and taken back only by force', () => {
    expect(undo(record, listOf([changed]))).toEqual({
      ok: true,
      value: { conflict: { keys: 0, models: ['a'], fields: ['prefix'] }, ownKeys: 0, current: changed },
    });
    expect(undo(record, listOf([changed]), true)).toMatchObject({
      value: { kind: 'remove', before: changed },
    });
  });

  test.each<[string, Partial<Provider>, Partial<Provider>, object]>([
    ['nothing', {}, {}, { keys: 0, models: [], fields: [] }],
    ['fields that say nothing', { prefix: '', headers: null }, {}, { keys: 0, models: [], fields: [] }],
    ['a key', { 'api-key-entries': KEYS }, {}, { keys: 1, models: [], fields: [] }],
    [
      'a weight of its key',
      { 'api-key-entries': [{ 'api-key': 'sk-one', weight: 2 }] },
      {},
      { keys: 1, models: [], fields: [] },
    ],
    ['a model less', { models: [] }, {}, { keys: 0, models: [], fields: [] }],
    ['an alias', { models: [{ name: 'gpt-4o', alias: 'x' }] }, {}, { keys: 0, models: ['x'], fields: [] }],
    ['a field that was taken out', {}, { priority: 4 }, { keys: 0, models: [], fields: ['priority'] }],
    ['a field that is unknown', { 'future-field': 1 }, {}, { keys: 0, models: [], fields: ['future-field'] }],
  ])('counts %s', (_name, now, then, conflict) => {
    const [current, left] = [relay(now), relay(then)];
    const { fingerprints } = knownOf(current, left);
    expect(conflictOf(redact(current, fingerprints), redact(left, fingerprints))).toEqual(conflict);
  });

  test('that is a key was found by that key, which is not counted', () => {
    const key: Provider = { 'api-key': 'sk-one', models: [] };
    expect(conflictOf({ ...key, priority: 1 }, key)).toEqual({ keys: 0, models: [], fields: ['priority'] });
  });

  test('counts with others', () => {
    expect(
      joinConflicts([
        { keys: 1, models: ['a'], fields: ['prefix'] },
        { keys: 2, models: ['a', 'b'], fields: ['prefix', 'priority'] },
      ]),
    ).toEqual({ keys: 3, models: ['a', 'a', 'b'], fields: ['prefix', 'priority'] });
  });
});

describe('several writes', () => {
  const second: Provider = { name: 'second', 'base-url': 'https://second.example/v1' };
  const records = [writtenAs(null, relay()), writtenAs(null, second)];
  const plan = (providers: Provider[], force = false) =>
    planUndo(records, listOf(providers), knownOf(...providers, relay()), { force });

  test('are taken back by one change of the whole list', () => {
    expect(plan([relay(), other, second])).toMatchObject({
      ok: true,
      value: { change: { whole: true, providers: [other] }, steps: [{ alike: 1 }, { alike: 1 }] },
    });
  });

  test('of which one is gone are the others', () => {
    expect(plan([other, second])).toMatchObject({
      value: {
        steps: [null, { change: { kind: 'remove' } }],
        change: { kind: 'remove', providers: [other] },
      },
    });
    expect(plan([other])).toEqual({ ok: false, failure: { code: 'undo-gone' } });
  });

  test('that took out entries with one name and key bring all of them back', () => {
    const removed = [relay(), relay({ prefix: 'p' })].map((entry) => writtenAs(entry, null));
    const undone = planUndo(removed, listOf([other]), knownOf(relay(), relay({ prefix: 'p' })), {
      force: false,
    });
    expect(undone).toMatchObject({ ok: true, value: { steps: [{ alike: 1 }, { alike: 1 }] } });
    expect(undone.ok && 'change' in undone.value && undone.value.change.providers).toHaveLength(3);
  });

  test('of which one cannot be taken back are the others', () => {
    const edited = writtenAs(relay({ 'api-key-entries': [{ 'api-key': 'sk-lost' }] }), relay());
    const undone = planUndo(
      [edited, writtenAs(null, second)],
      listOf([relay(), second]),
      knownOf(relay(), second),
      { force: false },
    );
    expect(undone).toMatchObject({
      value: {
        steps: [{ code: 'undo-secret-gone' }, { change: { kind: 'remove' } }],
        change: { providers: [relay()] },
      },
    });
    expect(planUndo([edited], listOf([relay()]), knownOf(relay()), { force: false })).toEqual({
      ok: false,
      failure: { code: 'undo-secret-gone' },
    });
  });

  test('of which some were changed are not begun, unless that was agreed to', () => {
    const changed = { ...second, prefix: 'p' };
    expect(plan([relay(), changed])).toMatchObject({
      value: { changed: [{ providerName: 'second', current: changed, conflict: { fields: ['prefix'] } }] },
    });
    expect(plan([relay(), changed], true)).toMatchObject({ value: { change: { providers: [] } } });
  });

  test('go by way of a list without the headers of an entry that loses one', () => {
    const had = { ...second, headers: { 'X-A': '1', 'X-B': '2' } };
    const kept = { ...second, headers: { 'X-A': '1' } };
    const lists = listOf([relay(), had]);
    const undone = planUndo([writtenAs(null, relay()), writtenAs(kept, had)], lists, knownOf(relay(), had), {
      force: false,
    });
    const { headers: _, ...bare } = kept;
    const swaps = [[bare, kept]];
    expect(undone).toMatchObject({ value: { change: { whole: true, first: { swaps, providers: [bare] } } } });
  });
});

describe('of two equal entries that were taken out', () => {
  const first = writtenAs(relay(), null, { place: 0, alike: 2 });
  const second = writtenAs(relay(), null, { place: 0, alike: 1 });
  const plan = (record: WrittenEntry, providers: Provider[]) =>
    planUndo([record], listOf(providers), knownOf(relay(), ...providers), { force: false });

  test('both come back, the last one first', () => {
    expect(plan(second, [])).toMatchObject({ value: { change: { providers: [relay()] } } });
    const undone = plan(first, [relay()]);
    expect(undone).toMatchObject({
      value: { change: { providers: [relay(), relay()] }, steps: [{ alike: 2 }] },
    });
    const step = (undone.ok && 'steps' in undone.value && undone.value.steps[0]) || null;
    const { fingerprints } = knownOf(relay());
    expect(isUndone(step, [relay()], fingerprints)).toBe(false);
    expect(isUndone(step, [relay(), relay()], fingerprints)).toBe(true);
  });

  test('none comes back a second time, or beside one that others changed', () => {
    const gone = { ok: false, failure: { code: 'undo-gone' } };
    expect(plan(second, [relay()])).toEqual(gone);
    expect(plan(first, [relay(), relay()])).toEqual(gone);
    expect(plan(first, [relay(), relay({ priority: 3 })])).toEqual(gone);
  });

  test.each<[string, object, number]>([
    ['came back after the other went', {}, 1],
    ['came back before it', { undoneAt: 15 }, 0],
    ['did not come back', { undoneAt: null }, 0],
    ['went after it', { at: 25 }, 0],
    ['was another one', { before: '{}' }, 0],
    ['was changed, not taken out', { after: '{}' }, 0],
    ['was in another list', { list: 'claude-api-key' }, 0],
    ['was at another proxy', { proxyRoot: 'b' }, 0],
  ])('one counts for the other where it %s', (_what, more, count) => {
    const removal = { at: 20, undoneAt: null, proxyRoot: 'a', list: 'l', before: '{"a":1}', after: null };
    expect(twinsBack([removal, { ...removal, at: 10, undoneAt: 30, ...more }], removal)).toBe(count);
  });
});

describe('equal entries', () => {
  const record = writtenAs(null, relay());
  const stepOf = (providers: Provider[], earlier?: UndoStep): UndoStep => {
    const plan = planUndo([record], listOf(providers), knownOf(relay()), {
      force: false,
      earlier: earlier ? [earlier] : [],
    });
    const step = plan.ok && 'steps' in plan.value ? plan.value.steps[0] : undefined;
    if (!step || isRefused(step)) throw new Error(JSON.stringify(plan));
    return step;
  };
  const { fingerprints } = knownOf(relay());

  test('are undone when one of them is gone', () => {
    const step = stepOf([relay(), relay()]);
    expect(step.alike).toBe(2);
    expect(isUndone(step, [relay(), relay()], fingerprints)).toBe(false);
    expect(isUndone(step, [relay()], fingerprints)).toBe(true);
  });

  test('show no change undone only because one of them is as it was before', () => {
    const edited = relay({ priority: 2 });
    const undone = planUndo(
      [writtenAs(relay(), edited)],
      listOf([edited, relay()]),
      knownOf(relay(), edited),
      { force: false },
    );
    const step = (undone.ok && 'steps' in undone.value && undone.value.steps[0]) || null;
    expect(isUndone(step, [edited, relay()], fingerprints)).toBe(false);
    expect(isUndone(step, [relay(), relay()], fingerprints)).toBe(true);
  });

  test('stay counted as they were before a write that may have arrived', () => {
    const step = stepOf([relay()], stepOf([relay(), relay()]));
    expect(isUndone(step, [relay()], fingerprints)).toBe(true);
  });
});

test.each<[string, WrittenEntry, Provider[], string]>([
  ['the entry is as it was to become', writtenAs(relay(), joined), [other, joined], 'written'],
  ['the entry is as it was', writtenAs(relay(), joined), [relay()], 'not-written'],
  ['the entry is something else', writtenAs(relay(), joined), [relay({ prefix: 'p' })], 'needs-look'],
  ['no entry was made', writtenAs(null, relay()), [other], 'not-written'],
  [
    'one of two equal entries came back',
    writtenAs(null, relay(), { alike: 2 }),
    [relay(), relay()],
    'written',
  ],
  ['only its twin is there', writtenAs(null, relay(), { alike: 2 }), [relay()], 'not-written'],
  ['its like is there', writtenAs(null, relay()), [relay({ prefix: 'p' })], 'needs-look'],
  ['the entry was taken out', writtenAs(relay(), null), [other], 'written'],
  ['the entry is still there', writtenAs(relay(), null), [relay()], 'not-written'],
  ['one of two equal entries is gone', writtenAs(relay(), null, { alike: 2 }), [relay()], 'written'],
  ['both are there', writtenAs(relay(), null, { alike: 2 }), [relay(), relay()], 'not-written'],
])('a write that was cut off: %s', (_name, record, providers, finding) => {
  const { fingerprints } = knownOf(...providers, relay(), joined);
  expect(judgeRecord(record, providers, fingerprints)).toBe(finding);
});

test.each<[string, WrittenEntry, Provider[], string]>([
  ['it arrived', writtenAs(relay(), joined), [joined], 'written'],
  ['an entry was made', writtenAs(null, relay()), [relay()], 'written'],
  ['an entry was made and changed', writtenAs(null, relay()), [relay({ prefix: 'p' })], 'needs-look'],
  ['somebody changed the entry', writtenAs(relay(), joined), [relay({ prefix: 'p' })], 'not-written'],
  ['the entry was taken out', writtenAs(relay(), null), [other], 'written'],
  ['an entry to take out was changed', writtenAs(relay(), null), [relay({ prefix: 'p' })], 'not-written'],
])('a write that was called not written, later: %s', (_name, record, providers, finding) => {
  const { fingerprints } = knownOf(...providers, relay(), joined);
  expect(judgeLate(record, providers, fingerprints)).toBe(finding);
});
