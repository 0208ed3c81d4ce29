import { describe, expect, test } from 'vitest';
import { createHandlers } from '../../../src/worker/handlers';
import { lookAgain, recover } from '../../../src/workflows/undo/recover';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import {
  lettingConvert,
  cardOf,
  importNow,
  isWrite,
  MODELS,
  must,
  never,
  nextLife,
  noticesOf,
  OTHERS,
  providers,
  recordsOf,
  RELAY_KEY,
  scene,
  stoppingHttp,
  writes,
  type Scene,
} from '../scene';

/** What the import of the scene's key writes, delivered by a proxy in between. */
const deliver = ({ proxy, relay }: Scene): Promise<unknown> =>
  proxy.setLists('openai-compatibility', [
    ...OTHERS,
    {
      name: 'My relay',
      'base-url': `${relay.origin}/v1`,
      'api-key-entries': [{ 'api-key': RELAY_KEY }],
      models: MODELS.toSorted().map((name) => ({ name, alias: name })),
    },
  ]);

/** An import whose worker was stopped at the write, and that the next one did not find. */
async function notFound(): Promise<Scene> {
  const made = await scene();
  const { http, reached } = stoppingHttp(isWrite, 'before');
  void importNow(nextLife(made, { http }), made.keyId);
  await reached;
  const ports = nextLife(made);
  expect(await recover(ports)).toEqual([]);
  expect(await recordsOf(ports)).toMatchObject([{ phase: 'not-written', unseen: true }]);
  return { ...made, ports };
}

describe('a write that no list showed', () => {
  test('and that arrives later is found, said, and can be undone', async () => {
    const made = await notFound();
    await deliver(made);
    expect(await lookAgain(made.ports, never())).toMatchObject([{ keyId: made.keyId }]);
    const [record] = await recordsOf(made.ports);
    expect(record).toMatchObject({ phase: 'done' });
    expect(await cardOf(made.ports, made.keyId)).toMatchObject({ kind: 'proved', importId: record!.id });
    const undone = await lettingConvert((hash) => undoImport(made.ports, record!.id, hash, never()));
    expect(undone).toEqual({ kind: 'undone' });
    expect(providers(made.proxy)).toHaveLength(OTHERS.length);
  });

  test('is looked for in silence: card, notices and record stay', async () => {
    const { ports, proxy, keyId } = await notFound();
    const before = [await cardOf(ports, keyId), await noticesOf(ports), await recordsOf(ports)];
    expect(await lookAgain(ports, never())).toEqual([]);
    expect(await recover(ports)).toEqual([]);
    proxy.faults.answer = () => ({ status: 503, body: 'away' });
    expect(await lookAgain(ports, never())).toEqual([]);
    expect([await cardOf(ports, keyId), await noticesOf(ports), await recordsOf(ports)]).toEqual(before);
    expect(writes(proxy)).toEqual([]);
  });

  test('is found by the worker when a page is opened, and proved', async () => {
    const made = await notFound();
    const { handlers } = createHandlers(made.ports);
    await deliver(made);
    await handlers.view({});
    await expect
      .poll(() => cardOf(made.ports, made.keyId), { timeout: 20_000 })
      .toMatchObject({ kind: 'proved', served: 3 });
  });

  test('is superseded by the import that is finished', async () => {
    const made = await notFound();
    expect(await importNow(made.ports, made.keyId)).toMatchObject({ kind: 'proved' });
    made.proxy.requests.length = 0;
    expect(await lookAgain(made.ports, never())).toEqual([]);
    expect(made.proxy.requests).toEqual([]);
  });

  test('was never answered: it is looked for as well', async () => {
    const made = await scene();
    made.proxy.faults.dropBeforeWrite = 9;
    expect(await importNow(made.ports, made.keyId)).toMatchObject({ kind: 'failed' });
    made.proxy.faults.dropBeforeWrite = 0;
    await deliver(made);
    expect(await lookAgain(made.ports, never())).toMatchObject([{ keyId: made.keyId }]);
  });

  test('was refused: nothing is looked for', async () => {
    const made = await scene();
    made.proxy.faults.answer = (method) =>
      method === 'PUT' || method === 'PATCH' ? { status: 400, body: { error: 'no' } } : undefined;
    expect(await importNow(made.ports, made.keyId)).toMatchObject({ kind: 'failed' });
    made.proxy.faults.answer = null;
    made.proxy.requests.length = 0;
    expect(await lookAgain(made.ports, never())).toEqual([]);
    expect(made.proxy.requests).toEqual([]);
  });
});

test('an import that is under way is not judged: the look waits for its end', async () => {
  const made = await scene();
  let looked: Promise<unknown> | undefined;
  made.proxy.faults.onRequest = async (method) => {
    if (method === 'PUT' || method === 'PATCH') looked ??= lookAgain(made.ports, never());
  };
  expect(await importNow(made.ports, made.keyId)).toMatchObject({ kind: 'proved', card: { served: 3 } });
  expect(await looked).toEqual([]);
  expect(await noticesOf(made.ports)).toMatchObject([{ kind: 'served' }]);
  expect(must(await made.ports.session.read()).running).toEqual({});
});

test('what could not be read is settled once CLIProxyAPI answers again and a page is opened', async () => {
  const made = await scene();
  let wrote = false;
  made.proxy.faults.answer = (method) => {
    if (method === 'GET') return wrote ? { status: 503, body: 'away' } : undefined;
    wrote ||= method === 'PUT' || method === 'PATCH';
    return undefined;
  };
  const { handlers, start } = createHandlers(made.ports);
  await start();
  expect(await importNow(made.ports, made.keyId)).toMatchObject({ failure: { code: 'outcome-unknown' } });
  await handlers.view({});
  made.proxy.faults.answer = null;
  await made.clock.sleep(11_000);
  await handlers.view({});
  await expect
    .poll(() => cardOf(made.ports, made.keyId), { timeout: 20_000 })
    .toMatchObject({ kind: 'proved', served: 3 });
});

test('a key that is refused at the read-back is said as such, and the record is settled with the right key', async () => {
  const made = await scene();
  let wrote = false;
  made.proxy.faults.answer = (method) => {
    if (method === 'GET' && wrote) return { status: 401, body: { error: 'invalid management key' } };
    wrote ||= method === 'PUT' || method === 'PATCH';
    return undefined;
  };
  expect(await importNow(made.ports, made.keyId)).toMatchObject({ failure: { code: 'outcome-refused' } });
  expect(await recordsOf(made.ports)).toMatchObject([{ phase: 'written' }]);
  made.proxy.faults.answer = null;
  await made.ports.saved.change(({ connection }) => {
    if (connection) connection.halted = null;
  });
  expect(await lookAgain(made.ports, never())).toMatchObject([{ keyId: made.keyId }]);
});
