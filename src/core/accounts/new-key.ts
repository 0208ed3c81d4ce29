import type { NewKeyOption } from './relay-family';

/** A group that a new key may be of. */
export interface RemoteGroup {
  /** What a new key names it by. */
  id: string;
  name: string;
  note: string;
  /** Price factor, where the relay says a number. */
  ratio: number | null;
}

/** What can be said of a new key at an account's relay. */
export interface NewKeyForm {
  options: readonly NewKeyOption[];
  /** None where the family has no groups. */
  groups: RemoteGroup[];
  /** The longest name in bytes of UTF-8; null: not known. */
  nameBytes: number | null;
  /** Sign of the relay's own currency; empty for bare points. */
  symbol: string;
}

/** A key to be made, as the user says it. */
export interface NewKey {
  name: string;
  /** Id of a group; empty: the user's own. */
  group: string;
  /** In the relay's own currency, as its pages show it; null: no limit. */
  amount: number | null;
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null;
}
