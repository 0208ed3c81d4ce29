import type { Fingerprints } from '../cliproxyapi/same-entry';

/** What the journal says of one written entry. Both texts hold fingerprints in place of secrets. */
export interface WrittenEntry {
  providerName: string;
  /** The entry before the write; null: there was none. */
  before: string | null;
  /** The entry after it; null: it was taken out. */
  after: string | null;
  /** The name of the group of 8.x that went with it. */
  group?: string | undefined;
  /** Where in its list an entry was that was taken out; null: none was. */
  place: number | null;
  /** How many entries were equal to it, itself included. */
  alike: number;
}

/** The secrets at hand: those that are stored, and those in the list. */
export interface KnownSecrets {
  fingerprints: Fingerprints;
  /** Fingerprint → text. */
  texts: ReadonlyMap<string, string>;
}
