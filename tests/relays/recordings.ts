import { readFileSync } from 'node:fs';

/** One recorded request with its answer. */
export interface Exchange {
  note?: string;
  itemsReduced?: boolean;
  request: { method: string; path: string; headers?: Record<string, string>; body?: unknown };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

interface Scenario {
  given: Record<string, unknown>;
  steps: Exchange[];
}

/** What stands in the recordings for texts and numbers that change with every run. */
const FILLED: Record<string, string | number> = {
  '{{time}}': 1_780_000_000,
  '{{isoTime}}': '2026-01-02T03:04:05Z',
  '{{jwt.plain}}': 'lab.jwt.plain',
  '{{jwt.admin}}': 'lab.jwt.admin',
};

/** Scenarios of one server (tests/fixtures), in the order given, with placeholders filled and reduced keys completed. */
export function recordings(server: string, scenarios: readonly string[]): Exchange[] {
  const steps = scenarios.flatMap((name) => {
    const url = new URL(`../fixtures/${server}/${name}.json`, import.meta.url);
    return (fill(JSON.parse(readFileSync(url, 'utf8'))) as Scenario).steps;
  });
  const lists = steps.filter(({ request }) => /\/api\/(?:token\/|v1\/keys)(?:\?|$)/.test(request.path));
  const whole = lists.filter((step) => !step.itemsReduced).flatMap((step) => listed(step.response.body));
  return steps.map((step) => (step.itemsReduced ? completed(step, whole) : step));
}

/** The first exchange that fits, for scripts. */
export function exchange(
  steps: readonly Exchange[],
  method: string,
  path: string | RegExp,
  note?: string,
): Exchange {
  const found = steps.find(
    ({ request, note: said }) =>
      request.method === method &&
      (typeof path === 'string' ? request.path === path : path.test(request.path)) &&
      (note === undefined || said === note),
  );
  if (!found) throw new Error(`no recorded ${method} ${String(path)} ${note ?? ''}`);
  return found;
}

function fill(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value in FILLED) return FILLED[value];
    return value.replace(/\{\{[\w.]+\}\}/g, (name) => String(FILLED[name] ?? `lab-${name.slice(2, -2)}`));
  }
  if (Array.isArray(value)) return value.map(fill);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fill(item)]));
}

type Item = Record<string, unknown>;

/** The keys of a list, whichever its shape; the live array. */
function listed(body: unknown): Item[] {
  const data = (body as { data?: unknown } | null)?.data;
  if (Array.isArray(data)) return data as Item[];
  const { items, data: inner } = (data ?? {}) as { items?: unknown; data?: unknown };
  return ((Array.isArray(items) ? items : Array.isArray(inner) ? inner : []) as Item[]).filter(
    (item) => typeof item === 'object',
  );
}

/** Of some lists only id, name and key were recorded: the rest is as where that key, or any, stands in full. */
function completed(step: Exchange, whole: readonly Item[]): Exchange {
  const copy = structuredClone(step);
  for (const item of listed(copy.response.body)) {
    const model = whole.find(({ id }) => id === item['id']) ?? whole[0];
    Object.assign(item, { ...model, ...item });
  }
  return copy;
}
