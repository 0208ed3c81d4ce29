import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange } from './recordings.ts';

export interface SeenCall {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

export interface Replayer {
  origin: string;
  /** What was asked, in order. */
  calls: SeenCall[];
  /** Answered next, one each, whatever the query; method, path and credential must be the recorded ones. */
  script(...steps: Exchange[]): void;
  /** Requests that no exchange fits; each got a 599. */
  unknown: string[];
}

/** Headers by which a server tells who asks; a recorded one must be sent as recorded. */
const CREDENTIALS = ['authorization', 'new-api-user', 'veloera-user'];

/**
 * Answers a request with the recorded exchange of the same method, path, query and credential; of several alike in
 * their order. `query` makes queries equal that the server takes for equal (seen on running servers); `models` is
 * what every key is offered at `/v1/models`, where that is not recorded.
 */
export async function startReplayServer(
  recorded: readonly Exchange[],
  query: (params: URLSearchParams, path: string) => URLSearchParams = (params) => params,
  models: readonly string[] = [],
): Promise<Replayer & { stop(): Promise<void> }> {
  const calls: SeenCall[] = [];
  const unknown: string[] = [];
  const queue: Exchange[] = [];
  const used = new Set<Exchange>();
  const pathOf = (text: string): string => {
    const { pathname, searchParams } = new URL(text, 'http://x');
    const params = query(searchParams, pathname);
    params.sort();
    return `${pathname}?${params.toString()}`;
  };
  const answerTo = (call: SeenCall): Exchange | undefined => {
    const scripted = queue.shift();
    if (scripted) return fits(scripted, call, (path) => path.split('?')[0]!) ? scripted : undefined;
    const fitting = recorded.filter((step) => fits(step, call, pathOf));
    // Of what fits, that which was asked with most of the same headers.
    const most = Math.max(...fitting.map(credentialCount));
    const alike = fitting.filter((step) => credentialCount(step) === most);
    const found = alike.find((step) => !used.has(step)) ?? alike.at(-1);
    if (found) used.add(found);
    return found;
  };
  const server = createServer((request, response) => {
    void readCall(request).then((call) => {
      calls.push(call);
      const step = answerTo(call) ?? listing(call, models);
      if (!step) unknown.push(`${call.method} ${call.path}`);
      const { status, headers, body } = step?.response ?? { status: 599, headers: {}, body: '' };
      response.writeHead(status, headers);
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const script = (...steps: Exchange[]): void => void queue.push(...steps);
  const stop = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://127.0.0.1:${port}`, calls, script, unknown, stop };
}

function listing(
  { method, path }: SeenCall,
  models: readonly string[],
): Pick<Exchange, 'response'> | undefined {
  if (method !== 'GET' || path !== '/v1/models' || models.length === 0) return undefined;
  const body = { object: 'list', data: models.map((id) => ({ id, object: 'model' })) };
  return { response: { status: 200, headers: { 'content-type': 'application/json' }, body } };
}

const credentialCount = ({ request }: Exchange): number =>
  Object.keys(request.headers ?? {}).filter((name) => CREDENTIALS.includes(name.toLowerCase())).length;

function fits(step: Exchange, call: SeenCall, pathOf: (path: string) => string): boolean {
  const { method, path, headers = {} } = step.request;
  const wanted = Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]),
  );
  if (method !== call.method || pathOf(path) !== pathOf(call.path)) return false;
  if (!wanted['authorization'] && call.headers['authorization']) return false;
  return CREDENTIALS.every((name) => wanted[name] === undefined || wanted[name] === call.headers[name]);
}

async function readCall(request: IncomingMessage): Promise<SeenCall> {
  let text = '';
  for await (const part of request) text += String(part);
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers as Record<string, string>,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}
