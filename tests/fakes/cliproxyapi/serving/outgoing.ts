import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { exchangeHeaders } from '../../clock.ts';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';

export interface Outgoing {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Empty, `direct` and `none` go straight to the server. */
  proxyUrl: string;
}

export interface Incoming {
  status: number;
  /** Names spelled as the server's HTTP library spells them. */
  headers: Record<string, string[]>;
  body: Readable;
}

/** Why a request could not be made, worded as the real server words it. */
export class OutgoingError extends Error {}

const MAX_REDIRECTS = 10;

/** Sends as the real server does: its user agent, gzip only, redirects followed. */
export async function sendOut(outgoing: Outgoing, redirects = 0): Promise<Incoming> {
  const response = await once(outgoing);
  const location = response.headers.location;
  const status = response.statusCode ?? 0;
  if (location !== undefined && [301, 302, 303, 307, 308].includes(status) && redirects < MAX_REDIRECTS) {
    response.resume();
    return sendOut(redirected(outgoing, status, location), redirects + 1);
  }
  return { status, headers: spelledHeaders(response), body: unzipped(response) };
}

function redirected(outgoing: Outgoing, status: number, location: string): Outgoing {
  const to = new URL(location, outgoing.url);
  const headers: Record<string, string> = { ...outgoing.headers, Referer: outgoing.url };
  const away = to.host !== new URL(outgoing.url).host;
  for (const name of Object.keys(headers)) {
    if (/^host$/i.test(name) || (away && /^(authorization|cookie)$/i.test(name))) delete headers[name];
  }
  const kept = status === 307 || status === 308 || outgoing.method === 'HEAD';
  const { body: _, ...rest } = outgoing;
  return kept ? { ...outgoing, url: to.href, headers } : { ...rest, method: 'GET', url: to.href, headers };
}

function once(outgoing: Outgoing): Promise<IncomingMessage> {
  const verb = outgoing.method[0] + outgoing.method.slice(1).toLowerCase();
  const fail = (why: string): OutgoingError => new OutgoingError(`${verb} "${outgoing.url}": ${why}`);
  return new Promise((resolve, reject) => {
    try {
      const { target, options } = routed(outgoing);
      const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = send(target, options, resolve);
      request.on('error', (error: NodeJS.ErrnoException) => reject(fail(dialProblem(error, target))));
      request.end(outgoing.body);
    } catch (error) {
      reject(fail(error instanceof OutgoingError ? error.message : badRequest(outgoing, error)));
    }
  });
}

function routed(outgoing: Outgoing): { target: URL; options: RequestOptions } {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(outgoing.url)?.[1]?.toLowerCase() ?? '';
  if (scheme !== 'http' && scheme !== 'https')
    throw new OutgoingError(`unsupported protocol scheme "${scheme}"`);
  const target = new URL(outgoing.url);
  const headers = withDefaults(outgoing);
  const proxy = ['', 'direct', 'none'].includes(outgoing.proxyUrl) ? undefined : outgoing.proxyUrl;
  const options = { method: outgoing.method, headers, agent: false as const };
  if (proxy === undefined) return { target, options };
  // Plain HTTP can be proxied without a tunnel, which is all that a stand-in needs.
  return {
    target: new URL(proxy),
    options: { ...options, path: target.href, headers: { Host: target.host, ...headers } },
  };
}

function withDefaults({ headers, body, method }: Outgoing): Record<string, string> {
  const has = (name: string): boolean => Object.keys(headers).some((key) => key.toLowerCase() === name);
  const all: Record<string, string> = {
    ...headers,
    ...exchangeHeaders(),
    'Accept-Encoding': 'gzip',
  };
  if (!has('user-agent')) all['User-Agent'] = 'Go-http-client/1.1';
  if (body !== undefined || method === 'POST') all['Content-Length'] = String(Buffer.byteLength(body ?? ''));
  return all;
}

function dialProblem(error: NodeJS.ErrnoException, target: URL): string {
  const port = target.port || (target.protocol === 'https:' ? '443' : '80');
  switch (error.code) {
    case 'ECONNREFUSED':
      return `dial tcp ${target.hostname}:${port}: connect: connection refused`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `dial tcp: lookup ${target.hostname}: no such host`;
    case 'ECONNRESET':
      return 'EOF';
    default:
      return error.message;
  }
}

function badRequest({ headers }: Outgoing, error: unknown): string {
  const name = Object.keys(headers).find((key) => !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(key));
  if (name !== undefined) return `net/http: invalid header field name ${JSON.stringify(name)}`;
  return error instanceof Error ? error.message : String(error);
}

function spelledHeaders({ rawHeaders, headers }: IncomingMessage): Record<string, string[]> {
  const out: Record<string, string[]> = {};
  const zipped = headers['content-encoding'] === 'gzip';
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!.toLowerCase().replace(/(^|-)[a-z]/g, (start) => start.toUpperCase());
    if (zipped && (name === 'Content-Encoding' || name === 'Content-Length')) continue;
    if (name === 'Transfer-Encoding') continue;
    (out[name] ??= []).push(rawHeaders[i + 1]!);
  }
  return out;
}

const unzipped = (response: IncomingMessage): Readable =>
  response.headers['content-encoding'] === 'gzip' ? response.pipe(createGunzip()) : response;

export async function readAll(body: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
