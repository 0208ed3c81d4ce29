/** Keys and tokens that nobody can take for real ones. */

const filled = (start: string, id: number, length: number): string =>
  (start + 'FakeKey'.repeat(8)).slice(0, length - 4) + String(id).padStart(4, '0');

/** The key, 48 characters without `sk-`, that the server makes for a new entry. */
export const fakeKey = (name: string, id: number): string =>
  filled(`Lab${name.replace(/[^A-Za-z0-9]/g, '') || 'noname'}`, id, 48);

const ORDINALS = ['First', 'Second', 'Third', 'Fourth', 'Fifth'];

/** The access token, 32 characters, that a user gets the n-th time. */
export const fakeAccessToken = (nth: number): string =>
  filled(`LabPat${ORDINALS[nth - 1] ?? 'Next'}`, nth, 32);

export const DEFAULT_ACCESS_TOKEN = 'LabPatPlainFakeKeyFakeKeyFak0002';
