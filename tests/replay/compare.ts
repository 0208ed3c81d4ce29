/** Texts that `{{name}}` stands for. */
export type Variables = Readonly<Record<string, string>>;

/** What a placeholder accepts inside a text, where it does not stand for one text. */
const FORMS: Record<string, string> = {
  any: '[\\s\\S]*',
  date: '[^"]+',
  commit: '\\S*',
  duration: '(?:\\d+h)?(?:\\d+m)?\\d+s',
  hex16: '[0-9a-f]{16}',
  trace: '\\d{14}-[0-9a-f]{16}-[0-9a-f]{8}',
};

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/** A copy with every placeholder filled in that stands for one text. */
export function fill<T>(value: T, variables: Variables): T {
  if (typeof value === 'string') {
    return value.replace(PLACEHOLDER, (whole, name: string) => variables[name] ?? whole) as T;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => fill(item, variables)) as T;
  if (!isObject(value)) return value;
  const pairs = Object.entries(value).map(
    ([key, item]) => [fill(key, variables), fill(item, variables)] as const,
  );
  return Object.fromEntries(pairs) as T;
}

export type Mode = 'exact' | 'subset';

/** Where and how a value differs from what was recorded; undefined if it does not. */
export function difference(
  expected: unknown,
  actual: unknown,
  variables: Variables,
  mode: Mode = 'exact',
  at = 'body',
): string | undefined {
  const wrong = `${at}: expected ${shown(expected)}, got ${shown(actual)}`;
  switch (expected) {
    case '{{any}}':
      return actual === undefined ? wrong : undefined;
    case '{{number}}':
      return typeof actual === 'number' ? undefined : wrong;
    case '{{empty}}':
      return actual === null || (Array.isArray(actual) && actual.length === 0) ? undefined : wrong;
  }
  if (typeof expected === 'string') {
    return typeof actual === 'string' && textMatches(expected, actual, variables) ? undefined : wrong;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return wrong;
    const compare = mode === 'subset' ? missingElement : differentElement;
    return compare(expected, actual, variables, at);
  }
  if (!isObject(expected)) return Object.is(expected, actual) ? undefined : wrong;
  return isObject(actual) ? differentKey(expected, actual, variables, mode, at) : wrong;
}

export function textMatches(expected: string, actual: string, variables: Variables): boolean {
  if (expected === actual) return true;
  const parts = expected.split(/(\{\{\w+\}\})/).map((part) => {
    const name = /^\{\{(\w+)\}\}$/.exec(part)?.[1];
    if (name === undefined) return escaped(part);
    const text = variables[name];
    // Builds differ in whether they put a `v` before the number.
    if (text !== undefined) return name === 'version' ? `v?${escaped(text)}` : escaped(text);
    return FORMS[name] ?? escaped(part);
  });
  return new RegExp(`^${parts.join('')}$`).test(actual);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function differentElement(
  expected: unknown[],
  actual: unknown[],
  variables: Variables,
  at: string,
): string | undefined {
  if (expected.length !== actual.length) {
    return `${at}: expected ${expected.length} elements, got ${shown(actual)}`;
  }
  for (const [i, item] of expected.entries()) {
    const found = difference(item, actual[i], variables, 'exact', `${at}[${i}]`);
    if (found) return found;
  }
  return undefined;
}

function missingElement(
  expected: unknown[],
  actual: unknown[],
  variables: Variables,
  at: string,
): string | undefined {
  const missing = expected.find((item) =>
    actual.every((candidate) => difference(item, candidate, variables, 'subset') !== undefined),
  );
  return missing === undefined ? undefined : `${at}: nothing like ${shown(missing)} in ${shown(actual)}`;
}

function differentKey(
  expected: Record<string, unknown>,
  actual: Record<string, unknown>,
  variables: Variables,
  mode: Mode,
  at: string,
): string | undefined {
  const wanted = new Map(Object.entries(expected).map(([key, value]) => [fill(key, variables), value]));
  for (const [key, value] of wanted) {
    if (!(key in actual)) return `${at}.${key}: missing, expected ${shown(value)}`;
    const found = difference(value, actual[key], variables, mode, `${at}.${key}`);
    if (found) return found;
  }
  const extra = mode === 'exact' ? Object.keys(actual).find((key) => !wanted.has(key)) : undefined;
  return extra === undefined ? undefined : `${at}.${extra}: not expected, got ${shown(actual[extra])}`;
}

/** Sorts the arrays named by `path:key`, so that two values with them can be compared. */
export function inOrder(value: unknown, unordered: readonly string[]): unknown {
  return unordered.reduce((sorted, spec) => {
    const [path = '', key = ''] = spec.split(':');
    return sortedAt(sorted, path.split('.'), key);
  }, value);
}

function sortedAt(value: unknown, [name, ...rest]: string[], key: string): unknown {
  if (name === undefined) {
    if (!Array.isArray(value)) return value;
    const sortText = (item: unknown): string => JSON.stringify(isObject(item) ? item[key] : item) ?? '';
    return value.toSorted((a, b) => (sortText(a) < sortText(b) ? -1 : 1));
  }
  return isObject(value) && name in value ? { ...value, [name]: sortedAt(value[name], rest, key) } : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 400);
