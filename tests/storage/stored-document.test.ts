import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { JOURNAL, SAVED, SESSION, type DocumentKind } from '../../src/storage/documents';
import { emptyJournal, emptySaved, emptySession } from '../../src/storage/empty';
import { STORAGE_VERSION } from '../../src/storage/schema';
import { storedDocument, type Slot } from '../../src/storage/stored-document';

function memorySlot(text?: string): Slot & { text: string | undefined; writes: number; full: boolean } {
  const slot = {
    text,
    writes: 0,
    full: false,
    get: async () => slot.text,
    async set(next: string) {
      if (slot.full) throw new Error('QUOTA_BYTES quota exceeded');
      await Promise.resolve();
      slot.writes++;
      slot.text = next;
    },
  };
  return slot;
}

const saved = (slot: Slot) => storedDocument(slot, SAVED, emptySaved);
const FROZEN = new URL('../fixtures/storage/', import.meta.url);

/** One frozen example of every version that ever shipped: it must open for ever. Never edit one; add the next. */
describe.each([
  ['kept', SAVED],
  ['journal', JOURNAL],
  ['passing', SESSION],
] as [string, DocumentKind<object>][])('the document %s', (name, kind) => {
  test.each(Array.from({ length: STORAGE_VERSION }, (_, index) => index + 1))(
    'of version %d opens',
    async (version) => {
      const text = readFileSync(new URL(`${name}-v${version}.json`, FROZEN), 'utf8');
      const slot = memorySlot(text);
      const opened = await storedDocument(slot, kind, () => ({})).read();
      expect(opened).toMatchObject({ ok: true });
      // The newest one comes back as it was written; older ones go through their steps.
      const { data } = JSON.parse(text) as { data: unknown };
      expect(version < STORAGE_VERSION || isDeepStrictEqual(opened.ok && opened.value, data)).toBe(true);
      expect(slot.writes).toBe(0);
    },
  );

  test('has a step for every version but the last', () => {
    expect(Object.keys(kind.migrations).map(Number)).toEqual(
      Array.from({ length: STORAGE_VERSION - 1 }, (_, index) => index + 1),
    );
  });
});

test('empty documents are what the schemas accept', async () => {
  for (const [schema, empty] of [
    [SAVED.schema, emptySaved()],
    [JOURNAL.schema, emptyJournal('s')],
    [SESSION.schema, emptySession()],
  ] as const)
    expect(v.safeParse(schema, empty)).toMatchObject({ success: true });
});

describe('a document', () => {
  test('that was never written is empty, and reading writes nothing', async () => {
    const slot = memorySlot();
    expect(await saved(slot).read()).toEqual({ ok: true, value: emptySaved() });
    expect(slot.writes).toBe(0);
  });

  test('is written with its version and read back by the next life', async () => {
    const slot = memorySlot();
    await saved(slot).change((document) => void (document.settings.theme = 'dark'));
    expect(JSON.parse(slot.text!)).toMatchObject({
      version: STORAGE_VERSION,
      data: { settings: { theme: 'dark' } },
    });
    expect(await saved(slot).read()).toMatchObject({ value: { settings: { theme: 'dark' } } });
  });

  test.each([
    ['{"version":1,"data":{"settings":{}}}', 'storage-unreadable'],
    ['not json', 'storage-unreadable'],
    [`{"version":${STORAGE_VERSION + 1},"data":{}}`, 'storage-future'],
  ])('that cannot be read (%s) is never written over', async (text, code) => {
    const slot = memorySlot(text);
    const document = saved(slot);
    let edited = false;
    expect(await document.read()).toMatchObject({ failure: { code } });
    expect(await document.change(() => (edited = true))).toMatchObject({ failure: { code } });
    expect([edited, slot.text, slot.writes]).toEqual([false, text, 0]);
  });

  test('starts over when it is reset, whatever was there', async () => {
    const slot = memorySlot('not json');
    const document = saved(slot);
    await document.reset();
    expect(await document.read()).toEqual({ ok: true, value: emptySaved() });
    expect(await saved(slot).read()).toEqual({ ok: true, value: emptySaved() });
  });

  test('takes changes one after the other: none is lost', async () => {
    const slot = memorySlot();
    const document = storedDocument(slot, JOURNAL, () => emptyJournal('s'));
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        document.change((journal) => void (journal.secrets[index] = 'x')),
      ),
    );
    const read = await document.read();
    expect(read.ok && Object.keys(read.value.secrets)).toHaveLength(20);
    expect(slot.writes).toBe(20);
  });

  test('that cannot be written says so, keeps what it had, and goes on', async () => {
    const slot = memorySlot();
    const document = saved(slot);
    await document.change((it) => void (it.settings.theme = 'dark'));
    slot.full = true;
    expect(await document.change((it) => void (it.settings.theme = 'light'))).toEqual({
      ok: false,
      failure: { code: 'storage-full' },
    });
    expect(await document.read()).toMatchObject({ value: { settings: { theme: 'dark' } } });
    slot.full = false;
    expect(await document.change((it) => it.settings.theme)).toEqual({ ok: true, value: 'dark' });
  });

  test('remembers what must hold where it cannot be written, and writes it with the next change', async () => {
    const slot = memorySlot();
    const document = saved(slot);
    slot.full = true;
    expect(await document.changeOrRemember(({ settings }) => void (settings.theme = 'dark'))).toMatchObject({
      failure: { code: 'storage-full' },
    });
    expect(await document.read()).toMatchObject({ value: { settings: { theme: 'dark' } } });
    expect(slot.text).toBeUndefined();
    slot.full = false;
    await document.change(() => undefined);
    expect(await saved(slot).read()).toMatchObject({ value: { settings: { theme: 'dark' } } });
  });

  test('is not changed by an edit that throws, and the next change is carried out', async () => {
    const slot = memorySlot();
    const document = saved(slot);
    const broken = document.change((it) => {
      it.settings.theme = 'dark';
      throw new Error('bug');
    });
    await expect(broken).rejects.toThrow('bug');
    expect(slot.writes).toBe(0);
    expect(await document.change((it) => it.settings.theme)).toEqual({ ok: true, value: 'system' });
  });

  test('that could not be reset is still what it was', async () => {
    const slot = memorySlot();
    const document = saved(slot);
    await document.change((it) => void (it.settings.theme = 'dark'));
    slot.full = true;
    await expect(document.reset()).rejects.toThrow('quota');
    expect(await document.read()).toMatchObject({ value: { settings: { theme: 'dark' } } });
  });
});
