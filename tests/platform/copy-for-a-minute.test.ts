import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { copyForAMinute, type ClipboardOwner } from '../../src/platform/copy-for-a-minute';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A clipboard that holds one text, and a browser that lets it be read or not. */
function desk(state: PermissionState | 'unknown', readable = true) {
  const held = { text: '', reads: 0 };
  const owner: ClipboardOwner = {
    clipboard: {
      async writeText(text) {
        held.text = text;
      },
      async readText() {
        held.reads++;
        if (!readable) throw new DOMException('Document is not focused.', 'NotAllowedError');
        return held.text;
      },
    },
    permissions: {
      async query() {
        if (state === 'unknown') throw new TypeError('clipboard-read is no PermissionName');
        return { state };
      },
    },
  };
  return { held, owner };
}

describe('a copied secret', () => {
  test('leaves the clipboard after a minute, where it may be read', async () => {
    const { held, owner } = desk('granted');
    expect(await copyForAMinute('sk-fake', owner)).toBe(true);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(held.text).toBe('sk-fake');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(held.text).toBe('');
  });

  test('is not mistaken for what was copied since', async () => {
    const { held, owner } = desk('granted');
    await copyForAMinute('sk-fake', owner);
    held.text = 'a letter';
    await vi.advanceTimersByTimeAsync(60_000);
    expect(held).toEqual({ text: 'a letter', reads: 1 });
  });

  test.each(['prompt', 'denied', 'unknown'] as const)(
    'stays where reading is %s: nobody is asked, nothing is emptied blindly',
    async (state) => {
      const { held, owner } = desk(state);
      expect(await copyForAMinute('sk-fake', owner)).toBe(false);
      await vi.advanceTimersByTimeAsync(120_000);
      expect(held).toEqual({ text: 'sk-fake', reads: 0 });
    },
  );

  test('stays where the page has not the focus when the minute is over', async () => {
    const { held, owner } = desk('granted', false);
    expect(await copyForAMinute('sk-fake', owner)).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(held).toEqual({ text: 'sk-fake', reads: 1 });
  });
});
