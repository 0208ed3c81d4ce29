import { describe, expect, test } from 'vitest';
import { sealing } from '../../src/platform/sealing';
import { SAVED } from '../../src/storage/documents';
import { emptySaved } from '../../src/storage/empty';
import { lockedSlot, type LockedSlot } from '../../src/storage/locked-slot';
import { STORAGE_VERSION } from '../../src/storage/schema';
import { storedDocument, type Slot } from '../../src/storage/stored-document';

interface Memory extends Slot {
  text: string | undefined;
}

function memory(text?: string): Memory {
  const slot: Memory = {
    text,
    get: async () => slot.text,
    set: async (next) => void (slot.text = next),
  };
  return slot;
}

const HEAD = { salt: sealing.salt(), iterations: 1000, key: 'sealed key' };
const PLAIN = JSON.stringify({ version: STORAGE_VERSION, data: emptySaved() });

/** A slot, what lies in it, and the session's key. */
function made(text?: string): { stored: Memory; session: Memory; slot: LockedSlot } {
  const [stored, session] = [memory(text), memory()];
  return { stored, session, slot: lockedSlot(stored, session, sealing) };
}

/** The same with a text that is sealed, and its key in the session. */
async function sealed(text = PLAIN) {
  const scene = made();
  const key = sealing.newKey();
  await scene.session.set(key);
  scene.slot.turn({ key, head: HEAD });
  await scene.slot.set(text);
  return { ...scene, key };
}

describe('a locked slot', () => {
  test('that was never told to seal is as if it were not there', async () => {
    const { stored, slot } = made();
    expect(await slot.get()).toBeUndefined();
    await slot.set('any text');
    expect([stored.text, await slot.get(), slot.form()]).toEqual(['any text', 'any text', null]);
  });

  test('keeps its text sealed, with the head before it, and opens it again', async () => {
    const { stored, slot, key } = await sealed('a secret: 密钥');
    expect(JSON.parse(stored.text!)).toEqual({
      format: 'keyferry-lock',
      version: STORAGE_VERSION,
      head: HEAD,
      sealed: expect.stringMatching(/^[A-Za-z0-9+/=]+$/) as string,
    });
    expect(stored.text).not.toContain('secret');
    expect(await slot.get()).toBe('a secret: 密钥');
    expect(slot.form()).toEqual({ key, head: HEAD });
  });

  test('is written in the form in which it was read, by the next life of the worker too', async () => {
    const { stored, session } = await sealed('first');
    const next = lockedSlot(stored, session, sealing);
    expect(await next.get()).toBe('first');
    await next.set('second');
    expect(stored.text).not.toContain('second');
    expect(JSON.parse(stored.text!)).toMatchObject({ head: HEAD });
    expect(await lockedSlot(stored, session, sealing).get()).toBe('second');
  });

  test('turns plain when it is told to, and only then', async () => {
    const { stored, slot } = await sealed('text');
    slot.turn(null);
    expect(stored.text).not.toContain('text');
    await slot.set('text');
    expect([stored.text, slot.form()]).toEqual(['text', null]);
  });

  test('keeps its form when a writing fails: the turn is over', async () => {
    const { stored, slot } = await sealed('text');
    const { set } = stored;
    stored.set = () => Promise.reject(new Error('QUOTA_BYTES quota exceeded'));
    slot.turn(null);
    await expect(slot.set('plain')).rejects.toThrow('quota');
    stored.set = set;
    await slot.set('other');
    expect(stored.text).not.toContain('other');
  });
});

describe('a document over it', () => {
  const document = (slot: Slot) => storedDocument(slot, SAVED, emptySaved);

  test('is locked without the key, and never written over', async () => {
    const { stored, session } = await sealed();
    const before = stored.text;
    session.text = '';
    const saved = document(lockedSlot(stored, session, sealing));
    expect(await saved.read()).toEqual({ ok: false, failure: { code: 'locked' } });
    let edited = false;
    expect(await saved.change(() => (edited = true))).toEqual({ ok: false, failure: { code: 'locked' } });
    expect([stored.text, edited]).toEqual([before, false]);
    session.text = undefined;
    expect(await saved.read()).toMatchObject({ failure: { code: 'locked' } });
  });

  test('is read again once the key is there', async () => {
    const { stored, session, key } = await sealed();
    session.text = '';
    const saved = document(lockedSlot(stored, session, sealing));
    expect(await saved.read()).toMatchObject({ ok: false });
    session.text = key;
    expect(await saved.read()).toEqual({ ok: true, value: emptySaved() });
  });

  test('that was changed by somebody is unreadable, not locked: no passphrase would open it', async () => {
    const { stored, session } = await sealed();
    const envelope = JSON.parse(stored.text!) as { sealed: string };
    const middle = Math.floor(envelope.sealed.length / 2);
    const other = envelope.sealed[middle] === 'A' ? 'B' : 'A';
    envelope.sealed = envelope.sealed.slice(0, middle) + other + envelope.sealed.slice(middle + 1);
    stored.text = JSON.stringify(envelope);
    const saved = document(lockedSlot(stored, session, sealing));
    expect(await saved.read()).toEqual({ ok: false, failure: { code: 'storage-unreadable' } });
    expect(await saved.change(() => undefined)).toMatchObject({ failure: { code: 'storage-unreadable' } });
  });

  test('that a newer version sealed says so', async () => {
    const version = STORAGE_VERSION + 1;
    const text = JSON.stringify({ format: 'keyferry-lock', version, how: 'unknown', sealed: 1 });
    const { slot } = made(text);
    expect(await document(slot).read()).toEqual({ ok: false, failure: { code: 'storage-future', version } });
  });

  test('whose envelope is broken is locked or unreadable, never empty', async () => {
    for (const [text, code] of [
      [`{"format":"keyferry-lock","version":${STORAGE_VERSION}`, 'storage-unreadable'],
      [`{"format":"keyferry-lock","version":${STORAGE_VERSION}}`, 'locked'],
    ]) {
      const { slot, session } = made(text);
      session.text = sealing.newKey();
      expect(await document(slot).read()).toMatchObject({ failure: { code } });
    }
  });

  test('forgets what it read when it is told to', async () => {
    const { session, slot, key } = await sealed();
    const saved = document(slot);
    expect(await saved.read()).toMatchObject({ ok: true });
    session.text = '';
    expect(await saved.read()).toMatchObject({ ok: true });
    await saved.forget();
    expect(await saved.read()).toMatchObject({ failure: { code: 'locked' } });
    session.text = key;
    expect(await saved.read()).toMatchObject({ ok: true });
  });
});
