import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delay, http, HttpResponse, type DefaultBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Failure } from '../../src/core/failures/failure';
import type { ListedModels } from '../../src/core/import/opened';
import { fail, type Result } from '../../src/core/failures/result';
import { fetchHttp } from '../../src/platform/fetch-http';
import { listModels } from '../../src/workflows/cliproxyapi/list-models';

/** The list of models as a relay really sends it: bytes, headers and status, through the platform's own fetch. */
const BASE = 'https://relay.example/v1';
const URL = `${BASE}/models`;
const KEY = 'sk-S3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3cr3t0001';
const BODY = KEY.slice(3);

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

async function list(timeoutMs?: number, base = BASE): Promise<Result<ListedModels>> {
  const world = {
    http: {
      send: (request: Parameters<typeof fetchHttp.send>[0]) =>
        fetchHttp.send({ ...request, timeoutMs: timeoutMs ?? request.timeoutMs }),
    },
    hosts: { granted: async () => true, list: async () => [], revoke: async () => false },
  };
  const listed = await listModels(world, async () => fail({ code: 'not-configured' }), base, KEY);
  // Whatever a relay answers, no failure holds the key, the key without its prefix, or an end of it.
  if (!listed.ok) expect(JSON.stringify(listed.failure)).not.toMatch(/S3cr3t|0001/);
  return listed;
}

const answer = (body: string, init: ResponseInit = {}): void =>
  server.use(http.get(URL, () => new HttpResponse(body, init)));
const answerJson = (body: DefaultBodyType, init: ResponseInit = {}): void =>
  server.use(http.get(URL, () => HttpResponse.json(body, init)));
const models = (...names: string[]): Result<ListedModels> => ({
  ok: true,
  value: { names, via: 'browser' },
});
const host = 'relay.example';

test('one request is made, with the key and nothing else of the user', async () => {
  const requests: Request[] = [];
  server.use(
    http.get(URL, ({ request }) => {
      requests.push(request);
      return HttpResponse.json({ data: [{ id: 'a' }] });
    }),
  );
  await list();
  expect(requests).toHaveLength(1);
  const headers = Object.fromEntries(requests[0]!.headers);
  expect(headers['authorization']).toBe(`Bearer ${KEY}`);
  expect(headers['accept']).toBe('application/json');
  expect(headers['cookie']).toBeUndefined();
  expect(headers['referer']).toBeUndefined();
});

describe('names are read from', () => {
  test.each<[string, DefaultBodyType]>([
    [
      'the list of OpenAI',
      {
        object: 'list',
        data: [
          { id: 'b', object: 'model', created: 1, owned_by: 'x' },
          { id: 'a', object: 'model' },
        ],
      },
    ],
    ['a list that does not say what it is', { data: [{ id: 'b' }, { id: 'a' }] }],
    [
      'a list with more around it',
      { success: true, message: '', data: [{ id: 'b' }, { id: 'a', ratio: 1 }] },
    ],
    ['bare names', { data: ['b', 'a'] }],
    ['names and entries, twice and with blanks', { data: ['b', { id: ' a ' }, 'b', { id: '' }] }],
  ])('%s', async (_what, body) => {
    answerJson(body);
    expect(await list()).toEqual(models('b', 'a'));
  });

  test('JSON that calls itself text, or nothing', async () => {
    const body = JSON.stringify({ data: [{ id: 'a' }] });
    answer(body, { headers: { 'content-type': 'text/plain' } });
    expect(await list()).toEqual(models('a'));
    answer(body);
    expect(await list()).toEqual(models('a'));
  });

  test('bytes with a mark at their beginning, and letters that are cut between two chunks', async () => {
    const bytes = new TextEncoder().encode('\ufeff' + JSON.stringify({ data: ['模型', '[限时] a'] }));
    server.use(
      http.get(URL, () => {
        const chunks = Array.from(bytes, (byte) => Uint8Array.of(byte));
        const stream = new ReadableStream<Uint8Array>({
          pull(controller) {
            const chunk = chunks.shift();
            if (chunk) controller.enqueue(chunk);
            else controller.close();
          },
        });
        return new HttpResponse(stream);
      }),
    );
    expect(await list()).toEqual(models('模型', '[限时] a'));
  });

  test('a list of sixty thousand', async () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `vendor/some-long-model-name-${index}`);
    answerJson({ data: names.map((id) => ({ id, object: 'model', owned_by: 'somebody' })) });
    const listed = await list();
    expect(listed.ok && listed.value.names.length).toBe(60_000);
  });
});

describe('never an empty list, but a failure, is', () => {
  test.each<[string, DefaultBodyType, Failure]>([
    ['a list of nothing', { object: 'list', data: [] }, { code: 'relay-empty', host }],
    ['no list at all', { object: 'list', data: null }, { code: 'relay-empty', host }],
    ['a list of blanks', { data: ['', ' '] }, { code: 'relay-empty', host }],
    [
      'a refusal with a 200',
      { success: false, message: `无效的令牌 ${KEY}` },
      { code: 'relay-refusal', host, text: '无效的令牌 …' },
    ],
    [
      'a refusal with a 200 and the key without its prefix',
      { success: false, message: `token ${BODY} is disabled`, data: null },
      { code: 'relay-refusal', host, text: 'token … is disabled' },
    ],
    ['a refusal without a word', { success: false }, { code: 'relay-refusal', host, text: '' }],
    ['an error with a 200', { error: { message: KEY } }, { code: 'relay-shape', host }],
    ['another list', { models: ['a'] }, { code: 'relay-shape', host }],
    ['entries without names', { data: [{ name: 'a' }] }, { code: 'relay-shape', host }],
    ['a bare list', ['a'], { code: 'relay-shape', host }],
    ['JSON’s null', null, { code: 'relay-shape', host }],
    ['a number', 7, { code: 'relay-shape', host }],
  ])('%s', async (_what, body, failure) => {
    answerJson(body);
    expect(await list()).toEqual({ ok: false, failure });
  });

  test.each<[string, string, Failure]>([
    ['a web page with a 200', `<!DOCTYPE html><title>${KEY}</title>`, { code: 'relay-html', host }],
    ['a web page after blanks', '\n\n  <html></html>', { code: 'relay-html', host }],
    ['JSON that is cut off', '{"data":[{"id":"a"},{"id":', { code: 'relay-not-json', host }],
    ['JSON with more behind it', '{"data":[]}{"data":[]}', { code: 'relay-not-json', host }],
    ['nothing', '', { code: 'relay-not-json', host }],
    ['words', `key ${KEY} is fine`, { code: 'relay-not-json', host }],
  ])('%s', async (_what, body, failure) => {
    answer(body);
    expect(await list()).toEqual({ ok: false, failure });
  });
});

describe('a status says what is wrong:', () => {
  const message = { error: { message: `Invalid token ${KEY} (${KEY.slice(0, 12)})`, type: 'new_api_error' } };
  test.each<[number, Failure]>([
    [401, { code: 'relay-key-refused', host }],
    [402, { code: 'relay-no-balance', host }],
    [403, { code: 'relay-forbidden', host, text: 'Invalid token … (…)' }],
    [404, { code: 'relay-not-found', host }],
    [429, { code: 'relay-rate-limited', host, seconds: 0 }],
    [400, { code: 'relay-error', host, status: 400 }],
    [500, { code: 'relay-error', host, status: 500 }],
    [503, { code: 'relay-error', host, status: 503 }],
  ])('%d', async (status, failure) => {
    answerJson(message, { status });
    expect(await list()).toEqual({ ok: false, failure });
  });

  test('429 with how long to wait', async () => {
    answerJson({}, { status: 429, headers: { 'Retry-After': '30' } });
    expect(await list()).toEqual({ ok: false, failure: { code: 'relay-rate-limited', host, seconds: 30 } });
    answerJson({}, { status: 429, headers: { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' } });
    expect(await list()).toEqual({ ok: false, failure: { code: 'relay-rate-limited', host, seconds: 0 } });
  });

  test('403 with a page is a check for browsers', async () => {
    answer(`<html>Just a moment... ${KEY}</html>`, { status: 403 });
    expect(await list()).toEqual({ ok: false, failure: { code: 'relay-html', host } });
  });

  test('403 in the relay’s own words, on one line and no longer than can be read', async () => {
    answerJson({ message: `no\n  rights ${'very '.repeat(100)}` }, { status: 403 });
    const listed = await list();
    const text = !listed.ok && 'text' in listed.failure ? listed.failure.text : '';
    expect(text).toMatch(/^no rights very .*…$/);
    expect(text.length).toBeLessThanOrEqual(160);
  });
});

describe('what is no answer is told apart:', () => {
  test.each([301, 302, 303, 307, 308])('%d is not followed, so the key goes nowhere else', async (status) => {
    const followed: string[] = [];
    server.use(
      http.get(
        URL,
        () => new HttpResponse(null, { status, headers: { Location: 'https://other.example/' } }),
      ),
      http.all('https://other.example/*', ({ request }) => {
        followed.push(request.url);
        return HttpResponse.json({ data: ['a'] });
      }),
    );
    expect(await list()).toEqual({ ok: false, failure: { code: 'relay-redirected', host } });
    expect(followed).toEqual([]);
  });

  test('a network that fails', async () => {
    server.use(http.get(URL, () => HttpResponse.error()));
    expect(await list()).toEqual({ ok: false, failure: { code: 'relay-unreachable', host } });
  });

  test('a relay that does not answer in time', async () => {
    server.use(http.get(URL, () => delay('infinite')));
    expect(await list(40)).toEqual({ ok: false, failure: { code: 'relay-timeout', host, seconds: 0 } });
  });

  test('a connection that breaks in the middle of the list', async () => {
    server.use(
      http.get(URL, () => {
        const stream = new ReadableStream<Uint8Array>({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('{"data":["a"'));
            controller.error(new Error('broken'));
          },
        });
        return new HttpResponse(stream);
      }),
    );
    expect(await list()).toEqual({ ok: false, failure: { code: 'relay-cut-short', host } });
  });
});

describe('over a real socket,', () => {
  beforeAll(() => server.close());
  afterAll(() => server.listen());

  test('a list that begins and does not end in time', async () => {
    const relay = await sendingRelay((response) => response.write('{"data":['));
    const late = { code: 'relay-timeout', host: relay.host, seconds: 0 };
    expect(await list(60, relay.base)).toEqual({ ok: false, failure: late });
    await relay.hungUp;
  });

  test('a list that has no end is not read on past the cap', async () => {
    const megabyte = ' '.repeat(1024 * 1024);
    const relay = await sendingRelay((response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(megabyte));
      };
      response.on('drain', more);
      more();
    });
    const tooLarge = { code: 'relay-too-large', host: relay.host };
    expect(await list(undefined, relay.base)).toEqual({ ok: false, failure: tooLarge });
    await relay.hungUp;
  });
});

/** A relay on a real socket, for what only the network knows: a list under way, and hanging up on it. */
async function sendingRelay(
  begin: (response: ServerResponse) => void,
): Promise<{ base: string; host: string; hungUp: Promise<void> }> {
  let hangUp = (): void => {};
  const hungUp = new Promise<void>((resolve) => (hangUp = resolve));
  const relay = createServer((_request, response) => {
    response.on('close', hangUp);
    begin(response);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    relay.closeAllConnections();
    relay.close();
  });
  const at = `127.0.0.1:${(relay.address() as AddressInfo).port}`;
  return { base: `http://${at}/v1`, host: at, hungUp };
}
