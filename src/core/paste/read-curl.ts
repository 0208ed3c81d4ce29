import { lineTokens } from './line-tokens';
import { textFound, type Found, type Piece } from './pasted';

const CURL = /(?:^|[\s$>;&|(])curl(?:\.exe)?\s/;
const MOST_LINES = 200;

/**
 * A curl command with all its lines: those that end in `\` (`^` on Windows, a backtick in PowerShell), and those of a
 * quoted body. Its address and the key in its headers belong together.
 */
export function readCurl(lines: readonly string[], index: number): Piece | undefined {
  if (!CURL.test((lines[index] ?? '').slice(0, 400))) return undefined;
  const next = commandEnd(lines, index);
  const tokens = lines.slice(index, next).flatMap((line, at) =>
    // A proxy is on the way to the relay, not the relay.
    lineTokens(line.slice(0, 20_000).replace(/\s(?:-x|--proxy)[\s=]+\S+/, ' ')).tokens.map(
      ({ kind, text }) => ({ kind, text, line: index + at }),
    ),
  );
  // Further addresses are part of what is sent.
  const url = tokens.find(({ kind }) => kind === 'url');
  const address = url?.text ?? '';
  const keys = tokens.filter(({ kind }) => kind === 'key');
  const found = keys.map(({ line, text }): Found => ({ kind: 'key', line, name: '', address, text }));
  if (found.length > 0) return { found, next };
  const none = textFound(index, lines[index] ?? '', next - 1);
  return { found: [url ? { kind: 'address', line: url.line, address } : none], next };
}

function commandEnd(lines: readonly string[], index: number): number {
  let quote = '';
  let plain = index + 1;
  for (let at = index; at < lines.length && at < index + MOST_LINES; at++) {
    const line = lines[at] ?? '';
    quote = openQuote(line, quote);
    const goesOn = /[\\^`]\s{0,8}$/.test(line.slice(-10));
    if (!quote && !goesOn) return at + 1;
    if (plain === at + 1 && goesOn) plain = at + 2;
  }
  // A quote that never ends is an apostrophe.
  return Math.min(plain, lines.length);
}

/** The quote that is open at the end of a line, or empty. */
function openQuote(line: string, before: string): string {
  let quote = before;
  for (let at = 0; at < line.length && at < 20_000; at++) {
    const character = line[at];
    if (character === '\\' && quote !== "'") at++;
    else if (quote) quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
  }
  return quote;
}
