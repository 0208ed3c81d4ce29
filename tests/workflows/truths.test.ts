import { describe, expect, test } from 'vitest';
import { askAgain } from '../../src/workflows/import/ask-again';
import { readView } from '../../src/workflows/view/read-view';
import { recover } from '../../src/workflows/undo/recover';
import { saveConnection } from '../../src/workflows/connection/save-connection';
import { undoImport } from '../../src/workflows/undo/undo-import';
import { type JsonObject } from '../fakes/cliproxyapi.ts';
import {
  apply,
  cardOf,
  failed,
  importNow,
  isWrite,
  LIST,
  must,
  never,
  nextLife,
  noticesOf,
  opened,
  planOf,
  providers,
  recordsOf,
  scene,
  served,
  stoppingHttp,
  writes,
  type Scene,
} from './scene';
import { testPorts } from './test-ports';

/** Another client adds a key to the provider between our write and our reading back. */
function addsBetween(made: Scene): void {
  let done = false;
  made.proxy.faults.onRequest = async (method, path) => {
    if (done || method !== 'GET' || !path.endsWith('/config') || writes(made.proxy).length === 0) return;
    done = true;
    const list = providers(made.proxy);
    const keys = list.at(-1)!['api-key-entries'] as JsonObject[];
    const grown = {
      ...list.at(-1),
      'api-key-entries': [...keys, { 'api-key': 'sk-others-0001', weight: 9 }],
    };
    await made.proxy.setLists('openai-compatibility', [...list.slice(0, -1), grown]);
  };
}

test('undo never takes away what somebody added before the list was read back: it is named first', async () => {
  const made = await scene();
  addsBetween(made);
  const outcome = await importNow(made.ports, made.keyId);
  expect(outcome).toEqual(served(3));
  const importId = (await recordsOf(made.ports))[0]!.id;
  const undone = await undoImport(made.ports, importId, undefined, never());
  expect(undone).toMatchObject({ kind: 'changed', lost: { keys: 1 } });
  expect(JSON.stringify(providers(made.proxy))).toContain('sk-others-0001');
});

describe('an answer from in between, to a write that was carried out', () => {
  test.each([
    [200, '<html></html>'],
    [200, '{"code":0}'],
    [404, ''],
    [408, ''],
    [429, '{}'],
    [413, '<html></html>'],
  ])('%d is looked into, and the import is found and proved', async (status, body) => {
    const made = await scene();
    const list = await opened(made.ports, made.keyId);
    let sent = false;
    made.proxy.faults.answer = (method) => {
      if (method !== 'PUT' || sent) return undefined;
      sent = true;
      void made.proxy.setLists('openai-compatibility', [
        ...providers(made.proxy),
        {
          name: 'My relay',
          'base-url': list.draft.baseUrl,
          'api-key-entries': [{ 'api-key': must(keyText(made)) }],
          models: list.draft.models.map(({ name, alias }) => ({ name, alias })),
        },
      ]);
      return { status, body };
    };
    expect(await apply(made.ports, made.keyId, list.draft, planOf(list).hash)).toEqual(served(3));
  });

  test('403 is not asked about again: nobody knows, and the record stays open', async () => {
    const made = await scene();
    const list = await opened(made.ports, made.keyId);
    made.proxy.faults.answer = (method) =>
      method === 'PUT' ? { status: 403, body: '<html></html>' } : undefined;
    expect(await apply(made.ports, made.keyId, list.draft, planOf(list).hash)).toEqual(
      failed('outcome-unknown'),
    );
    expect(await recordsOf(made.ports)).toMatchObject([{ phase: 'written' }]);
  });
});

const keyText = (made: Scene) => ({ ok: true as const, value: `sk-${made.relay.keys[0]!.key}` });

test('a key that brings no model of its own is proved by what the provider serves', async () => {
  const made = await scene({ relay: { models: ['m(free)', 'x(y)'] } });
  await made.proxy.setLists('openai-compatibility', [
    {
      name: 'Mine',
      'base-url': `${made.relay.origin}/v1`,
      'api-key-entries': [{ 'api-key': 'sk-mine-0001' }],
      models: [{ name: 'old', alias: 'old' }],
    },
  ]);
  expect(await importNow(made.ports, made.keyId)).toEqual(served(1));
  expect(await noticesOf(made.ports)).toMatchObject([{ kind: 'served', served: 1, total: 1 }]);
});

describe('an import that was cut off after its write', () => {
  async function cutOff(): Promise<Scene> {
    const made = await scene();
    const { http, reached } = stoppingHttp(isWrite, 'after');
    const list = await opened(made.ports, made.keyId);
    void apply(
      testPorts(made.device, { clock: made.clock, http }),
      made.keyId,
      list.draft,
      planOf(list).hash,
    );
    await reached;
    return made;
  }

  test('is on its card as written and not asked about, until it is', async () => {
    const made = await cutOff();
    const next = nextLife(made);
    expect(await recover(next)).toHaveLength(1);
    expect(await cardOf(next, made.keyId)).toMatchObject({
      kind: 'proved',
      served: 0,
      total: 3,
      basis: 'none',
    });
    made.proxy.faults.answer = () => ({ status: 502, body: '' });
    expect(await askAgain(next, made.keyId, never())).toEqual(failed('server-error'));
    expect(await cardOf(next, made.keyId)).toMatchObject({ kind: 'proved', served: 0 });
    made.proxy.faults.answer = null;
    expect(await askAgain(next, made.keyId, never())).toEqual(served(3));
  });

  test('at one proxy is not looked for at another', async () => {
    const made = await cutOff();
    const other = await scene();
    const next = nextLife(made);
    const { origin: address, managementKey } = other.proxy;
    must(await saveConnection(next, { address, managementKey, remember: 'device' }));
    expect(await recover(next)).toEqual([]);
    expect(await recordsOf(next)).toMatchObject([{ phase: 'writing' }]);
  });
});

test('a card says nothing of another proxy than the one that is configured', async () => {
  const made = await scene();
  await importNow(made.ports, made.keyId);
  const card = async () => must(await readView(made.ports)).keys[0]!.card;
  expect(await card()).toMatchObject({ served: 3 });
  const other = await scene();
  const { origin: address, managementKey } = other.proxy;
  must(await saveConnection(made.ports, { address, managementKey, remember: 'device' }));
  expect(await card()).toBeNull();
  expect(made.proxy.requests.filter(({ path }) => path === LIST)).toHaveLength(1);
});

test('one 404 at the proof is looked into, and is no lost configuration', async () => {
  const made = await scene();
  let refused = 0;
  made.proxy.faults.answer = (_method, path) =>
    path.includes('auth-files') && refused++ === 0 ? { status: 404, body: '' } : undefined;
  expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
});
