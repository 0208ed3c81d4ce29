import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Call, Reply } from './types';

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** The server believes X-Forwarded-For when it comes from this machine, as everything here does. */
function addressOf(request: IncomingMessage): string {
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim();
  return forwarded || (request.socket.remoteAddress ?? '');
}

/** The request's target is taken apart by hand: a URL parser would read `//api/status` as a host. */
export async function readCall(request: IncomingMessage): Promise<Call> {
  const target = request.url ?? '/';
  const mark = target.indexOf('?');
  const search = mark < 0 ? '' : target.slice(mark);
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    search,
    query: new URLSearchParams(search),
    headers: request.headers,
    body: await readBody(request),
    params: {},
    address: addressOf(request),
    requestId: time + randomBytes(9).toString('hex'),
  };
}

const SECRET_PARAMETERS = /([?&](?:key|token|api_key|access_token)=)[^&]*/gi;

/** For the list of requests, which tests may print. */
export const pathWithoutSecrets = (target: string): string => target.replace(SECRET_PARAMETERS, '$1…');

export async function sendReply(response: ServerResponse, reply: Reply): Promise<void> {
  if (reply.chunks === undefined) {
    const length = reply.status === 204 ? {} : { 'content-length': Buffer.byteLength(reply.body) };
    response.writeHead(reply.status, { ...reply.headers, ...length }).end(reply.body);
    return;
  }
  response.writeHead(reply.status, reply.headers);
  for (const chunk of reply.chunks) {
    response.write(chunk);
    await nextTurn();
  }
  response.end();
}
