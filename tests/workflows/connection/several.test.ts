import { describe, expect, onTestFinished, test } from 'vitest';
import { addConnection } from '../../../src/workflows/connection/add-connection';
import { checkConnection } from '../../../src/workflows/connection/check-connection';
import { arrangeProxies } from '../../../src/workflows/connection/proxies';
import { forgetConnection, saveConnection } from '../../../src/workflows/connection/save-connection';
import { importKey } from '../../../src/workflows/import/import-key';
import { removeKey } from '../../../src/workflows/accounts/keep-keys';
import type { Ports } from '../../../src/workflows/ports';
import { recover } from '../../../src/workflows/undo/recover';
import { undoEverywhere } from '../../../src/workflows/undo/undo-everywhere';
import { readHistory } from '../../../src/workflows/view/read-history';
import { readView } from '../../../src/workflows/view/read-view';
import { startCliproxyapi, type CliproxyapiOptions, type FakeCliproxyapi } from '../../fakes/cliproxyapi';
import {
  cardOf,
  importNow,
  isWrite,
  must,
  never,
  nextLife,
  opened,
  OTHERS,
  planOf,
  providers,
  recordsOf,
  scene,
  served,
  stoppingHttp,
  writes,
  type Scene,
} from '../scene';
import { clock } from '../test-ports';

interface Two extends Scene {
  nas: FakeCliproxyapi;
  /** At the second CLIProxyAPI. */
  there: Ports;
  nasId: string;
}

async function two(options: CliproxyapiOptions = {}): Promise<Two> {
  const made = await scene();
  const nas = await startCliproxyapi({ providers: OTHERS, clock, reloadDelayMs: 2, ...options });
  onTestFinished(() => nas.stop());
  const nasId = must(
    await addConnection(made.ports, {
      name: ' NAS ',
      address: nas.origin,
      managementKey: nas.managementKey,
      remember: 'device',
    }),
  );
  return { ...made, nas, nasId, there: made.ports.at(nasId) };
}

/** One import at both, as one order. */
async function importBoth({ ports, there, keyId }: Two): Promise<void> {
  for (const at of [ports, there]) {
    const { draft, planned } = await opened(at, keyId);
    const { hash: planHash } = planOf({ planned });
    expect(await importKey(at, { keyId, draft, planHash, together: 'both', signal: never() })).toEqual(
      served(3),
    );
  }
}

describe('a second CLIProxyAPI', () => {
  test('comes last, with a colour that is free, and the first stays as it was', async () => {
    const made = await two();
    const { connection, others } = must(await readView(made.ports));
    expect(connection).toMatchObject({ id: 'first', name: '', place: 0 });
    expect(others).toMatchObject([{ id: made.nasId, name: 'NAS', place: 1 }]);
    expect(others![0]!.colour).not.toBe(connection!.colour);
  });

  test('with the address of the first is refused, and none is added', async () => {
    const made = await scene();
    const again = {
      address: `${made.proxy.origin}/v0/management`,
      managementKey: 'mk',
      remember: 'device',
    } as const;
    expect(await addConnection(made.ports, again)).toMatchObject({
      failure: { code: 'same-connection', name: new URL(made.proxy.origin).host },
    });
    expect(must(await readView(made.ports)).others).toBeUndefined();
    // By another name of this computer it is the same server.
    const { port } = new URL(made.proxy.origin);
    for (const name of ['localhost', '127.0.0.1', '[::1]'])
      expect(await addConnection(made.ports, { ...again, address: `http://${name}:${port}` })).toMatchObject({
        failure: { code: 'same-connection' },
      });
    // The same address for the connection that has it is no second one.
    must(await saveConnection(made.ports, again));
  });

  test('is not connected twice by two orders at one moment', async () => {
    const made = await scene();
    const nas = { address: 'http://nas.example:8317', managementKey: 'mk', remember: 'device' } as const;
    const ends = await Promise.all([addConnection(made.ports, nas), addConnection(made.ports, nas)]);
    expect(ends).toMatchObject([{ ok: true }, { failure: { code: 'same-connection' } }]);
    expect(must(await readView(made.ports)).others).toHaveLength(1);
  });

  test('has its own card, writes and record of an import', async () => {
    const made = await two();
    expect(await importNow(made.there, made.keyId)).toEqual(served(3));
    expect([writes(made.proxy), writes(made.nas).length]).toEqual([[], 1]);
    expect(await cardOf(made.ports, made.keyId)).toBeUndefined();
    const [key] = must(await readView(made.ports)).keys;
    expect(key).toMatchObject({ card: null, others: [{ card: { kind: 'proved', served: 3 } }] });
    const [there] = must(await readView(made.there)).keys;
    expect(there).toMatchObject({ card: { kind: 'proved' }, others: [{ card: null }] });
    expect(must(await readHistory(made.ports))).toMatchObject([{ proxyHost: 'NAS' }]);
  });

  test('that refuses its key stops only itself', async () => {
    const made = await two();
    must(
      await saveConnection(made.there, {
        address: made.nas.origin,
        managementKey: 'mk-wrong',
        remember: 'device',
      }),
    );
    must(await checkConnection(made.there, never()));
    expect(must(await readView(made.ports))).toMatchObject({
      connection: { halted: null },
      others: [{ halted: { code: 'key-refused' } }],
    });
    expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
  });

  test('is first after it was moved there, and then meant where none is named', async () => {
    const made = await two();
    must(await arrangeProxies(made.ports, [made.nasId]));
    expect(must(await readView(made.ports)).connection).toMatchObject({ id: made.nasId, place: 0 });
    expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
    expect([writes(made.proxy).length, writes(made.nas).length]).toEqual([0, 1]);
  });

  test('that is forgotten goes with its cards and secrets; those of the other stay', async () => {
    const made = await two();
    await importBoth(made);
    const secrets = async () => Object.keys(must(await made.ports.journal.read()).secrets).length;
    const both = await secrets();
    must(await forgetConnection(made.there));
    expect(await secrets()).toBeLessThanOrEqual(both);
    expect(must(await readView(made.ports))).toMatchObject({ connection: { id: 'first' } });
    expect(must(await readView(made.ports)).others).toBeUndefined();
    expect(
      await undoEverywhere(made.ports, (await recordsOf(made.ports)).at(-1)!.id, undefined, never()),
    ).toEqual({
      kind: 'undone',
    });
    must(await forgetConnection(made.ports));
    expect(must(await readView(made.ports)).connection).toBeNull();
    expect(await secrets()).toBe(0);
  });

  test('that was removed on another page is not saved, and no key is kept for it', async () => {
    const made = await two();
    must(await forgetConnection(made.there));
    expect(
      await saveConnection(made.there, {
        address: made.nas.origin,
        managementKey: 'mk-late',
        remember: 'session',
      }),
    ).toEqual({ ok: false, failure: { code: 'unknown-item' } });
    const session = must(await made.ports.everywhere.session.read());
    expect(JSON.stringify(session)).not.toContain('mk-late');
  });

  test('loses the card of a key that is removed', async () => {
    const made = await two();
    await importNow(made.there, made.keyId);
    must(await removeKey(made.ports, made.keyId));
    expect(await cardOf(made.there, made.keyId)).toBeUndefined();
  });
});

describe('one order to two', () => {
  test('is one line of History, and one undo takes both back', async () => {
    const made = await two();
    await importBoth(made);
    expect(must(await readHistory(made.ports))).toMatchObject([
      { about: 'batch', id: 'both', undoable: true },
    ]);
    expect(await undoEverywhere(made.ports, 'both', undefined, never())).toEqual({ kind: 'undone' });
    expect([providers(made.proxy), providers(made.nas)]).toEqual([OTHERS, OTHERS]);
    expect([await cardOf(made.ports, made.keyId), await cardOf(made.there, made.keyId)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('is undone at one, and asked about at the other, whose provider was changed since; that one is named', async () => {
    const made = await two();
    await importBoth(made);
    const entries = providers(made.nas);
    const ours = entries.at(-1)!;
    await made.nas.setLists('openai-compatibility', [
      ...entries.slice(0, -1),
      { ...ours, models: [...(ours['models'] as object[]), { name: 'theirs', alias: 'theirs' }] },
    ]);
    const asked = await undoEverywhere(made.ports, 'both', undefined, never());
    if (asked.kind !== 'changed') throw new Error(asked.kind);
    expect(asked).toMatchObject({ place: 'NAS', lost: { models: ['theirs'] } });
    expect(providers(made.proxy)).toEqual(OTHERS);
    expect(await undoEverywhere(made.ports, 'both', asked.hash, never())).toEqual({ kind: 'undone' });
    expect(providers(made.nas)).toEqual(OTHERS);
  });

  test('is undone where it can be, and the question about that one names no other that was removed', async () => {
    const made = await two();
    await importBoth(made);
    must(await forgetConnection(made.there));
    const entries = providers(made.proxy);
    const ours = entries.at(-1)!;
    await made.proxy.setLists('openai-compatibility', [
      ...entries.slice(0, -1),
      { ...ours, models: [...(ours['models'] as object[]), { name: 'theirs', alias: 'theirs' }] },
    ]);
    const asked = await undoEverywhere(made.ports, 'both', undefined, never());
    if (asked.kind !== 'changed') throw new Error(asked.kind);
    expect(asked.place).toBe(new URL(made.proxy.origin).host);
    expect(await undoEverywhere(made.ports, 'both', asked.hash, never())).toMatchObject({
      kind: 'partly',
      undone: 1,
      of: 2,
      failure: { code: 'undo-gone' },
    });
    expect(providers(made.proxy)).toEqual(OTHERS);
  });

  test('is undone at one while the other is down, and said to be so', async () => {
    const made = await two();
    await importBoth(made);
    await made.nas.stop();
    expect(await undoEverywhere(made.ports, 'both', undefined, never())).toMatchObject({
      kind: 'partly',
      undone: 1,
      of: 2,
      failure: { code: 'unreachable' },
    });
    expect(providers(made.proxy)).toEqual(OTHERS);
  });
});

test('a write that was cut off at one is judged there, and the other lets it be', async () => {
  const made = await two();
  const { http, reached } = stoppingHttp(isWrite, 'after');
  const stopped = nextLife(made, { http }).at(made.nasId);
  void importNow(stopped, made.keyId);
  await reached;
  const next = nextLife(made);
  expect(await recover(next)).toEqual([]);
  expect(await recordsOf(next)).toMatchObject([{ phase: 'writing' }]);
  expect(await recover(next.at(made.nasId))).toMatchObject([{ keyId: made.keyId }]);
  expect(await recordsOf(next)).toMatchObject([{ phase: 'done' }]);
  expect(await cardOf(next, made.keyId)).toBeUndefined();
});
