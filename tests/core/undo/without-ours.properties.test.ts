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

const changed: fc.Arbitrary<Changed | null> = fc
  .tuple(planning, context, fc.subarray(FOREIGN), fc.boolean())
  .map(([{ list, request }, others, fields, joins]) => {
    const plan = planImport(asRead(list), request);
    const [theirs] = asRead(others.providers);
    if (!plan.ok || plan.value.kind === 'unchanged' || !theirs) return null;
    const { before, after } = plan.value;
    const left = asRead(after);
    const mixed = fields.map((name) => {
      const [own, foreign] = [left[name], theirs[name]];
      // Lists of others are ours with more in them, or other ones.
      return [name, joins && Array.isArray(own) && Array.isArray(foreign) ? [...own, ...foreign] : foreign];
    });
    const now = asRead({ ...left, ...Object.fromEntries(mixed) }) as Provider;
    return { before: before && asRead(before), left, now };
  });

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
    if (!before || keysOf(before).length > 0) expect(keysOf(entry)).not.toHaveLength(0);
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
