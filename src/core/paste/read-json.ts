import { collectKeys } from './collect-keys';
import type { Found, Piece } from './pasted';

/** A list or an object begins here: not every bracket, since Markdown and TOML have them, too. */
const START = /[{[]\s*(?:["{[]|$)/;
/** How often the whole text may be looked through for closing brackets, so that hostile text costs no more than that. */
const PASSES = 6;
/** How many keys are looked for in vain before the line of the piece stands for that of the key. */
const MOST_MISSES = 20;

export interface JsonReader {
  /** The piece that begins in this line; undefined: none that can be read. */
  read(index: number): Piece | undefined;
}

/** Reads objects and lists also where other text stands around them. Commas at the end and comments are forgiven. */
export function createJsonReader(lines: readonly string[]): JsonReader {
  const text = lines.join('\n');
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  let budget = text.length * PASSES;

  const read = (index: number): Piece | undefined => {
    const line = lines[index] ?? '';
    const inLine = START.exec(line)?.index;
    const lineStart = starts[index];
    if (inLine === undefined || lineStart === undefined || budget <= 0) return undefined;
    const from = lineStart + inLine;
    const { end, closed } = closing(text, from, budget);
    budget -= end - from;
    if (!closed) return undefined;
    const raw = text.slice(from, end);
    budget -= raw.length;
    const value = parseTolerant(raw);
    if (value === undefined) return undefined;
    let next = index + 1;
    while (next < lines.length && (starts[next] ?? end) < end) next++;
    const last = next - 1;
    const behind = (lines[last] ?? '').slice(end - (starts[last] ?? 0));
    return {
      found: foundIn(raw, value, index, last),
      next,
      around: [
        { line: index, text: line.slice(0, inLine) },
        { line: last, text: behind },
      ],
    };
  };
  return { read };
}

/** Where the bracket at `from` is closed, looking at no more than `most` signs; not in a string or a comment. */
function closing(text: string, from: number, most: number): { end: number; closed: boolean } {
  const limit = Math.min(text.length, from + most);
  let depth = 0;
  for (let at = from; at < limit; at++) {
    const sign = text[at];
    if (sign === '"') at = stringEnd(text, at, limit);
    else if (sign === '/') at = commentEnd(text, at, limit);
    else if (sign === '{' || sign === '[') depth++;
    else if ((sign === '}' || sign === ']') && --depth === 0) return { end: at + 1, closed: true };
  }
  return { end: limit, closed: false };
}

/** Where the string that begins here ends; JSON has none over several lines. */
function stringEnd(text: string, from: number, limit: number): number {
  for (let at = from + 1; at < limit; at++) {
    const sign = text[at];
    if (sign === '\\') at++;
    else if (sign === '"' || sign === '\n') return at;
  }
  return limit;
}

/** The last sign of the comment that begins here; `at` itself if none does. */
function commentEnd(text: string, at: number, limit: number): number {
  const next = text[at + 1];
  if (next !== '/' && next !== '*') return at;
  const end = next === '/' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
  return end < 0 ? limit : Math.min(limit, next === '/' ? end : end + 1);
}

function parseTolerant(raw: string): unknown {
  for (const read of [(): string => raw, (): string => withoutExtras(raw)]) {
    try {
      return JSON.parse(read());
    } catch {
      // The second reading is the last.
    }
  }
  return undefined;
}

/** The text without comments and without commas before a closing bracket, strings left as they are. */
function withoutExtras(raw: string): string {
  const parts =
    raw.match(/"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/)?|[^"/]+|\//g) ??
    [];
  const kept = parts.filter((part) => !/^\/[/*]/.test(part));
  let text = '';
  /** A comma that waits for what follows it. */
  let comma = '';
  for (const part of kept) {
    if (part.startsWith('"')) {
      text += comma + part;
      comma = '';
      continue;
    }
    const whole = (comma + part).replace(/,\s*(?=[}\]])/g, '');
    comma = /,\s*$/.exec(whole)?.[0] ?? '';
    text += whole.slice(0, whole.length - comma.length);
  }
  return text + comma;
}

function foundIn(raw: string, value: unknown, line: number, lastLine: number): Found[] {
  const keys = collectKeys(value);
  if (keys.length === 0) return [{ kind: 'text', line, lastLine, text: raw.slice(0, 200) }];
  const lineAt = lineFinder(raw, line);
  return keys.map(({ text, name, address }) => ({ kind: 'key', line: lineAt(text), name, address, text }));
}

/** The line in which each key stands, asked for in their order. */
function lineFinder(raw: string, first: number): (text: string) => number {
  let at = 0;
  let line = first;
  let misses = 0;
  return (text) => {
    const next = misses < MOST_MISSES ? raw.indexOf(JSON.stringify(text).slice(1, -1), at) : -1;
    if (next < 0) {
      misses++;
      return line;
    }
    for (; at < next; at++) if (raw[at] === '\n') line++;
    return line;
  };
}
