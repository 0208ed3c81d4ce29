import { delay, http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fetchHttp } from '../../src/platform/fetch-http';

const URL = 'https://relay.example/v1/models';
const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const send = (more: { timeoutMs?: number; signal?: AbortSignal } = {}): ReturnType<typeof fetchHttp.send> =>
  fetchHttp.send({
    method: 'GET',
    url: URL,
    headers: { Authorization: 'Bearer sk-fake-0001' },
    timeoutMs: 5_000,
    ...more,
  });

test('an answer of any status is an answer, with its text and headers', async () => {
  server.use(
    http.get(URL, ({ request }) =>
      HttpResponse.text(request.headers.get('authorization') ?? '', { status: 418, headers: { 'x-a': '1' } }),
    ),
  );
  const reply = await send();
  expect(reply).toMatchObject({ ok: true, value: { status: 418, text: 'Bearer sk-fake-0001' } });
  expect(reply.ok && [reply.value.header('X-A'), reply.value.header('x-b')]).toEqual(['1', null]);
});

test.each([301, 302, 307, 308])('a redirect (%d) is not followed: the key stays here', async (status) => {
  let elsewhere = 0;
  server.use(
    http.get(URL, () => new HttpResponse(null, { status, headers: { location: 'https://evil.example/' } })),
    http.get('https://evil.example/', () => {
      elsewhere++;
      return HttpResponse.json({});
    }),
  );
  expect(await send()).toEqual({ ok: false, failure: { code: 'redirected', host: 'relay.example' } });
  expect(elsewhere).toBe(0);
});

test('no answer, a late one and one that is not wanted any more are told apart', async () => {
  server.use(http.get(URL, () => HttpResponse.error()));
  expect(await send()).toEqual({ ok: false, failure: { code: 'unreachable', host: 'relay.example' } });
  server.use(http.get(URL, () => delay('infinite')));
  const late = await send({ timeoutMs: 30 });
  expect(late).toEqual({ ok: false, failure: { code: 'timeout', host: 'relay.example', seconds: 0 } });
  const abort = new AbortController();
  const cancelled = send({ signal: abort.signal });
  abort.abort();
  expect(await cancelled).toEqual({ ok: false, failure: { code: 'cancelled' } });
});

test('an answer that breaks off halfway is told from none', async () => {
  const broken = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{"data":[')),
    pull: (controller) => controller.error(new Error('the connection broke')),
  });
  server.use(http.get(URL, () => new HttpResponse(broken)));
  expect(await send()).toEqual({ ok: false, failure: { code: 'cut-short', host: 'relay.example' } });
});

test('an answer of 40 MB is cut off at the cap', async () => {
  const chunk = new Uint8Array(1024 * 1024).fill(32);
  let sent = 0;
  server.use(
    http.get(URL, () => {
      const stream = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (sent++ < 40) controller.enqueue(chunk);
          else controller.close();
        },
      });
      return new HttpResponse(stream);
    }),
  );
  expect(await send()).toEqual({ ok: false, failure: { code: 'too-large', host: 'relay.example' } });
});
