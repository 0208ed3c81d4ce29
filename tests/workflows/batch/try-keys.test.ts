import { describe, expect, onTestFinished, test } from 'vitest';
import { BATCH_DEFAULTS, type BatchOutcome } from '../../../src/core/batch/batch';
import { fetchHttp } from '../../../src/platform/fetch-http';
import type { Http, HttpRequest } from '../../../src/ports/http';
import { importBatch } from '../../../src/workflows/batch/import-batch';
import { openBatch, planOpenBatch } from '../../../src/workflows/batch/open-batch';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { readHistory } from '../../../src/workflows/view/read-history';
import { readView } from '../../../src/workflows/view/read-view';
import { fakeKey, startNewApi, type FakeNewApi } from '../../fakes/new-api';
import { clock } from '../test-ports';
import {
  accountAt,
  cardOf,
  isWrite,
  must,
  never,
  noticesOf,
  publicModels,
  scene,
  tellsIndexes,
  type Scene,
  type SceneOptions,
} from '../scene';

interface Many extends Scene {
  second: FakeNewApi;
  keyIds: string[];
}

/** `count` keys of an account, and one of a second relay. */
async function many(count: number, options: SceneOptions = {}): Promise<Many> {
  const numbers = Array.from({ length: count }, (_, n) => n + 1);
  const keys = numbers.map((n) => ({ id: n, name: `key ${n}`, key: fakeKey('one', n) }));
  const made = await scene({ relay: { keys }, ...options });
  const second = await startNewApi({
    clock: made.clock,
    models: ['qwen-max', 'gpt-4o'],
    keys: [{ id: 1, name: 'b', key: fakeKey('b', 1) }],
  });
  onTestFinished(() => second.stop());
  const account = must(await accountAt(made, { name: 'Relay A' }));
  const input = { relayName: 'Relay B', baseUrl: second.origin, key: `sk-${fakeKey('b', 1)}` };
  const other = must(await addKey(made.ports, input));
  return { ...made, second, keyIds: [...numbers.map((n) => `${account}/${n}`), other] };
}

/** Imports all with the box ticked, unless `options` say otherwise. */
async function importAll(
  { ports, keyIds }: Many,
  { options = { ...BATCH_DEFAULTS, tryChat: true }, signal = never() } = {},
): Promise<BatchOutcome> {
  const batches = new Map();
  const { hash } = must(await openBatch(ports, batches, { batchId: 'b', keyIds }, never()));
  return importBatch(ports, { batchId: 'b', batch: batches.get('b'), options, hash, signal });
}

const isChat = ({ url }: Pick<HttpRequest, 'url'>): boolean => url.endsWith('/v1/chat/completions');

/** Requests as they are sent, in order; `answer` may take the place of the server. */
function watched(answer: (request: HttpRequest) => ReturnType<Http['send']> | undefined = () => undefined): {
  http: Http;
  sent: HttpRequest[];
} {
  const sent: HttpRequest[] = [];
  const direct = clock.http(fetchHttp);
  return {
    sent,
    http: {
      send(request) {
        sent.push(request);
        return answer(request) ?? direct.send(request);
      },
    },
  };
}

const chatsOf = async ({ ports }: Scene, keyId: string): Promise<unknown> =>
  ((await cardOf(ports, keyId)) as { chats?: unknown }).chats;

describe('a batch with real requests', () => {
  test('sends none unless it is asked to', async () => {
    const { http, sent } = watched();
    const made = await many(2, { ports: { http } });
    await importAll(made, { options: BATCH_DEFAULTS });
    expect(sent.filter(isChat)).toEqual([]);
    expect(await noticesOf(made.ports)).toEqual([{ kind: 'batch', served: 3, total: 3, importId: 'b' }]);
  });

  test.skipIf(!tellsIndexes)(
    'sends one for each key, first at its relay and then through CLIProxyAPI, when all is proved',
    async () => {
      const { http, sent } = watched();
      const made = await many(2, { ports: { http } });
      expect(await importAll(made)).toMatchObject({ kind: 'done', served: 3, total: 3 });
      const chats = sent.filter(isChat);
      expect(chats.filter(({ url }) => url.startsWith(made.relay.origin))).toHaveLength(2);
      expect(chats.filter(({ url }) => url.startsWith(made.second.origin))).toHaveLength(1);
      expect(chats.filter(({ url }) => url.startsWith(made.proxy.origin))).toHaveLength(3);
      expect(sent.findIndex(isChat)).toBeGreaterThan(sent.findIndex(isWrite));
      expect(await noticesOf(made.ports)).toMatchObject([
        { kind: 'batch', served: 3, total: 3, requests: { tried: 3, answered: 3 } },
      ]);
      expect(must(await readView(made.ports)).keys.every(({ running }) => running === null)).toBe(true);
    },
  );

  test.skipIf(!tellsIndexes)(
    'counts for a key what it answered, also where that was the request of another key of its pool',
    async () => {
      const made = await many(2);
      await importAll(made);
      for (const keyId of made.keyIds.slice(0, 2))
        expect(await chatsOf(made, keyId)).toMatchObject({ tried: 1, answered: 1, byOther: 0 });
    },
  );

  test.skipIf(!tellsIndexes)('says which key was refused and why, and the others go on', async () => {
    const made = await many(1);
    for (const model of ['qwen-max', 'gpt-4o']) made.second.faults.chatStatus[model] = 403;
    expect(await importAll(made)).toMatchObject({ kind: 'done' });
    expect(await chatsOf(made, made.keyIds[0]!)).toMatchObject({ tried: 1, answered: 1 });
    expect(await chatsOf(made, made.keyIds[1]!)).toMatchObject({
      answered: 0,
      failed: { at: 'relay', status: 403 },
    });
    expect(await noticesOf(made.ports)).toMatchObject([{ requests: { tried: 2, answered: 1 } }]);
  });

  test('proves a model that the relay was thought not to serve, in History too', async () => {
    const made = await many(1);
    const input = { relayName: 'Sub', baseUrl: made.second.origin, key: `sk-${fakeKey('b', 1)}` };
    must(await made.ports.saved.change(({ keys }) => void (keys.length = 0)));
    const keyIds = [must(await addKey(made.ports, { ...input, relay: 'sub2api' }))];
    const options = {
      ...BATCH_DEFAULTS,
      tryChat: true,
      rows: { [keyIds[0]!]: { list: 'openai-compatibility' as const } },
    };
    const batches = new Map();
    must(await openBatch(made.ports, batches, { batchId: 'b', keyIds }, never()));
    const { hash } = must(await planOpenBatch(made.ports, batches, 'b', options));
    await importBatch(made.ports, { batchId: 'b', batch: batches.get('b'), options, hash, signal: never() });
    expect(await cardOf(made.ports, keyIds[0]!)).toMatchObject({
      served: 1,
      total: 2,
      missing: [{ reason: 'unspoken' }],
    });
    expect(must(await readHistory(made.ports))[0]).toMatchObject({ served: 1, total: 2 });
  });

  test('that is stopped sends no more, and keeps what was proved before', async () => {
    const stop = new AbortController();
    const { http, sent } = watched((request) => {
      if (isChat(request)) stop.abort();
      return undefined;
    });
    const made = await many(6, { ports: { http } });
    expect(
      await importAll(made, { signal: stop.signal, options: { ...BATCH_DEFAULTS, tryChat: true } }),
    ).toMatchObject({ kind: 'done', served: 7, total: 7 });
    expect(sent.filter(isChat).length).toBeLessThanOrEqual(2);
    for (const keyId of made.keyIds) {
      const card = await cardOf(made.ports, keyId);
      expect(card).toMatchObject({ kind: 'proved', missing: [] });
      expect(card).not.toHaveProperty('chats');
    }
  });

  test.skipIf(!tellsIndexes)('does not wait for every key of a relay that is silent', async () => {
    const silent = new Set<string>();
    const { http, sent } = watched((request) =>
      isChat(request) && silent.has(new URL(request.url).origin)
        ? Promise.resolve({ ok: false, failure: { code: 'timeout', host: '', seconds: 60 } })
        : undefined,
    );
    const made = await many(8, { ports: { http } });
    silent.add(made.relay.origin);
    await importAll(made);
    const atFirst = sent.filter((request) => isChat(request) && request.url.startsWith(made.relay.origin));
    expect(atFirst.length).toBeGreaterThan(0);
    expect(atFirst.length).toBeLessThanOrEqual(3);
    expect(await chatsOf(made, made.keyIds.at(-1)!)).toMatchObject({ tried: 1, answered: 1 });
  });

  test('shows how far it came on the cards that wait', async () => {
    const shown: unknown[] = [];
    const made = await many(3);
    const ports = {
      ...made.ports,
      pages: {
        async notify() {
          const session = must(await made.ports.session.read());
          shown.push(session.running[made.keyIds.at(-1)!]);
        },
      },
    };
    await importAll({ ...made, ports });
    expect(shown).toContainEqual({ importId: 'b', stage: 'trying', served: 0, total: 4 });
    expect(shown.at(-1)).toBeUndefined();
  });

  test('leaves one line in History, which can be undone', async () => {
    const made = await many(2);
    await importAll(made);
    expect(must(await readHistory(made.ports))).toMatchObject([
      { id: 'b', served: 8, total: 8, undoable: true },
    ]);
    expect(await publicModels(made.proxy)).toContain('gpt-4o');
  });
});
