import { collectKeys } from './collect-keys';
import { textFound, type Found, type Piece } from './pasted';

/** A list or an object begins here: not every bracket, since Markdown and TOML have them, too. */
const START = /[{[]\s*(?:["{[]|$)/;
/** How often the whole text may be searched for closing brackets: what hostile text may cost. */
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
    const { end, json } = jsonFrom(text, from, budget);
    budget -= (end - from) * (json === undefined ? 1 : 2);
    const value = parsed(json);
    if (value === undefined) return undefined;
    let next = index + 1;
    while (next < lines.length && (starts[next] ?? end) < end) next++;
    const last = next - 1;
    const behind = (lines[last] ?? '').slice(end - (starts[last] ?? 0));
    return {
      found: foundIn(text.slice(from, end), value, index, last),
      next,
      around: [
        { line: index, text: line.slice(0, inLine) },
        { line: last, text: behind },
      ],
    };
  };
  return { read };
}

/** Strings, comments and brackets; what stands between them is a part, too. */
const PARTS =
  /"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|\/\/[^\n]*|\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/)?|[{[]+|[}\]]|[^"/{}[\]]+|\//s;

/**
 * The list or object that begins at `from`, without comments and without commas before a closing bracket, and where it
 * ends. `json` undefined: it is not closed within the next `most` characters.
 */
function jsonFrom(text: string, from: number, most: number): { end: number; json?: string } {
  const parts = new RegExp(PARTS, 'gs');
  parts.lastIndex = from;
  let json = '';
  /** A comma that waits for what follows it. */
  let comma = '';
  let depth = 0;
  for (let part = parts.exec(text)?.[0]; part !== undefined; part = parts.exec(text)?.[0]) {
    const isClosing = part === '}' || part === ']';
    if (isClosing) depth--;
    else if (/^[{[]/.test(part)) depth += part.length;
    if (!/^\/[/*]/.test(part) && (!comma || part.trim())) {
      const whole = isClosing ? part : comma + part;
      comma = part.startsWith('"') ? '' : (/,\s*$/.exec(whole)?.[0] ?? '');
      json += whole.slice(0, whole.length - comma.length);
    }
    if (isClosing && depth === 0) return { end: parts.lastIndex, json };
    if (parts.lastIndex >= from + most) break;
  }
  return { end: Math.min(text.length, from + most) };
}

function parsed(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function foundIn(raw: string, value: unknown, line: number, lastLine: number): Found[] {
  const keys = collectKeys(value);
  if (keys.length === 0) return [textFound(line, raw, lastLine)];
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
