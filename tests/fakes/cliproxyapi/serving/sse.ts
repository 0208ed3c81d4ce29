import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Reply } from '../reply.ts';

const DONE = '[DONE]';

/** The data of the events that are still to come, the first of which has been waited for. */
export type Events = AsyncGenerator<string>;

/** Undefined if the stream ends without any data. */
export async function firstLine(body: Readable): Promise<Events | undefined> {
  const events = dataOf(body);
  const first = await events.next();
  return first.done ? undefined : resumed(first.value, events);
}

async function* resumed(first: string, rest: Events): Events {
  yield first;
  yield* rest;
}

async function* dataOf(body: Readable): Events {
  let rest = '';
  body.setEncoding('utf8');
  for await (const chunk of body) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.flatMap(dataIn);
  }
  yield* dataIn(rest);
}

const dataIn = (line: string): string[] => {
  const data = /^data:\s*(.*?)\s*$/.exec(line)?.[1];
  return data === undefined || data === '' ? [] : [data];
};

/** Passes events on as they come; the end mark is always the server's own. */
export function streamed(events: Events, rewrite: (data: string) => string): Reply {
  const headers = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' };
  const stream = async (response: ServerResponse): Promise<void> => {
    try {
      for await (const data of events) {
        if (data !== DONE) response.write(`data: ${rewrite(data)}\n\n`);
      }
      response.write(`data: ${DONE}\n\n`);
    } catch {
      // The other side broke off in the middle: so does this one.
      response.destroy();
    }
  };
  return { status: 200, headers, stream };
}
