import type { BaseUrl } from '../base-url';

/** What was understood of one line or piece of a pasted text. Lines count from 1. Nothing is kept of it before the user says so. */
export type PastedItem =
  | {
      kind: 'key';
      line: number;
      /** Of the relay, as it stands in the text; may be empty. */
      name: string;
      baseUrl: BaseUrl;
      key: string;
      /** The line where the same key of the same relay stands first; null: here. */
      firstAt: number | null;
    }
  | { kind: 'no-address'; line: number; name: string; key: string; firstAt: number | null }
  /** A mask, a placeholder or a variable in place of a key. It must never be used as one. */
  | { kind: 'masked'; line: number; name: string; baseUrl: BaseUrl | null; text: string }
  /** An address to which no key was found. */
  | { kind: 'no-key'; line: number; baseUrl: BaseUrl }
  | { kind: 'not-understood'; line: number; lastLine: number; text: string }
  /** The rest of the text, from this line on, was not read. */
  | { kind: 'cut'; line: number; reason: 'size' | 'count' };

/** What a reader makes of its piece, before addresses and keys are looked at closely. */
export type Found =
  /** `address` is empty if the text gives none; `text` is a key, a mask or a placeholder. */
  | { kind: 'key'; line: number; name: string; address: string; text: string }
  | { kind: 'address'; line: number; address: string }
  | { kind: 'text'; line: number; lastLine: number; text: string };

/** A reader's result: what it found in the lines from `from` up to, and without, `next` (both count from 0). */
export interface Piece {
  found: Found[];
  next: number;
  /** What stands before and behind it in its first and last line, with the line's index. */
  around?: { line: number; text: string }[];
}
