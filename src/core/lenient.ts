/** A number that a server may also write as a text; 0 for what is none. */
export function numberOf(value: unknown): number {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : 0;
}

/** A text that a server may also write as what it stands for: a list, an object of names. Empty for what is nothing. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.map(textOf).join(',') : JSON.stringify(value);
}
