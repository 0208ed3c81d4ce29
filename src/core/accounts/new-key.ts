import type { NewKeyOption } from './relay-family';

/** A group that a new key may belong to. */
export interface RemoteGroup {
  id: string;
  name: string;
  note: string;
  /** Price factor, where the relay says a number. */
  ratio: number | null;
}

/** What an account's relay offers for a new key. */
export interface NewKeyForm {
  options: readonly NewKeyOption[];
  /** Empty where the family has no groups. */
  groups: RemoteGroup[];
  /** The longest name, in bytes of UTF-8; null: not known. */
  nameBytes: number | null;
  /** The relay's currency symbol; empty for bare points. */
  symbol: string;
}

/** A key to create, as the user wants it. */
export interface NewKey {
  name: string;
  /** Id of a group; empty: the user's own. */
  group: string;
  /** In the relay's own currency, as its pages show it; null: no limit. */
  amount: number | null;
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null;
  /** The only models that the key may use; null: all. */
  models: string[] | null;
}

/** What changes of a key; `amount` is what is left to spend from now on. All else of it stays. */
export type KeyChange = { [F in keyof NewKey]?: NewKey[F] | undefined };

/** The names in a text with commas, blanks or lines between; null: there are none. */
export function modelNames(text: string): string[] | null {
  const names = [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))];
  return names.length > 0 ? names : null;
}
