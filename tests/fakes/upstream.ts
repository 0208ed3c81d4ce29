import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A relay that is steered only by what it is sent, so that an exchange can be replayed without setting anything up:
 * a model called `fail-503`, or a key holding `dead-503`, gets that status; `"stream": true` gets events.
 */
export interface FakeUpstream {
  origin: string;
  /** Every request that arrived, oldest first; may be emptied. */
  seen: SeenRequest[];
  stop(): Promise<void>;
}

export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  /** Parsed if it is JSON, else as text. */
  body: unknown;
}

export interface UpstreamOptions {
  port?: number;
  /** What `/models` lists. */
  models?: string[];
}

export async function startUpstream(options: UpstreamOptions = {}): Promise<FakeUpstream> {
  const seen: SeenRequest[] = [];
  const models = options.models ?? ['m-one', 'm-two'];
  const server = createServer((incoming, response) => {
    void read(incoming).then((request) => {
      seen.push(request);
      return answer(request, models, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const { method = 'GET', url = '/', headers } = incoming;
  return { method, url, headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function answer(request: SeenRequest, models: string[], response: ServerResponse): void | Promise<void> {
  const { method, url, headers } = request;
  const path = url.split('?')[0]!;
  const failing = failureWanted(request);
  if (failing) return refuse(response, failing);
  if (method === 'GET' && path.endsWith('/models')) {
    return sendJson(response, 200, { object: 'list', data: models.map((id) => ({ id, object: 'model' })) });
  }
  if (path === '/redirect') return void response.writeHead(302, { location: '/landed' }).end();
  if (path === '/landed') return sendJson(response, 200, { landed: true, headers });
  if (path === '/echo') return sendJson(response, 200, request);
  if (path === '/binary') {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    return void response.end(Buffer.from([0xff, 0xfe, 0x00, 0x41]));
  }
  if (path.endsWith('/chat/completions')) return chat(request, response);
  return sendJson(response, 404, { error: { message: `no route ${method} ${path}` } });
}

interface Failure {
  status: number;
  retryAfter?: string;
}

function failureWanted({ headers, body }: SeenRequest): Failure | undefined {
  const model = fieldOf(body, 'model');
  const byModel = /^fail-(\d+)(?:-retry-(\d+))?/.exec(typeof model === 'string' ? model : '');
  const byKey = /dead-(\d+)/.exec(headers.authorization ?? '');
  const status = Number(byModel?.[1] ?? byKey?.[1] ?? 0);
  return status ? { status, retryAfter: byModel?.[2] } : undefined;
}

function fieldOf(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}

function refuse(response: ServerResponse, { status, retryAfter }: Failure): void {
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
  const message = `upstream says ${status}`;
  sendJson(response, status, { error: { message, type: 'new_api_error', code: `e${status}` } }, headers);
}

function sendJson(response: ServerResponse, status: number, value: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

function chat({ body }: SeenRequest, response: ServerResponse): void | Promise<void> {
  const model = fieldOf(body, 'model');
  if (fieldOf(body, 'stream')) return streamChat(model, response);
  sendJson(response, 200, {
    id: 'c1',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
  });
}

async function streamChat(model: unknown, response: ServerResponse): Promise<void> {
  const chunk = (delta: object, finish: string | null = null): void => {
    const choices = [{ index: 0, delta, finish_reason: finish }];
    const value = { id: 'c1', object: 'chat.completion.chunk', created: 1, model, choices };
    response.write(`data: ${JSON.stringify(value)}\n\n`);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  chunk({ role: 'assistant', content: 'hel' });
  // A pause, so that whoever passes the stream on is seen to do it piece by piece.
  await new Promise((resolve) => setTimeout(resolve, 20));
  chunk({ content: 'lo' });
  chunk({}, 'stop');
  response.end('data: [DONE]\n\n');
}
