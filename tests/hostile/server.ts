import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface HostileServer {
  origin: string;
  /** Path and headers of each request, in order. */
  asked: { path: string; headers: IncomingMessage['headers'] }[];
}

/** A real server that answers whatever a test wants, true to no protocol. */
export async function hostileServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<HostileServer> {
  const asked: HostileServer['asked'] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    response.on('error', () => undefined);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

export const sendJson = (response: ServerResponse, value: unknown, status = 200): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

/**
 * How many times as long a workflow takes over the whole as over a sixteenth: `growth` of tests/core, for what awaits.
 * Within `enough` milliseconds of the processor it counts as 0.
 */
export async function growthOf(
  run: (size: number) => Promise<unknown>,
  whole: number,
  enough = 1500,
): Promise<number> {
  const timeOf = async (size: number): Promise<number> => {
    const before = process.cpuUsage();
    await run(size);
    return process.cpuUsage(before).user / 1000;
  };
  const time = await timeOf(whole);
  return time < enough ? 0 : time / (await timeOf(whole / 16));
}
