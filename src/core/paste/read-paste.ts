import type { BaseUrl } from '../base-url';
import { parseKeyText } from '../parse-key-text';
import { memo } from '../memo';
import { baseUrlOf } from './address';
import { keyShape } from '../key-shape';
import { lineTokens } from './line-tokens';
import { markTwice } from './mark-twice';
import { textFound, type Found, type PastedItem, type Piece } from './pasted';
import { readCurl } from './read-curl';
import { pairVariables, readVariables, withoutVariables } from './read-env';
import { createJsonReader } from './read-json';
import { createLineReader, type LineReader } from './read-lines';
import { readLinks } from './read-links';
import { createYamlReader } from './read-yaml';

/** Limits: characters of the text, and items of the result. */
export const MAX_CHARS = 1_000_000;
export const MOST_ITEMS = 2_000;

/**
 * The keys in a pasted text with address and name of their relays, in the order of the lines. Understands ordinary text,
 * `.env` files, JSON, curl commands, links to programs that import keys, and the provider lists of CLIProxyAPI's
 * config.yaml, also mixed. Nothing is guessed: a key without a clear address is `no-address`. Never throws; takes time
 * linear in the length of the text.
 */
export function readPaste(text: string): PastedItem[] {
  const cut = text.length > MAX_CHARS;
  const lines = text
    .slice(0, MAX_CHARS)
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/);
  // Half a key would be taken for one.
  if (cut) lines.pop();
  const found = readAll(lines).toSorted((a, b) => a.line - b.line);
  const baseUrl = memo(baseUrlOf);
  const items = markTwice(found.slice(0, MOST_ITEMS).map((one) => itemOf(one, baseUrl)));
  const more = found[MOST_ITEMS];
  if (more) return [...items, { kind: 'cut', line: more.line + 1, reason: 'count' }];
  return cut ? [...items, { kind: 'cut', line: lines.length + 1, reason: 'size' }] : items;
}

const COMMENT = /^\s*(?:#|\/\/|<!--|REM\s)/;

/** Pieces of a known format first, then variables; the rest is ordinary text. */
function readAll(lines: readonly string[]): Found[] {
  const pieces = findPieces(lines);
  const inPieces = new Set<number>();
  for (const [index, { next }] of pieces) for (let at = index; at < next; at++) inPieces.add(at);
  const variables = lines.flatMap((line, index) =>
    inPieces.has(index) || COMMENT.test(line) ? [] : readVariables(index, line),
  );
  const { found, used } = pairVariables(variables);
  const plain = createLineReader();
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const piece = pieces.get(index);
    if (piece || used.has(index)) plain.wall();
    if (piece) {
      for (const one of piece.found) found.push(one);
      for (const beside of piece.around ?? []) readBeside(plain, beside.line, beside.text);
      index = piece.next - 1;
    } else if (used.has(index)) readBeside(plain, index, withoutVariables(line));
    else if (!line.trim()) plain.gap();
    else if (!COMMENT.test(line)) plain.line(index, line);
    // The rest would be cut off.
    if (plain.count() > MOST_ITEMS) break;
  }
  return [...found, ...plain.end()];
}

/** Text beside a piece counts only if it holds an address or a key. */
function readBeside(plain: LineReader, index: number, text: string): void {
  if (lineTokens(text).tokens.length === 0) return;
  plain.line(index, text);
  plain.wall();
}

function findPieces(lines: readonly string[]): Map<number, Piece> {
  const json = createJsonReader(lines);
  const yaml = createYamlReader(lines);
  const pieces = new Map<number, Piece>();
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (!line.trim() || COMMENT.test(line)) continue;
    const piece = yaml.read(index) ?? readCurl(lines, index) ?? json.read(index) ?? linkPiece(line, index);
    if (!piece) continue;
    pieces.set(index, piece);
    index = piece.next - 1;
  }
  return pieces;
}

function linkPiece(line: string, index: number): Piece | undefined {
  const links = readLinks(line);
  if (!links) return undefined;
  const keys = links.keys.map((key): Found => ({ kind: 'key', line: index, ...key }));
  const found = keys.length > 0 ? keys : [textFound(index, line)];
  return { found, next: index + 1, around: [{ line: index, text: links.rest }] };
}

function itemOf(found: Found, baseUrl: (address: string) => BaseUrl | null): PastedItem {
  const line = found.line + 1;
  if (found.kind === 'text') return notUnderstood(line, found.lastLine + 1, found.text);
  const base = baseUrl(found.address);
  if (found.kind === 'address')
    return base ? { kind: 'no-key', line, baseUrl: base } : notUnderstood(line, line, found.address);
  const { name, text } = found;
  if (keyShape(text, true) === 'masked')
    return { kind: 'masked', line, name, baseUrl: base, text: shortened(text) };
  const key = parseKeyText(text);
  if (!key.ok) return notUnderstood(line, line, text);
  return base
    ? { kind: 'key', line, name, baseUrl: base, key: key.value, firstAt: null }
    : { kind: 'no-address', line, name, key: key.value, firstAt: null };
}

const notUnderstood = (line: number, lastLine: number, text: string): PastedItem => ({
  kind: 'not-understood',
  line,
  lastLine,
  text: shortened(text.trim()),
});

const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);
