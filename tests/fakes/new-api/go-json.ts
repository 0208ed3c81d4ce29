/** Reads JSON as the server's language does, with the same complaints. */

export type FieldType = 'int' | 'int64' | 'bool' | 'string';
type Parsed = { value: Record<string, unknown> } | { error: string };

const LITERALS = ['null', 'true', 'false'];

function literalError(text: string): string | undefined {
  const literal = LITERALS.find((word) => word[0] === text[0]);
  if (literal === undefined) return undefined;
  const at = [...literal].findIndex((letter, index) => text[index] !== letter);
  const got = text[at];
  if (at < 0 || got === undefined) return 'unexpected EOF';
  return `invalid character '${got}' in literal ${literal} (expecting '${literal[at] ?? ''}')`;
}

/** Only the beginning is looked at: what breaks further on reads as cut off. */
function syntaxError(raw: string): string {
  const text = raw.trim();
  const first = text[0];
  if (first === undefined) return 'EOF';
  if (/[-{["\d]/.test(first)) return 'unexpected EOF';
  return literalError(text) ?? `invalid character '${first}' looking for beginning of value`;
}

function goName(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number' && !Number.isInteger(value)) return `number ${value}`;
  return typeof value;
}

function fits(value: unknown, type: FieldType): boolean {
  if (value === null || value === undefined) return true;
  if (type === 'bool') return typeof value === 'boolean';
  if (type === 'string') return typeof value === 'string';
  return Number.isInteger(value);
}

export function parseObject(raw: string, struct: string, fields: Record<string, FieldType>): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return { error: syntaxError(raw) };
  }
  if (value === null) return { value: {} };
  if (typeof value !== 'object' || Array.isArray(value))
    return { error: `json: cannot unmarshal ${goName(value)} into Go value of type model.${struct}` };
  const object = value as Record<string, unknown>;
  for (const [name, type] of Object.entries(fields)) {
    if (fits(object[name], type)) continue;
    const got = goName(object[name]);
    return { error: `json: cannot unmarshal ${got} into Go struct field ${struct}.${name} of type ${type}` };
  }
  return { value: object };
}
