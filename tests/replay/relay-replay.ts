import { readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';

/** Recorded exchanges of relay servers, and how their requests are sent to a stand-in. */

export interface RecordedRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  /** A text is sent as it is, anything else as JSON. */
  body?: unknown;
}

export interface RecordedResponse {
  status: number;
  headers: Record<string, string | string[]>;
  body: unknown;
  /** The order changes from call to call; the recording is sorted. */
  unordered?: boolean;
  /** Long arrays were cut. */
  bodyTrimmed?: boolean;
}

export interface Step {
  note?: string;
  /** Of listed keys only some fields were recorded. */
  itemsReduced?: boolean;
  request: RecordedRequest;
  response: RecordedResponse;
}

interface GivenUser {
  userId: number;
  username: string;
  credential: string;
}

export interface GivenKey {
  id: number;
  name: string;
  key: string;
  /** Root's, if left out. */
  who?: string;
  unlimited?: boolean;
  quota?: number;
  models?: string[];
  disabled?: boolean;
  expired?: boolean;
  exhausted?: boolean;
  allowIps?: string;
  group?: string;
}

export interface Scenario {
  given: { admin?: GivenUser; plain?: GivenUser; lesser?: GivenUser; keys?: GivenKey[] };
  steps: Step[];
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** What stands for `{{name}}` in requests. */
export type Values = Record<string, string>;

export const loadScenario = (directory: URL, name: string): Scenario =>
  JSON.parse(readFileSync(new URL(`${name}.json`, directory), 'utf8')) as Scenario;

function fill(text: string, values: Values): string {
  return text.replace(/\{\{([\w.]+)\}\}/g, (_all, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`nothing known for {{${name}}} in a request`);
    return value;
  });
}

function bodyText(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}

/** Plain HTTP, as `fetch` adds headers of its own and follows its own ideas about some of the recorded ones. */
export async function send(origin: string, recorded: RecordedRequest, values: Values): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const headers = JSON.parse(fill(JSON.stringify(recorded.headers ?? {}), values)) as Record<string, string>;
  const body = bodyText(recorded.body);
  return new Promise((resolve, reject) => {
    const path = fill(recorded.path, values);
    const request = httpRequest({ hostname, port, path, method: recorded.method, headers }, (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (part: string) => (text += part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    request.on('error', reject);
    request.end(body === undefined ? undefined : fill(body, values));
  });
}
