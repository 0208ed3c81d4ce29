const DEFAULT_SIZE = 10;
const MAX_SIZE = 100;

const whole = (text: string | null): number => (text !== null && /^-?\d+$/.test(text) ? Number(text) : 0);

/** `page` is what the answer repeats; a negative one is repeated too, but gets the first page. */
export function pageOf(query: URLSearchParams): { page: number; size: number; start: number } {
  const asked = ['page_size', 'ps', 'size'].map((name) => whole(query.get(name))).find((size) => size > 0);
  const size = Math.min(asked ?? DEFAULT_SIZE, MAX_SIZE);
  const page = whole(query.get('p')) || 1;
  return { page, size, start: Math.max(0, (page - 1) * size) };
}
