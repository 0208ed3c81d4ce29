import type { Sealing } from '../ports/sealing';

const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** The size that AES-GCM wants; each text gets a random one. */
const NONCE_BYTES = 12;

/** WebCrypto: the same in worker, pages and tests. */
export const sealing: Sealing = {
  salt: () => randomBytes(SALT_BYTES),
  newKey: () => randomBytes(KEY_BYTES),
  async derive(passphrase, salt, iterations) {
    // One character may be typed as one code point or as two.
    const bytes = new TextEncoder().encode(passphrase.normalize('NFC'));
    const secret = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits']);
    const how = { name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64(salt), iterations };
    return toBase64(new Uint8Array(await crypto.subtle.deriveBits(how, secret, 256)));
  },
  async seal(key, text) {
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv: nonce },
      await aesKey(key),
      new TextEncoder().encode(text),
    );
    return toBase64(new Uint8Array([...nonce, ...new Uint8Array(sealed)]));
  },
  async open(key, sealed) {
    try {
      const bytes = fromBase64(sealed);
      const text = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: bytes.subarray(0, NONCE_BYTES) },
        await aesKey(key),
        bytes.subarray(NONCE_BYTES),
      );
      return new TextDecoder().decode(text);
    } catch {
      return undefined;
    }
  },
};

const randomBytes = (count: number): string => toBase64(crypto.getRandomValues(new Uint8Array(count)));

const aesKey = (key: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', fromBase64(key), 'AES-GCM', false, ['encrypt', 'decrypt']);

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
