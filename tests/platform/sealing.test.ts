import { describe, expect, test } from 'vitest';
import { sealing } from '../../src/platform/sealing';

/** Few, so that the tests are quick; the figure in use is the caller's. */
const ROUNDS = 1_000;

describe('a sealed text', () => {
  test('opens with the passphrase that it was sealed with, whatever it holds', async () => {
    const salt = sealing.salt();
    const key = await sealing.derive('a passphrase', salt, ROUNDS);
    for (const text of ['', 'plain', 'öß 密钥 🚢', 'x'.repeat(300_000)]) {
      const sealed = await sealing.seal(key, text);
      expect(sealed).not.toContain('plain');
      expect(await sealing.open(await sealing.derive('a passphrase', salt, ROUNDS), sealed)).toBe(text);
    }
  });

  test('opens with a key that nobody typed, and with no other', async () => {
    const [key, other] = [sealing.newKey(), sealing.newKey()];
    const sealed = await sealing.seal(key, 'plain');
    expect(await sealing.open(key, sealed)).toBe('plain');
    expect(await sealing.open(other, sealed)).toBeUndefined();
    expect(atob(key)).toHaveLength(32);
  });

  test('does not open with another passphrase, salt or number of rounds, nor when a sign was changed', async () => {
    const salt = sealing.salt();
    const key = await sealing.derive('right', salt, ROUNDS);
    const sealed = await sealing.seal(key, 'text');
    expect(await sealing.open(await sealing.derive('wrong', salt, ROUNDS), sealed)).toBeUndefined();
    expect(await sealing.open(await sealing.derive('right', sealing.salt(), ROUNDS), sealed)).toBeUndefined();
    expect(await sealing.open(await sealing.derive('right', salt, ROUNDS + 1), sealed)).toBeUndefined();
    const changed = sealed.startsWith('A') ? `B${sealed.slice(1)}` : `A${sealed.slice(1)}`;
    expect(await sealing.open(key, changed)).toBeUndefined();
    for (const odd of ['', '!', 'AAAA']) expect(await sealing.open(key, odd)).toBeUndefined();
  });

  test('is never the same twice', async () => {
    const key = await sealing.derive('p', sealing.salt(), ROUNDS);
    expect(await sealing.seal(key, 'text')).not.toBe(await sealing.seal(key, 'text'));
    expect(sealing.salt()).not.toBe(sealing.salt());
  });
});

test('the key is the one that the standard gives (RFC 7914, section 11: PBKDF2 with SHA-256, cut to 32 bytes)', async () => {
  const salt = btoa('salt');
  const key = await sealing.derive('passwd', salt, 1);
  expect(Buffer.from(key, 'base64').toString('hex')).toBe(
    '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc',
  );
});
