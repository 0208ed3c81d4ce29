import type { IncomingHttpHeaders } from 'node:http';
import type { Answer, RecordedResponse, Step } from './relay-replay';

/** Compares an answer with the recorded one. */

const PLACEHOLDERS: Record<string, string> = {
  time: String.raw`\d{10}`,
  isoTime: String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`,
  jwt: String.raw`[\w-]+\.[\w-]+\.[\w-]+`,
  cookie: '[^;]*',
  date: '[A-Z][a-z]{2}, [^;]+ GMT',
  uuid: '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  hash: '[0-9a-f]+',
  requestId: String.raw`\w{20,}`,
  affCode: String.raw`\w{4}`,
  percent: String.raw`\d+(?:\.\d+)?`,
  seconds: String.raw`\d+(?:\.\d+)?`,
  upstream: 'http://127\\.0\\.0\\.1:\\d+',
};

const NUMBERS = ['{{time}}', '{{seconds}}'];

function textFits(expected: string, actual: unknown): boolean {
  if (!expected.includes('{{')) return actual === expected;
  if (typeof actual !== (NUMBERS.includes(expected) ? 'number' : 'string')) return false;
  const parts = expected.split(/\{\{(\w+)\}\}/).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const pattern = PLACEHOLDERS[part];
    if (pattern === undefined) throw new Error(`unknown placeholder {{${part}}}`);
    return pattern;
  });
  return new RegExp(`^${parts.join('')}$`).test(String(actual));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const texts = value.map((item) => JSON.stringify(sorted(item)));
    return texts.sort().map((text) => JSON.parse(text) as unknown);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, sorted(item)]));
}

interface Leniency {
  trimmed: boolean;
  reduced: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function compareArrays(expected: unknown[], actual: unknown[], at: string, leniency: Leniency): string[] {
  // Cutting leaves something, so that an empty array is whole.
  const mayBeLonger = leniency.trimmed && expected.length > 0 && actual.length > expected.length;
  const wrongLength = actual.length !== expected.length && !mayBeLonger;
  if (wrongLength) return [`${at}: ${expected.length} entries expected, ${actual.length} found`];
  return expected.flatMap((item, index) => compare(item, actual[index], `${at}[${index}]`, leniency));
}

function compareObjects(
  expected: Record<string, unknown>,
  actual: Record<string, unknown>,
  at: string,
  leniency: Leniency,
): string[] {
  const mayHaveMore = leniency.reduced && /\.items\[\d+\]$/.test(at);
  const more = mayHaveMore ? [] : Object.keys(actual).filter((name) => !(name in expected));
  const found = Object.entries(expected).flatMap(([name, value]) =>
    name in actual ? compare(value, actual[name], `${at}.${name}`, leniency) : [`${at}.${name}: missing`],
  );
  return [...found, ...more.map((name) => `${at}.${name}: not in the recording`)];
}

function compare(expected: unknown, actual: unknown, at: string, leniency: Leniency): string[] {
  if (Array.isArray(expected) && Array.isArray(actual)) return compareArrays(expected, actual, at, leniency);
  if (isObject(expected) && isObject(actual)) return compareObjects(expected, actual, at, leniency);
  const same = typeof expected === 'string' ? textFits(expected, actual) : expected === actual;
  return same ? [] : [`${at}: ${JSON.stringify(expected)} expected, ${JSON.stringify(actual)} found`];
}

function compareBodies(step: Step, text: string): string[] {
  const { body, unordered, bodyTrimmed } = step.response;
  const leniency = { trimmed: bodyTrimmed ?? false, reduced: step.itemsReduced ?? false };
  if (typeof body === 'string') return compare(body, text, 'body', leniency);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [`body: JSON expected, ${text.slice(0, 200)} found`];
  }
  return compare(body, unordered === true ? sorted(parsed) : parsed, 'body', leniency);
}

/** The recordings hold these headers, each if the server sent it: one more is as wrong as one less. */
const RECORDED_HEADERS =
  /^(access-control-.*|auth-version|cache-control|content-type|location|retry-after|set-cookie|vary|x-new-api-version)$/;

function compareHeaders(expected: RecordedResponse['headers'], actual: IncomingHttpHeaders): string[] {
  const relevant = Object.entries(actual).filter(([name]) => RECORDED_HEADERS.test(name));
  return compare(expected, Object.fromEntries(relevant), 'headers', { trimmed: false, reduced: false });
}

export function differences(step: Step, answer: Answer, withHeaders: boolean): string[] {
  const { status, headers } = step.response;
  const wrongStatus = status === answer.status ? [] : [`status: ${status} expected, ${answer.status} found`];
  const wrongHeaders = withHeaders ? compareHeaders(headers, answer.headers) : [];
  return [...wrongStatus, ...wrongHeaders, ...compareBodies(step, answer.text)];
}
