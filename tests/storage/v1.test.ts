import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sealing } from '../../src/platform/sealing';
import { JOURNAL, SAVED, SESSION, type DocumentKind } from '../../src/storage/documents';
import { emptyJournal, emptySaved, emptySession } from '../../src/storage/empty';
import { lockedSlot } from '../../src/storage/locked-slot';
import { savedAt, sessionAt } from '../../src/storage/at-proxy';
import { STORAGE_VERSION } from '../../src/storage/schema';
import { storedDocument, type Slot } from '../../src/storage/stored-document';

const frozen = (name: string): string => readFileSync(`tests/fixtures/storage/${name}.json`, 'utf8');

const slotOf = (text: string): Slot & { text: string } => {
  const slot = { text, get: async () => slot.text, set: async (next: string) => void (slot.text = next) };
  return slot;
};

async function opened<T>(name: string, kind: DocumentKind<T>, empty: () => T): Promise<T> {
  const read = await storedDocument(slotOf(frozen(name)), kind, empty).read();
  if (!read.ok) throw new Error(JSON.stringify(read));
  return read.value;
}

const saved = (name: string) => opened(name, SAVED, emptySaved);
/** As it is seen at the one CLIProxyAPI that there was. */
async function savedThere(name: string) {
  const document = storedDocument(slotOf(frozen(name)), SAVED, emptySaved);
  const read = await savedAt(document, async () => 'first').read();
  if (!read.ok) throw new Error(JSON.stringify(read));
  return read.value;
}
const journal = (name: string) => opened(name, JOURNAL, () => emptyJournal('none'));

/** Every text, number, switch and id in a document, whatever its field is called; nulls and empty texts say nothing. */
function valuesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(valuesIn);
  if (typeof value !== 'object') return value === '' ? [] : [value];
  return Object.entries(value ?? {}).flatMap(([name, item]) => [
    ...(/[^a-z]/i.test(name) ? [name] : []),
    ...valuesIn(item),
  ]);
}

const dataOf = (name: string): Record<string, unknown> =>
  (JSON.parse(frozen(name)) as { data: Record<string, unknown> }).data;

describe('documents of version 1', () => {
  test.each([
    ['kept-v1', saved],
    ['kept-v1-full', saved],
    ['journal-v1', journal],
    ['journal-v1-full', journal],
  ])('lose nothing: %s', async (name, open) => {
    const now = valuesIn(await open(name));
    for (const value of valuesIn(dataOf(name))) {
      const at = now.indexOf(value);
      expect(at, `lost: ${JSON.stringify(value)}`).toBeGreaterThanOrEqual(0);
      now.splice(at, 1);
    }
  });

  test('hold the same for the session', async () => {
    for (const name of ['passing-v1', 'passing-v1-full']) {
      const session = sessionAt(
        storedDocument(slotOf(frozen(name)), SESSION, emptySession),
        async () => 'first',
      );
      expect(await session.read()).toMatchObject({ ok: true, value: dataOf(name) });
    }
  });

  test('of before there were lists, batches and channels have all of it, empty', async () => {
    expect(await savedThere('kept-v1')).toMatchObject({
      settings: { ruleSets: [], relayRules: {}, keysAs: 'cards', told: [], sites: {} },
      accounts: [{ more: false, keys: [{ models: null }, { models: null }] }],
      labels: {},
      reveals: {},
      waits: {},
      newApis: [],
      channelLinks: [],
      cards: { 'id-2-tggckh/2': { kind: 'proved', list: 'openai-compatibility' } },
    });
    const { records, syncRuns } = await journal('journal-v1');
    expect(records).toMatchObject([
      {
        about: 'provider',
        list: 'openai-compatibility',
        key: { id: 'id-2-tggckh/2', name: 'two' },
        keyIds: ['id-2-tggckh/2'],
        batch: null,
        place: null,
        alike: 1,
        draft: { list: 'openai-compatibility', nameModels: false },
      },
      { about: 'provider', keyIds: ['id-1-1ori9u'] },
    ]);
    expect(syncRuns).toEqual([]);
  });

  test('have writes to providers and channels in one list, newest first', async () => {
    const { records } = await journal('journal-v1-full');
    expect(records.map(({ about, action, phase }) => `${about} ${action} ${phase}`)).toEqual([
      'provider import writing',
      'channel create writing',
      'channel delete done',
      'channel edit done',
      'channel create done',
      'provider undo done',
      'provider edit done',
      'provider edit undone',
      'provider import done',
      'provider import done',
      'provider import done',
    ]);
    expect(records.map(({ at }) => at)).toEqual(records.map(({ at }) => at).toSorted((a, b) => b - a));
  });

  test('name a list as such in records, drafts, diffs and cards', async () => {
    const { records } = await journal('journal-v1-full');
    const claude = records.find((record) => record.about === 'provider' && record.list === 'claude-api-key');
    expect(claude).toMatchObject({
      batch: 'batch-1',
      changes: [{ kind: 'provider', list: 'claude-api-key' }, {}, {}, {}, {}, {}],
    });
    expect(records[0]).toMatchObject({ draft: { list: 'openai-compatibility' } });
    const { cards } = await savedThere('kept-v1-full');
    expect(Object.values(cards).map((card) => card.kind === 'proved' && card.list)).toEqual([
      'openai-compatibility',
      'openai-compatibility',
      'openai-compatibility',
      'claude-api-key',
    ]);
    expect(frozen('journal-v2') + frozen('kept-v2')).not.toMatch(/"family": "(claude-api-key|openai-compat)/);
  });

  test('an edit that was begun from the list of entries is for no key', async () => {
    const { records } = await journal('journal-v1-full');
    expect(records.find(({ action }) => action === 'edit')).toMatchObject({
      about: 'channel',
      key: { id: null },
    });
    expect(records.filter((record) => record.about === 'provider' && record.action === 'edit')).toMatchObject(
      [
        { key: { id: null, name: 'off' }, keyIds: [], place: 1 },
        { key: { id: null, name: 'Other one' }, keyIds: [], place: null },
      ],
    );
  });

  test('open through a lock that was set at version 1, and are written as of today', async () => {
    const [key, session] = [sealing.newKey(), slotOf('')];
    session.text = key;
    const stored = slotOf(
      JSON.stringify({
        format: 'keyferry-lock',
        version: 1,
        head: { salt: 'salt', iterations: 1000, key: 'sealed key' },
        sealed: await sealing.seal(key, frozen('kept-v1-full')),
      }),
    );
    const document = storedDocument(lockedSlot(stored, session, sealing), SAVED, emptySaved);
    expect(await document.read()).toEqual({ ok: true, value: await saved('kept-v1-full') });
    await document.change((it) => void (it.settings.theme = 'light'));
    expect(JSON.parse(stored.text)).toMatchObject({ format: 'keyferry-lock', version: STORAGE_VERSION });
    session.text = '';
    await document.forget();
    expect(await document.read()).toMatchObject({ failure: { code: 'locked' } });
  });

  test.each([
    ['no records', { salt: 's', secrets: {} }],
    ['a record that is none', { salt: 's', records: [1], secrets: {} }],
    ['channels that are no list', { salt: 's', records: [], channels: 1, secrets: {} }],
  ])('with %s are unreadable, and never written over', async (_name, data) => {
    const slot = slotOf(JSON.stringify({ version: 1, data }));
    const before = slot.text;
    const document = storedDocument(slot, JOURNAL, () => emptyJournal('none'));
    expect(await document.change(() => undefined)).toMatchObject({ failure: { code: 'storage-unreadable' } });
    expect(slot.text).toBe(before);
  });
});
