import { keyShape } from '../key-shape';
import { labelKind } from './labels';
import { textFound, type Found, type Piece } from './pasted';

/** Lists of providers in CLIProxyAPI's config.yaml: those of version 7, and `api-keys:` of version 8 (from CLIProxyAPI’s source). */
const LIST =
  /^ {0,8}(?:openai-compatibility|(?:claude|codex|gemini|xai|vertex|interactions|meta)-api-key):\s*(?:#.*)?$/;
const PROXY_KEYS = /^api-keys:\s*(?:#.*)?$/;
const ITEM = /^\s{0,40}- (?:name|api-key|base-url|prefix|priority|disabled|weight):/;
const BASE_URL = /^\s{0,60}(?:- )?base-url:\s*\S/;
const SECTION = /^[a-z][a-z\d-]*:(?:\s|$)/;
const FIELD = /^([\w-]+):(?:\s+(.*))?$/;
/** How far below the start of a list item without its list the address may stand. */
const NEAR = 40;

export interface YamlReader {
  read(index: number): Piece | undefined;
}

/**
 * Reads the provider lists of CLIProxyAPI's config.yaml. The project has no YAML library, and this is no YAML reader: it
 * knows block lists with one `field: value` a line and goes by their indentation. Flow style (`[a, b]`), anchors and
 * texts over several lines are not understood. The rest of such a file, which holds secrets of the proxy itself, is shown
 * as not understood in one piece.
 */
export function createYamlReader(lines: readonly string[]): YamlReader {
  const isFile = lines.some((line) => LIST.test(line));
  const baseUrls = lines.flatMap((line, index) => (BASE_URL.test(line) ? [index] : []));
  let passed = 0;
  return {
    read(index) {
      const line = lines[index] ?? '';
      if (LIST.test(line) || (isFile && PROXY_KEYS.test(line)))
        return readList(lines, index, index + 1, indentOf(line));
      if (isFile && isSection(line))
        return { found: [skipped(lines, index)], next: sectionEnd(lines, index) };
      if (!ITEM.test(line)) return undefined;
      while (passed < baseUrls.length && (baseUrls[passed] ?? 0) < index) passed++;
      if ((baseUrls[passed] ?? Infinity) > index + NEAR) return undefined;
      const piece = readList(lines, index, index, indentOf(line));
      return piece.found.some(({ kind }) => kind !== 'text') ? piece : undefined;
    },
  };
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
const isBlank = (line: string): boolean => /^\s*(?:#|$)/.test(line);

/** A setting of the proxy; lines such as `key: sk-…` are ordinary text also beside such a file. */
function isSection(line: string): boolean {
  if (!SECTION.test(line) || LIST.test(line) || PROXY_KEYS.test(line)) return false;
  const kind = labelKind(line.slice(0, line.indexOf(':')));
  return (
    kind === undefined ||
    kind === 'secret' ||
    kind === 'page' ||
    !/:\s+\S/.test(line) ||
    line.startsWith('host:')
  );
}

/** Where settings end that follow each other from here on. */
function sectionEnd(lines: readonly string[], index: number): number {
  let next = index + 1;
  const goesOn = (line: string): boolean => isBlank(line) || /^(?:\s|- )/.test(line) || isSection(line);
  while (next < lines.length && goesOn(lines[next] ?? '')) next++;
  return next;
}

function skipped(lines: readonly string[], index: number): Found {
  let last = sectionEnd(lines, index) - 1;
  while (last > index && isBlank(lines[last] ?? '')) last--;
  return textFound(index, lines[index] ?? '', last);
}

interface Provider {
  /** The column of its fields. */
  column: number;
  name: string;
  address: string;
  addressLine: number;
  keys: { line: number; text: string }[];
}

function readList(lines: readonly string[], index: number, from: number, indent: number): Piece {
  const found: Found[] = [];
  let provider: Provider | undefined;
  /** The last field without a value: what a list below it is a list of. */
  let list = '';
  let next = from;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (isBlank(line)) continue;
    const dash = indentOf(line);
    const text = line.trimStart().replace(/^(?:- +)+/, '');
    const column = line.length - text.length;
    if (dash < indent || (dash === indent && dash === column && next > index)) break;
    const isItem = column > dash;
    if (provider && column < provider.column) provider = close(found, provider);
    const [, field, rest = ''] = FIELD.exec(text.slice(0, 4000)) ?? [];
    if (isItem && field && (!provider || column <= provider.column)) {
      if (provider) close(found, provider);
      provider = { column, name: '', address: '', addressLine: next, keys: [] };
      list = '';
    }
    if (!provider) continue;
    const value = scalar(rest);
    if (field && !value) list = field;
    if (column === provider.column && field === 'name') provider.name = value;
    if (column === provider.column && field === 'base-url')
      Object.assign(provider, { address: value, addressLine: next });
    if (field === 'api-key' && value) provider.keys.push({ line: next, text: value });
    if (isItem && !field && (list === 'api-keys' || list === 'keys'))
      provider.keys.push({ line: next, text: scalar(text) });
  }
  if (provider) close(found, provider);
  return { found: found.length > 0 ? found : [skipped(lines, index)], next: Math.max(next, index + 1) };
}

function close(found: Found[], { name, address, addressLine, keys }: Provider): undefined {
  const usable = keys.filter(({ text }) => keyShape(text, true));
  for (const { line, text } of usable) found.push({ kind: 'key', line, name, address, text });
  if (usable.length === 0 && address) found.push({ kind: 'address', line: addressLine, address });
}

/** The value without quotes and without a comment behind it. */
function scalar(text: string): string {
  const quoted = /^\s*(["'])(.*?)\1/.exec(text);
  return (quoted?.[2] ?? text.replace(/(?:^|\s)#.*$/, '')).trim();
}
