import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Provider } from '../../../src/core/cliproxyapi/provider';
import type { ProviderList } from '../../../src/core/cliproxyapi/provider-list';
import { redactedText } from '../../../src/core/cliproxyapi/same-entry';
import { countSame } from '../../../src/core/undo/find-same';
import { planImport } from '../../../src/core/import/plan';
import { judgeRecord } from '../../../src/core/undo/judge-record';
import { isUndone, planUndo } from '../../../src/core/undo/plan-undo';
import type { KnownSecrets, WrittenEntry } from '../../../src/core/undo/written-entry';
import { context, planning } from '../arbitrary';
import { knownOf, writtenAs } from './known';

/** A write of one entry: the list before it and after it, and its record. */
interface Write {
  before: ProviderList;
  after: ProviderList;
  record: WrittenEntry;
  known: KnownSecrets;
}

/** Random objects have no prototype; those that were read from a server have one. */
const asRead = (list: ProviderList): ProviderList => JSON.parse(JSON.stringify(list)) as ProviderList;

const imports: fc.Arbitrary<Write | null> = planning.map(({ list: random, request }) => {
  const list = asRead(random);
  const plan = planImport(list, request);
  if (!plan.ok || plan.value.kind === 'unchanged') return null;
  const { before, after, providers } = plan.value;
  return {
    before: list,
    after: { ...list, providers },
    record: writtenAs(before, after),
    known: knownOf(...list.providers, after),
  };
});

const removals: fc.Arbitrary<Write | null> = fc
  .tuple(context.map(asRead), fc.nat({ max: 4 }))
  .map(([list, place]) => {
    const entry = list.providers[place];
    if (!entry) return null;
    const known = knownOf(...list.providers);
    const alike = countSame(list.providers, redactedText(entry, known.fingerprints), known.fingerprints);
    return {
      before: list,
      after: { ...list, providers: list.providers.toSpliced(place, 1) },
      record: writtenAs(entry, null, { place, alike }),
      known,
    };
  });

const forEveryWrite = (writes: fc.Arbitrary<Write | null>, check: (write: Write) => boolean): void => {
  let checked = 0;
  fc.assert(
    fc.property(writes, (write) => {
      if (write && check(write)) checked += 1;
    }),
    { numRuns: 500 },
  );
  // A property that holds because nothing comes of it is none.
  expect(checked).toBeGreaterThan(100);
};

/** The entries of a list, whatever their order. */
const textsOf = (providers: readonly Provider[], { fingerprints }: KnownSecrets): string[] =>
  providers.map((provider) => redactedText(provider, fingerprints)).sort();

const undone = ({ record, after, known }: Write) => planUndo([record], after, known, { force: false });

test.each([
  ['an import', imports, ['name-in-use', 'same-entry']],
  // An entry that is there still, or again, is not put back a second time.
  ['a removal', removals, ['undo-gone', 'same-entry']],
] as const)('undoing %s gives the list as it was, or says why it cannot', (_name, writes, reasons) => {
  forEveryWrite(writes, (write) => {
    const plan = undone(write);
    if (!plan.ok) {
      expect(reasons).toContain(plan.failure.code);
      return false;
    }
    if ('changed' in plan.value) throw new Error('nobody changed anything');
    const { providers } = plan.value.change;
    expect(textsOf(providers, write.known)).toEqual(textsOf(write.before.providers, write.known));
    return true;
  });
});

test.each([
  ['an import', imports],
  ['a removal', removals],
] as const)('undoing %s leaves every other entry the very object that was read', (_name, writes) => {
  forEveryWrite(writes, (write) => {
    const plan = undone(write);
    if (!plan.ok || 'changed' in plan.value) return false;
    const { change } = plan.value;
    expect(change.providers.filter((entry) => entry !== change.after)).toEqual(
      write.after.providers.filter((entry) => entry !== change.before),
    );
    for (const entry of change.providers)
      expect(entry === change.after || write.after.providers.includes(entry)).toBe(true);
    return true;
  });
});

test.each([
  ['an import', imports],
  ['a removal', removals],
] as const)('a list that was read back shows whether %s is undone', (_name, writes) => {
  forEveryWrite(writes, (write) => {
    const plan = undone(write);
    if (!plan.ok || 'changed' in plan.value) return false;
    const [step = null] = plan.value.steps;
    const { fingerprints } = write.known;
    expect(isUndone(step, plan.value.change.providers, fingerprints)).toBe(true);
    // Where an equal entry was there all along, the list cannot tell.
    const told = countSame(write.after.providers, write.record.before ?? '{}', fingerprints) === 0;
    if (told) expect(isUndone(step, write.after.providers, fingerprints)).toBe(false);
    return told;
  });
});

test.each([
  ['an import', imports],
  ['a removal', removals],
] as const)(
  'recovery finds %s written in the list after it, and not written in the list before',
  (_name, writes) => {
    forEveryWrite(writes, ({ record, before, after, known: { fingerprints } }) => {
      expect(judgeRecord(record, after.providers, fingerprints)).toBe('written');
      // An equal entry was there before.
      if (record.after !== null && countSame(before.providers, record.after, fingerprints) > 0) return false;
      const found = judgeRecord(record, before.providers, fingerprints);
      expect(found === 'not-written' || (record.before === null && found === 'needs-look')).toBe(true);
      return true;
    });
  },
);
