/**
 * How config.yaml is laid out, which no answer of `/v8` tells. `unknown` must never be taken for any of the others. `hidden`:
 * the server has no `/v0`, which alone shows the file as it is.
 */
export type Layout = 'old' | 'new' | 'mixed' | 'unknown' | 'hidden';

/** Whether a write may turn the whole file into the layout of 8.x: what could not be told may be another one. */
export const mayConvert = (layout: Layout | null | undefined): layout is 'mixed' | 'unknown' | 'hidden' =>
  layout === 'mixed' || layout === 'unknown' || layout === 'hidden';

/** Whether one write of groups changes all lists: of a file that is of the new layout, or becomes it (CLIProxyAPI 8). */
export const isOneWrite = (layout: Layout | null | undefined): boolean =>
  layout === 'new' || layout === 'mixed' || layout === 'hidden';

/** `providers` is what early 8.0.x had of it (8.0.x, `config_v8.go`). */
const NEW =
  /^(?:config-version|server|management|access|credentials|requests|oauth|upstream|multimedia|observability|providers)$/;
/** What a write of 8.x takes somewhere else. */
const OLD =
  /^(?:host|port|tls|debug|pprof|payload|streaming|codex|claude|xai|antigravity|openai-compatibility|(?:antigravity|auth|claude|codex|commercial|credential|disable|error|force|gpt|logging|logs|max|nonstream|oauth|passthrough|proxy|redis|remote|request|save|transient|trusted|usage|video|ws)-.*|.*-api-key)$/;
/** In both layouts; these inside say that it is the new one. */
const NEW_IN_ROUTING = /^(?:retry|cooldown|force-model-prefix)$/;
const NEW_IN_CLIENT = /\boptimize-multi-agent-v2\b/;

/** A text that goes on in the next line, which may look like anything. */
const OPEN_QUOTE = /^(?:"(?:[^"\\]|\\.)*|'(?:[^']|'')*)$/;

interface Section {
  name: string;
  /** What stands behind the colon, and every line below it that is neither empty nor a comment. */
  value: string;
  below: string[];
}

/**
 * The layout of a raw config.yaml (CLIProxyAPI 8.0), told by the names in its first column. Anything that an ordinary
 * file does not have there makes it unknown: what is wrong here would cost the user's groups.
 */
export function layoutOf(yaml: string): Layout {
  const sections = sectionsOf(yaml);
  if (!sections || sections.length === 0) return 'unknown';
  const signs = sections.map(signOf);
  if (signs.includes('odd')) return 'unknown';
  const isNew = signs.includes('new');
  if (isNew && signs.includes('old')) return 'mixed';
  return isNew ? 'new' : 'old';
}

/** Undefined where a line begins in the first column and is no name, or a name comes twice. */
function sectionsOf(yaml: string): Section[] | undefined {
  const sections: Section[] = [];
  const lines = yaml.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const line of lines) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    if (line.trimEnd() === '---' && sections.length === 0) continue;
    const last = sections.at(-1);
    // The items of a list may begin in the first column, too.
    if (/^(?: |-(?:\s|$))/.test(line)) {
      if (!last) return undefined;
      last.below.push(line);
      continue;
    }
    const [, double, single, plain, value] =
      /^(?:"([^"\\]*)"|'([^']*)'|([A-Za-z_][\w.-]*))\s*:(?:\s+(.*))?$/.exec(line) ?? [];
    const name = double ?? single ?? plain;
    if (OPEN_QUOTE.test(value ?? '')) return undefined;
    if (name === undefined || sections.some((section) => section.name === name)) return undefined;
    sections.push({ name, value: (value ?? '').replace(/(?:^|\s)#.*$/, '').trim(), below: [] });
  }
  return sections;
}

type Sign = 'old' | 'new' | 'odd' | undefined;

function signOf(section: Section): Sign {
  if (section.name === 'api-keys') return signOfKeys(section);
  if (section.name === 'routing') return signOfRouting(section);
  if (section.name === 'client')
    return NEW_IN_CLIENT.test([section.value, ...section.below].join()) ? 'new' : undefined;
  if (NEW.test(section.name)) return 'new';
  return OLD.test(section.name) ? 'old' : undefined;
}

/** A list of the clients' keys in the old layout, a mapping of the relays' in the new one. */
function signOfKeys({ value, below }: Section): Sign {
  if (value.startsWith('[')) return 'old';
  if (value.startsWith('{')) return 'new';
  const first = below[0];
  if (value !== '') return /^(?:~|null)$/i.test(value) && !first ? undefined : 'odd';
  if (first === undefined) return undefined;
  if (/^\s*-/.test(first)) return 'old';
  return /^\s+(?:"[^"]*"|'[^']*'|[A-Za-z_][\w.-]*)\s*:(?:\s|$)/.test(first) || /^\s+\{/.test(first)
    ? 'new'
    : 'odd';
}

function signOfRouting({ value, below }: Section): Sign {
  const inside = value.startsWith('{') ? namesInBraces([value, ...below].join(' ')) : namesBelow(below);
  if (!inside || (value !== '' && !value.startsWith('{') && below.length > 0)) return 'odd';
  return inside.some((name) => NEW_IN_ROUTING.test(name)) ? 'new' : undefined;
}

function namesBelow(lines: readonly string[]): string[] | undefined {
  const indent = /^ */.exec(lines[0] ?? '')![0];
  const direct = lines.filter((line) => line.startsWith(indent) && !/^\s/.test(line.slice(indent.length)));
  const found = direct.map((line) => /^\s*["']?([\w.-]+)["']?\s*:(?:\s|$)/.exec(line)?.[1]);
  return found.every((name) => name !== undefined) ? found : undefined;
}

/** The names right inside the outer braces. */
function namesInBraces(text: string): string[] | undefined {
  let flat = text.replace(/"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'/g, (_, double: string, single: string) =>
    // Nothing inside quotes may be taken for a brace.
    (double ?? single).replace(/[^\w.-]/g, '_'),
  );
  const body = /^\{(.*)\}$/s.exec(flat.trim())?.[1];
  if (body === undefined) return undefined;
  flat = body;
  for (let before = ''; before !== flat;) {
    before = flat;
    flat = flat.replace(/\{[^{}[\]]*\}|\[[^{}[\]]*\]/g, '_');
  }
  if (/[{}[\]]/.test(flat)) return undefined;
  return flat.split(',').map((pair) => pair.split(':')[0]!.trim());
}
