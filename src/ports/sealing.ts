/**
 * Encryption with a passphrase: PBKDF2 (SHA-256) derives a key of 256 bits, AES-GCM seals with it. Keys, salts and
 * sealed texts are base64, ready for storage.
 */
export interface Sealing {
  /** A new random salt. */
  salt(): string;
  /** A new random key. */
  newKey(): string;
  /** Derives the key of a passphrase; slow on purpose (0.2 s and more). */
  derive(passphrase: string, salt: string, iterations: number): Promise<string>;
  seal(key: string, text: string): Promise<string>;
  /** Undefined if another key sealed the text, or if it was changed. */
  open(key: string, sealed: string): Promise<string | undefined>;
}
