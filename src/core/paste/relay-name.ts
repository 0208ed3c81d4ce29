import { labelKind } from './labels';

const MAX_CHARS = 40;
const EDGES = new Set(' \t\u00a0"\'`|,;:=：，；。、-–—*#>•·()（）【】[]{}「」');

/** The relay's name in a text beside an address or a key; empty if there is none. */
export function relayName(text: string): string {
  const bare = trimEdges(text.slice(-120)).replace(/^\d{1,3}[.)、]\s*/, '');
  const [, label = '', value = ''] = /^([^:=：]{1,40})[:=：]\s*(.+)$/.exec(bare) ?? [];
  const kind = label ? labelKind(label.trim()) : undefined;
  const name = trimEdges(kind === 'name' || kind === 'site' ? value : bare);
  if (!mayBeName(name)) return '';
  if (name.length > MAX_CHARS || !/[\p{L}\p{N}]/u.test(name) || labelKind(name)) return '';
  return name;
}

/** Code, mail addresses and labelled secrets are no names. */
function mayBeName(text: string): boolean {
  if (/[=<>{};\\"@$]|(?:^|\s)--?\w/.test(text)) return false;
  const [first = ''] = text.split(/\s/, 1);
  if (/^(?:import|from|const|let|var|return|export|docker|账号|帐号)$/i.test(first)) return false;
  const kind = labelKind(first);
  return kind !== 'secret' && kind !== 'key';
}

/** The name in a line like `Name: Hoshi`, or undefined. */
export function labelledName(line: string): string | undefined {
  const [, label = '', value = ''] =
    /^([^:=：]{1,40})[:=：]\s*(.+)$/.exec(trimEdges(line).slice(0, 200)) ?? [];
  const kind = label ? labelKind(trimEdges(label)) : undefined;
  return kind === 'name' || kind === 'site' ? trimEdges(value).slice(0, MAX_CHARS) : undefined;
}

/** The first 400 characters without spaces, quotes, bullets and separators around them. */
export function trimEdges(text: string): string {
  let from = 0;
  let to = Math.min(text.length, 400);
  while (from < to && EDGES.has(text.charAt(from))) from++;
  while (to > from && EDGES.has(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}
