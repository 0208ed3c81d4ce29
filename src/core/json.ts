type ReviverContext = { source?: string };
type RawJson = { rawJSON?: (source: string) => unknown };

const rawJSON = (JSON as RawJson).rawJSON;

/**
 * JSON.parse that gives numbers back as they came: one that JavaScript cannot hold (a 64-bit integer, `1.0`) becomes a
 * `JSON.rawJSON` value, which JSON.stringify writes out letter by letter. Needs Chromium 114 or Firefox 135; elsewhere
 * it is JSON.parse. Throws SyntaxError as JSON.parse does.
 */
export function parseJson(text: string): unknown {
  if (!rawJSON) return JSON.parse(text);
  return JSON.parse(text, function (this: unknown, _key: string, value: unknown, context?: ReviverContext) {
    const source = context?.source;
    return typeof value === 'number' && source !== undefined && String(value) !== source
      ? rawJSON(source)
      : value;
  } as (key: string, value: unknown) => unknown);
}

/** JSON text with the keys of every object in order: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value)) ?? 'null';
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key])]),
  );
}

/** True for objects that came out of JSON; false for arrays and for rawJSON numbers (they have no prototype). */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) !== null
  );
}

/** What JSON.parse gives; undefined for a text that is no JSON. */
export function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
