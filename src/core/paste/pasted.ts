import type { BaseUrl } from '../base-url';

/** What was understood of one line or piece of a pasted text. Lines count from 1. Nothing is kept until the user says so. */
export type PastedItem =
  | {
      kind: 'key';
      line: number;
      /** The relay's name in the text; may be empty. */
      name: string;
      baseUrl: BaseUrl;
      key: string;
      /** The first line with the same key of the same relay; null: this one. */
      firstAt: number | null;
    }
  | { kind: 'no-address'; line: number; name: string; key: string; firstAt: number | null }
  /** A mask, a placeholder or a variable in place of a key. It must never be used as one. */
  | { kind: 'masked'; line: number; name: string; baseUrl: BaseUrl | null; text: string }
  /** An address without a key. */
  | { kind: 'no-key'; line: number; baseUrl: BaseUrl }
  | { kind: 'not-understood'; line: number; lastLine: number; text: string }
  /** The rest of the text, from this line on, was not read. */
  | { kind: 'cut'; line: number; reason: 'size' | 'count' };

/** What a reader finds, before addresses and keys are checked. */
export type Found =
  /** `address` is empty if the text gives none; `text` is a key, a mask or a placeholder. */
  | { kind: 'key'; line: number; name: string; address: string; text: string }
  | { kind: 'address'; line: number; address: string }
  | { kind: 'text'; line: number; lastLine: number; text: string };

/** A reader's result for the lines up to, but not including, `next`. Lines count from 0. */
export interface Piece {
  found: Found[];
  next: number;
  /** The text before and after it in its first and last line, with the line's index. */
  around?: { line: number; text: string }[];
}

/** Lines that hold nothing to be understood, by their beginning. */
export const textFound = (line: number, text: string, lastLine = line): Found => ({
  kind: 'text',
  line,
  lastLine,
  text: text.slice(0, 200),
});
