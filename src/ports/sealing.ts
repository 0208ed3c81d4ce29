/**
 * Encryption with a passphrase: PBKDF2 (SHA-256) makes a key of 256 bits from it, AES-GCM seals with that key. Keys,
 * salts and sealed texts are base64, so that they can be stored.
 */
export interface Sealing {
  /** A new random salt. */
  salt(): string;
  /** A new random key. */
  newKey(): string;
  /** The key that a passphrase makes; slow on purpose (0.2 s and more). */
  derive(passphrase: string, salt: string, iterations: number): Promise<string>;
  seal(key: string, text: string): Promise<string>;
  /** Undefined: another key sealed it, or it was changed since. */
  open(key: string, sealed: string): Promise<string | undefined>;
}
