import { keyShape } from '../key-shape';
import { labelBefore, labelKind, type LabelKind } from './labels';

/** An address or a key, possibly masked, and its place in the line. */
export interface Token {
  kind: 'url' | 'page' | 'key';
  text: string;
  at: number;
  end: number;
}

export interface LineTokens {
  tokens: Token[];
  /** The text before the first token and its label, and after the last one: likely the relay's name. */
  before: string;
  after: string;
}

/** No base of an API is longer. */
const MOST_URL = 500;
const URLS = /https?:\/\/(?:\[[\da-f:]+\])?[^\s"'`<>|,;，；。、（）()【】《》「」“”‘’{}[\]\\…]*/gi;
/** Runs of the characters that keys and hosts consist of. */
const RUNS = /[\w.\-+/=:*•…~#$%@&?!^]+/g;
const HOST =
  /^(?:localhost|(?:\d{1,3}\.){3}\d{1,3}|(?:[a-z\d-]{1,63}\.){1,8}(?!(?:json|ya?ml|toml|md|txt|py|m?[jt]sx?|sh|env|conf|cfg|ini|html?|exe|zip|log|csv|png|jpe?g|svg)(?:$|\/))[a-z]{2,24})(?::\d{1,5})?(?:\/\S*)?$/i;
const KEY_PARAMETER = /[?&](?:key|api_?key|token)=([^&#\s]+)/i;

/**
 * Addresses and keys of one line in their order. `carried`: the kind of a label alone in the line before. Takes time
 * linear in the length of the line.
 */
export function lineTokens(text: string, carried?: LabelKind): LineTokens {
  // `https://relay.example----sk-…`: no key or address holds so many dashes.
  const line = text.replace(/-{4,}/g, (dashes) => ' '.repeat(dashes.length));
  const tokens: (Token & { label: number })[] = [];
  /** A host without scheme and label is an address only beside a key or alone in its line. */
  let host: (Token & { label: number }) | undefined;
  let from = 0;
  for (const { text: piece, at } of pieces(line)) {
    if (isPlainWord(piece)) continue;
    const start = Math.max(from, at - 64);
    const label = labelBefore(line.slice(start, at));
    const place = { at, end: at + piece.length, label: start + label.at };
    const kind = label.kind ?? (tokens.length === 0 ? carried : undefined);
    const found = read(piece, kind);
    for (const token of found) tokens.push({ ...token, ...place });
    if (found.length > 0) from = place.end;
    else if (!host && isHost(piece)) host = { kind: 'url', text: piece, ...place };
  }
  const hasUrl = tokens.some((token) => token.kind === 'url');
  if (host && !hasUrl && (tokens.length > 0 || line.trim() === host.text)) tokens.push(host);
  tokens.sort((a, b) => a.at - b.at);
  const first = tokens[0];
  const last = tokens.at(-1);
  return {
    tokens,
    before: first ? line.slice(Math.max(0, first.label - 120), first.label) : '',
    after: last ? line.slice(last.end, last.end + 120) : '',
  };
}

/** Addresses with a scheme and the runs between them, in the order of the line. */
function* pieces(line: string): Generator<{ text: string; at: number }> {
  let from = 0;
  for (const match of line.matchAll(URLS)) {
    yield* runs(line, from, match.index);
    yield { text: match[0], at: match.index };
    from = match.index + match[0].length;
  }
  yield* runs(line, from, line.length);
}

function* runs(line: string, from: number, to: number): Generator<{ text: string; at: number }> {
  for (const match of line.slice(from, to).matchAll(RUNS)) yield { text: match[0], at: from + match.index };
}

type Bare = Pick<Token, 'kind' | 'text'>;

function read(piece: string, label: LabelKind | undefined): Bare[] {
  if (/^https?:\/\//i.test(piece)) return readUrl(piece, label);
  const run = piece
    .slice(0, 3000)
    .replace(/^[:=#*]{1,8}(?=[\w$])/, '')
    .replace(/[.:!?]{1,8}$/, '');
  if (isHost(run) && (label === 'url' || label === 'site')) return [{ kind: 'url', text: run }];
  const { kind, value } = splitLabel(run, label);
  if (kind === 'url' && isHost(value)) return [{ kind: 'url', text: value }];
  const shape = keyShape(value, kind === 'key');
  // A password or a dashboard token is as long and mixed as a key; its label says what it is.
  if (!shape || (kind === 'secret' && shape !== 'prefixed')) return [];
  return [{ kind: 'key', text: value }];
}

function readUrl(piece: string, label: LabelKind | undefined): Bare[] {
  const text = piece.slice(0, MOST_URL + 1).replace(/[.:!?*]{1,8}$/, '');
  if (text.length > MOST_URL || !/^https?:\/\/./i.test(text)) return [];
  const url = { kind: label === 'page' ? ('page' as const) : ('url' as const), text };
  const inQuery = KEY_PARAMETER.exec(text)?.[1];
  return inQuery && keyShape(inQuery, true) ? [url, { kind: 'key', text: inQuery }] : [url];
}

/** `api_key=…`, `Hoshi:sk-…`: the run without the word before it. A key that holds a `:` or `=` stays whole. */
function splitLabel(
  run: string,
  label: LabelKind | undefined,
): { kind: LabelKind | undefined; value: string } {
  const [, word = '', value = ''] = /^([\w.-]{1,64})[:=]{1,2}(.+)$/.exec(run) ?? [];
  if (!value) return { kind: label, value: run };
  const kind = labelKind(word);
  if (kind) return { kind, value };
  const shape = keyShape(word, false);
  if (shape === 'prefixed') return { kind: label, value: word };
  return { kind: label, value: label === 'key' || shape ? run : value };
}

/** Too short, or only letters: neither key nor address. */
const isPlainWord = (piece: string): boolean =>
  piece.length < 4 || (piece.length < 16 && /^[a-z]+$/i.test(piece) && piece !== 'localhost');

const isHost = (text: string): boolean => text.length <= MOST_URL && HOST.test(text);
