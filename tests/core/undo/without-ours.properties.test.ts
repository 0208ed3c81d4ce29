import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyEntries, modelsOf, type Provider } from '../../../src/core/cliproxyapi/provider';
import { isEmptyField } from '../../../src/core/cliproxyapi/same-entry';
import { planImport } from '../../../src/core/import/plan';
import { canonicalJson, isPlainObject } from '../../../src/core/json';
import { withoutOurs } from '../../../src/core/undo/without-ours';
import { context, planning } from '../arbitrary';

/** An entry before our import, after it, and as somebody else left it: parts of it are those of a random entry. */
interface Changed {
  before: Provider | null;
  left: Provider;
  now: Provider;
}

const asRead = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const FOREIGN = ['api-key-entries', 'models', 'prefix', 'priority', 'headers', 'disabled', 'future-field'];

const mixed: fc.Arbitrary<Changed | null> = fc
  .tuple(planning, context, fc.subarray(FOREIGN), fc.boolean())
  .map(([{ list, request }, others, fields, joins]) => {
    const plan = planImport(asRead(list), request);
    const [theirs] = asRead(others.providers);
    if (!plan.ok || plan.value.kind === 'unchanged' || !theirs) return null;
    const { before, after } = plan.value;
    const left = asRead(after);
    const parts = fields.map((name) => {
      const [own, foreign] = [left[name], theirs[name]];
      // Lists of others are ours with more in them, or other ones.
      return [name, joins && Array.isArray(own) && Array.isArray(foreign) ? [...own, ...foreign] : foreign];
    });
    const now = asRead({ ...left, ...Object.fromEntries(parts) }) as Provider;
    return { before: before && asRead(before), left, now };
  });

type Items = Record<string, unknown>[];
const itemsOf = (entry: Provider, name: string): Items => [
  ...((entry[name] as Items | null | undefined) ?? []),
];
const headersOf = (entry: Provider): Record<string, string> => ({ ...entry.headers });
const at = <T>(items: readonly T[], nth: number): number => nth % Math.max(items.length, 1);

/** Everything that another client may do to an entry, one step each; `nth` chooses what it is done to. */
const FOREIGN_EDITS: ((entry: Provider, nth: number) => Partial<Provider>)[] = [
  (_, nth) => ({ name: `theirs ${nth}` }),
  (_, nth) => ({ priority: nth, prefix: nth % 2 ? 'theirs' : '' }),
  (_, nth) => ({ disabled: nth % 2 === 0 }),
  (_, nth) => ({ 'future-field': { deep: [nth] } }),
  (_, nth) => ({ 'excluded-models': ['*', `theirs-${nth}`] }),
  (entry, nth) => ({ headers: { ...headersOf(entry), [`X-Theirs-${nth}`]: 'theirs' } }),
  (entry) => ({ headers: Object.fromEntries(Object.entries(headersOf(entry)).slice(1)) }),
  (entry) => ({ headers: Object.fromEntries(Object.keys(headersOf(entry)).map((name) => [name, 'theirs'])) }),
  (entry, nth) => keysOfEntry(entry, (keys) => [...keys, { 'api-key': `sk-theirs-${nth}`, weight: nth }]),
  (entry, nth) => keysOfEntry(entry, (keys) => keys.toSpliced(at(keys, nth), 1)),
  (entry) => keysOfEntry(entry, (keys) => keys.toReversed()),
  (entry, nth) => keysOfEntry(entry, (keys) => setAt(keys, nth, { 'proxy-url': 'direct', weight: 7 + nth })),
  (entry, nth) => keysOfEntry(entry, (keys) => [...keys, ...keys.slice(at(keys, nth))]),
  (entry, nth) => ({ models: [...itemsOf(entry, 'models'), { name: `theirs-${nth}` }] }),
  (entry, nth) => ({ models: itemsOf(entry, 'models').toSpliced(nth % 5, 1) }),
  (entry) => ({ models: itemsOf(entry, 'models').toReversed() }),
  (entry, nth) => ({ models: setAt(itemsOf(entry, 'models'), nth, { alias: `their-${nth}` }) }),
  (entry, nth) => ({ models: setAt(itemsOf(entry, 'models'), nth, { thinking: { min: nth } }) }),
];

const setAt = (items: Items, nth: number, more: object): Items =>
  items.map((item, place) => (place === at(items, nth) ? { ...item, ...more } : item));

/** An entry that is a key has no list of them. */
const keysOfEntry = (entry: Provider, change: (keys: Items) => Items): Partial<Provider> =>
  entry['api-key'] === undefined ? { 'api-key-entries': change(itemsOf(entry, 'api-key-entries')) } : {};

const edited: fc.Arbitrary<Changed | null> = fc
  .tuple(
    planning,
    fc.array(fc.tuple(fc.constantFrom(...FOREIGN_EDITS), fc.nat({ max: 9 })), { minLength: 1, maxLength: 5 }),
  )
  .map(([{ list, request }, edits]) => {
    const plan = planImport(asRead(list), request);
    if (!plan.ok || plan.value.kind === 'unchanged') return null;
    const { before, after } = plan.value;
    const left = asRead(after);
    const now = edits.reduce<Provider>((entry, [edit, nth]) => ({ ...entry, ...edit(entry, nth) }), left);
    return { before: before && asRead(before), left, now: asRead(now) };
  });

const changed = fc.oneof(mixed, edited);

/** Checks every change that leaves something without our part; tells how many there were: a property over none is none. */
function forEveryChange(check: (entry: Provider, all: Changed) => void): number {
  let checked = 0;
  fc.assert(
    fc.property(changed, (all) => {
      const merged = all && withoutOurs(all);
      if (!all || !merged || typeof merged === 'string') return;
      checked += 1;
      check(merged.entry, all);
    }),
    { numRuns: 2_000 },
  );
  return checked;
}

const textsOf = (items: readonly unknown[]): string[] => items.map(canonicalJson);
const keysOf = (entry: Provider | null): string[] =>
  (entry ? keyEntries(entry) : []).map((key) => key['api-key'] ?? '');
const isMadeOfParts = (value: unknown): boolean => Array.isArray(value) || isPlainObject(value);

test('no key that was not ours is lost', () => {
  const checked = forEveryChange((entry, { before, left, now }) => {
    const ours = keysOf(left).filter((text) => !keysOf(before).includes(text));
    for (const text of keysOf(now)) if (!ours.includes(text)) expect(keysOf(entry)).toContain(text);
  });
  expect(checked).toBeGreaterThan(200);
});

test('no model that was not ours is lost, and no entry loses its last model that had one', () => {
  const checked = forEveryChange((entry, { before, left, now }) => {
    const ours = new Set(textsOf(modelsOf(left)));
    const there = textsOf(modelsOf(entry));
    for (const text of textsOf(modelsOf(now))) if (!ours.has(text)) expect(there).toContain(text);
    if (modelsOf(now).length > 0 && modelsOf(before ?? {}).length > 0)
      expect(modelsOf(entry)).not.toHaveLength(0);
  });
  expect(checked).toBeGreaterThan(200);
});

test('no field that others changed is another than it is now', () => {
  const checked = forEveryChange((entry, { left, now }) => {
    for (const name of new Set([...Object.keys(left), ...Object.keys(now)])) {
      const [was, is] = [left[name], now[name]];
      if (name === 'api-key-entries' || name === 'models' || canonicalJson(was) === canonicalJson(is))
        continue;
      if (isEmptyField(name, was) && isEmptyField(name, is)) continue;
      if (isEmptyField(name, is)) expect([name, isEmptyField(name, entry[name])]).toEqual([name, true]);
      else if (!isMadeOfParts(is)) expect([name, entry[name]]).toEqual([name, is]);
    }
    for (const [header, value] of Object.entries(now.headers ?? {}))
      if (left.headers?.[header] !== value) expect(entry.headers?.[header]).toBe(value);
  });
  expect(checked).toBeGreaterThan(200);
});

test('our key is gone, and a key is left, unless there was none before', () => {
  const checked = forEveryChange((entry, { before, left }) => {
    const ours = keysOf(left).filter((text) => !keysOf(before).includes(text));
    for (const text of ours) expect(keysOf(entry)).not.toContain(text);
    // One without a text is none.
    if (!before || keysOf(before).some(Boolean)) expect(keysOf(entry).some(Boolean)).toBe(true);
  });
  expect(checked).toBeGreaterThan(200);
});

test('an entry that nobody changed is as it was before, but for the order of its parts', () => {
  const sorted = (entry: Provider): unknown => ({
    ...Object.fromEntries(Object.entries(entry).filter(([name, value]) => !isEmptyField(name, value))),
    'api-key-entries': textsOf(entry['api-key-entries'] ?? []).sort(),
    models: textsOf(modelsOf(entry)).sort(),
  });
  const checked = forEveryChange((_entry, { before, left }) => {
    const merged = before && withoutOurs({ before, left, now: left });
    if (merged && typeof merged !== 'string') expect(sorted(merged.entry)).toEqual(sorted(before));
  });
  expect(checked).toBeGreaterThan(200);
});

const isSame = (name: string, a: unknown, b: unknown): boolean =>
  canonicalJson(a ?? null) === canonicalJson(b ?? null) || (isEmptyField(name, a) && isEmptyField(name, b));

/** What everybody's requests go by stays in an entry that we made. */
const frameOf = (left: Provider): Record<string, unknown> => {
  const { name, 'base-url': url, prefix, headers } = left;
  return { name, 'base-url': url, prefix, headers };
};

test('every single value is as it is now where others changed it, and else as it was before', () => {
  const checked = forEveryChange((entry, { before, left, now }) => {
    const was: Record<string, unknown> = before ?? frameOf(left);
    for (const name of new Set([was, left, now, entry].flatMap((one) => Object.keys(one)))) {
      if ([was, left, now].some((one) => isMadeOfParts(one[name]))) continue;
      const expected = isSame(name, left[name], now[name]) ? was[name] : now[name];
      expect([name, entry[name]]).toSatisfy(([, value]) => isSame(name, value, expected));
    }
    const header = (one: { headers?: unknown }, name: string): unknown =>
      (one.headers as Record<string, unknown> | null | undefined)?.[name];
    for (const name of new Set([was, left, now, entry].flatMap((one) => Object.keys(one['headers'] ?? {})))) {
      const isOurs = header(left, name) === header(now, name);
      expect([name, header(entry, name)]).toEqual([name, header(isOurs ? was : now, name)]);
    }
  });
  expect(checked).toBeGreaterThan(200);
});

test('at a key that stays, each field that others set is theirs, and each that we set as it was', () => {
  const byText = (one: Provider | null): Map<string, Record<string, unknown>> =>
    new Map((one ? keyEntries(one) : []).map((key) => [key['api-key'] ?? '', key]));
  const isTwice = (one: Provider | null): boolean => keysOf(one).length > byText(one).size;
  let keys = 0;
  forEveryChange((entry, { before, left, now }) => {
    if ([before, left, now].some(isTwice) || 'api-key' in now) return;
    const [was, ours, present] = [before, left, now].map(byText);
    for (const [text, key] of byText(entry)) {
      const [then, mine, theirs] = [was?.get(text), ours?.get(text), present?.get(text)];
      if (!then || !mine || !theirs) continue;
      keys += 1;
      for (const name of new Set([then, mine, theirs, key].flatMap((one) => Object.keys(one)))) {
        if ([then, mine, theirs].some((one) => isMadeOfParts(one[name]))) continue;
        const expected = isSame(name, mine[name], theirs[name]) ? then[name] : theirs[name];
        expect([name, key[name]]).toSatisfy(([, value]) => isSame(name, value, expected));
      }
    }
  });
  expect(keys).toBeGreaterThan(80);
});

test('our models are gone, unless the entry would have none, and nothing comes from nowhere', () => {
  let gone = 0;
  const checked = forEveryChange((entry, { before, left, now }) => {
    const [was, ours, present, there] = [before ?? {}, left, now, entry].map((one) => textsOf(modelsOf(one)));
    if (!was || !ours || !present || !there) return;
    for (const text of there) expect([...present, ...was]).toContain(text);
    for (const text of keysOf(entry)) expect([...keysOf(now), ...keysOf(before)]).toContain(text);
    const isKept = canonicalJson([...there].sort()) === canonicalJson([...present].sort());
    for (const text of ours) {
      if (was.includes(text) || !present.includes(text) || isKept) continue;
      gone += 1;
      const count = (texts: string[]): number => texts.filter((one) => one === text).length;
      expect(count(there)).toBe(Math.max(0, count(present) - count(ours)));
    }
  });
  expect(Math.min(checked, gone)).toBeGreaterThan(200);
});

test('what stays stands in the order in which it stood', () => {
  const checked = forEveryChange((entry, { now }) => {
    const [models, keys] = [textsOf(modelsOf(now)), keysOf(now)];
    const rest = textsOf(modelsOf(entry)).filter((text) => models.includes(text));
    expect(isInOrder(rest, models)).toBe(true);
    expect(
      isInOrder(
        keysOf(entry).filter((text) => keys.includes(text)),
        keys,
      ),
    ).toBe(true);
  });
  expect(checked).toBeGreaterThan(200);
});

/** Whether a list is another one with some items left out. */
function isInOrder(some: readonly string[], all: readonly string[]): boolean {
  let place = 0;
  for (const item of all) if (item === some[place]) place += 1;
  return place === some.length;
}
