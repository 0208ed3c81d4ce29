import { describe, expect, onTestFinished, test } from 'vitest';
import type { CarryItem, CarryOutcome, CarryPlan } from '../../../src/core/carry-over/view';
import { addConnection } from '../../../src/workflows/connection/add-connection';
import { carryOver } from '../../../src/workflows/carry-over/carry-over';
import { openCarry, planCarryOver } from '../../../src/workflows/carry-over/open-carry';
import { saveConnection } from '../../../src/workflows/connection/save-connection';
import type { Ports } from '../../../src/workflows/ports';
import { recover } from '../../../src/workflows/undo/recover';
import { undoEverywhere } from '../../../src/workflows/undo/undo-everywhere';
import { readHistory } from '../../../src/workflows/view/read-history';
import { startCliproxyapi, type CliproxyapiOptions, type FakeCliproxyapi } from '../../fakes/cliproxyapi';
import {
  asWrittenTogether,
  cardOf,
  entryOf,
  failed,
  importNow,
  isWrite,
  must,
  never,
  nextLife,
  noticesOf,
  OTHERS,
  providers,
  publicModels,
  readBackAfterReload,
  recordsOf,
  RELAY_KEY,
  scene,
  SECOND_KEY,
  stoppingHttp,
  writes,
  REGISTRY,
  withoutV0,
  writesGroups,
  lettingConvert,
  type Scene,
  type SceneOptions,
} from '../scene';
import { clock } from '../test-ports';

const ID = 'carry-1';
const CLAUDE = {
  'api-key': 'sk-ant-000000000000000000000001',
  'base-url': 'https://claude.example',
  prefix: 'c',
  models: [{ name: 'claude-1', alias: 'c1' }],
};
const NEW_ONE = {
  name: 'Other one',
  'base-url': 'https://new.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-new-000000000000000000000001', 'proxy-url': 'direct' }],
  models: [{ name: 'gpt-new', alias: 'new', thinking: { min: 1, max: 2 } }],
  headers: { 'X-New': 'header-new-secret' },
};
const PAUSED = {
  name: 'asleep',
  disabled: true,
  'base-url': 'https://asleep.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-asleep-0000000000000000001' }],
  models: [{ name: 'zzz', alias: 'zzz' }],
};

interface Two extends Scene {
  /** The one that things come from; `proxy`, of the world that the test runs in, is where they go. */
  nas: FakeCliproxyapi;
  nasId: string;
}

/** A CLIProxyAPI of this world, and a 7.2 beside it that has more. */
async function two(
  there: CliproxyapiOptions = {
    providers: [...OTHERS, NEW_ONE, PAUSED],
    lists: { 'claude-api-key': [CLAUDE] },
  },
  options: SceneOptions = {},
): Promise<Two> {
  const made = await scene(options);
  const nas = await startCliproxyapi({ clock, reloadDelayMs: 2, ...there });
  onTestFinished(() => nas.stop());
  const connection = { name: 'NAS', address: nas.origin, managementKey: nas.managementKey } as const;
  const nasId = must(await addConnection(made.ports, { ...connection, remember: 'device' }));
  return { ...made, nas, nasId };
}

async function items({ ports, nasId }: Two): Promise<CarryItem[]> {
  const opened = await openCarry(ports, nasId, never());
  if (opened.kind !== 'open') throw new Error(`unread: ${JSON.stringify(opened)}`);
  return opened.items;
}

async function planned({ ports, nasId }: Two, chosen: readonly CarryItem[]): Promise<CarryPlan> {
  const reply = await planCarryOver(ports, { from: nasId, chosen: chosen.map(({ id }) => id) });
  if (reply.kind !== 'plan') throw new Error(`unread: ${JSON.stringify(reply)}`);
  return reply.plan;
}

const apply = (
  { nasId }: Pick<Two, 'nasId'>,
  ports: Ports,
  chosen: readonly CarryItem[],
  { hash }: Pick<CarryPlan, 'hash'>,
): Promise<CarryOutcome> =>
  carryOver(ports, {
    carryId: ID,
    from: nasId,
    chosen: chosen.map(({ id }) => id),
    hash,
    signal: never(),
    report: () => undefined,
  });

/** Compares, plans and applies all that is missing, or what `want` chooses. */
async function carry(made: Two, want: (item: CarryItem) => boolean = () => true): Promise<CarryOutcome> {
  const chosen = (await items(made)).filter(want);
  return apply(made, made.ports, chosen, await planned(made, chosen));
}

const undo = ({ ports }: Two) => undoEverywhere(ports, ID, undefined, never());
const claude = (proxy: FakeCliproxyapi) => proxy.lists['claude-api-key'];

describe('comparing', () => {
  test('names what is only there, without a key text, and writes to neither', async () => {
    const made = await two();
    const opened = await openCarry(made.ports, made.nasId, never());
    expect(opened).toMatchObject({
      kind: 'open',
      items: [
        {
          kind: 'entry',
          label: 'Other one',
          baseUrl: 'https://new.example/v1',
          models: 1,
          paused: false,
          into: null,
        },
        { kind: 'entry', label: 'asleep', paused: true },
        { kind: 'entry', list: 'claude-api-key', label: 'claude.example', masks: ['sk-ant-…0001'] },
      ],
      uncarried: [],
    });
    expect(JSON.stringify(opened)).not.toMatch(/0000000000|header-new-secret/);
    expect([...writes(made.proxy), ...writes(made.nas)]).toEqual([]);
  });

  test('finds nothing where both have the same', async () => {
    expect(await items(await two({ providers: OTHERS }))).toEqual([]);
  });

  test('finds keys and models that an entry here lacks', async () => {
    const both = {
      providers: [entryOf('http://127.0.0.1:9', { models: [{ name: 'gpt-4o', alias: 'big' }] })],
    };
    const more = entryOf('http://127.0.0.1:9', {
      name: 'theirs',
      'api-key-entries': [{ 'api-key': SECOND_KEY }, { 'api-key': RELAY_KEY }],
      models: [{ name: 'gpt-4o' }, { name: 'new' }],
    });
    const made = await two({ providers: [more] }, { proxy: both });
    expect(await items(made)).toMatchObject([
      { kind: 'keys', label: 'theirs', masks: [expect.any(String)], models: 1, into: { label: 'mine' } },
      { kind: 'models', label: 'theirs', models: 1, into: { label: 'mine', paused: false } },
    ]);
  });

  test.each([
    ['there', (made: Two) => made.nas],
    ['here', (made: Two) => made.proxy],
  ] as const)('says which of the two is down: %s', async (side, of) => {
    const made = await two();
    await of(made).stop();
    expect(await openCarry(made.ports, made.nasId, never())).toMatchObject({
      kind: 'unread',
      side,
      failure: { code: 'unreachable' },
    });
  });

  test('says that the other one refuses its key, and asks it no more', async () => {
    const made = await two();
    must(
      await saveConnection(made.ports.at(made.nasId), {
        address: made.nas.origin,
        managementKey: 'mk-wrong',
        remember: 'device',
      }),
    );
    const unread = { kind: 'unread', side: 'there', failure: { code: 'key-refused' } };
    expect(await openCarry(made.ports, made.nasId, never())).toMatchObject(unread);
    const asked = made.nas.requests.length;
    expect(await openCarry(made.ports, made.nasId, never())).toMatchObject(unread);
    expect(made.nas.requests.length).toBe(asked);
  });

  test('with one that is not there (any more) says so', async () => {
    const made = await two();
    expect(await openCarry(made.ports, 'gone', never())).toMatchObject({
      kind: 'unread',
      side: 'there',
      failure: { code: 'not-configured' },
    });
  });
});

describe('carrying over', () => {
  test('writes each list once, proves each key, and one undo takes all of it back', async () => {
    const made = await two();
    const chosen = await items(made);
    const plan = await planned(made, chosen);
    expect(plan).toMatchObject({
      entries: [
        { label: 'Other one (new.example)', comes: true },
        { label: 'asleep', comes: true },
        { list: 'claude-api-key', comes: true },
      ],
      leftOut: [],
      paused: ['asleep'],
      gone: 0,
      rest: OTHERS.length,
    });
    expect(await apply(made, made.ports, chosen, plan)).toEqual({
      kind: 'done',
      importId: ID,
      rows: [
        { label: 'Other one (new.example)', paused: false, keys: 1, served: 1, dropped: [] },
        { label: 'asleep', paused: true, keys: 1, served: 0, dropped: [] },
        { label: 'claude.example', paused: false, keys: 1, served: 1, dropped: [] },
      ],
    });
    expect(writes(made.proxy)).toEqual(
      asWrittenTogether('PUT /v0/management/openai-compatibility', 'PUT /v0/management/claude-api-key'),
    );
    expect(writes(made.nas)).toEqual([]);
    expect(providers(made.proxy)).toEqual([
      ...OTHERS,
      { ...NEW_ONE, name: 'Other one (new.example)' },
      PAUSED,
    ]);
    expect(claude(made.proxy)).toMatchObject([CLAUDE]);
    const served = await publicModels(made.proxy);
    expect(served).toEqual(expect.arrayContaining(['new', 'c1']));
    expect(served).not.toContain('zzz');
    expect(await noticesOf(made.ports)).toEqual([{ kind: 'batch', served: 2, total: 3, importId: ID }]);
    expect(must(await readHistory(made.ports))).toMatchObject([
      { about: 'batch', id: ID, phase: 'done', count: 3, from: 'NAS', undoable: true },
    ]);
    expect(await items(made)).toEqual([]);
    expect(await undo(made)).toEqual({ kind: 'undone' });
    expect([providers(made.proxy), claude(made.proxy)]).toEqual([OTHERS, []]);
  });

  test('puts keys and models behind those of the entry here, which keeps all it has', async () => {
    const mine = entryOf('http://127.0.0.1:9', { prefix: 'm' });
    const theirs = entryOf('http://127.0.0.1:9', {
      name: 'theirs',
      'api-key-entries': [{ 'api-key': SECOND_KEY }, { 'api-key': RELAY_KEY, weight: 2 }],
      models: [{ name: 'gpt-4o' }, { name: 'new', alias: 'n', thinking: { min: 3, max: 4 } }],
    });
    const made = await two({ providers: [theirs] }, { proxy: { providers: [...OTHERS, mine] } });
    expect(await carry(made)).toMatchObject({
      kind: 'done',
      rows: [{ label: 'mine', keys: 1, served: 1 }],
    });
    expect(providers(made.proxy)).toEqual([
      ...OTHERS,
      {
        ...mine,
        'api-key-entries': [
          { 'api-key': SECOND_KEY, weight: 4, 'proxy-url': 'direct' },
          { 'api-key': RELAY_KEY, weight: 2 },
        ],
        models: [
          { name: 'gpt-4o', alias: 'big', thinking: { min: 1, max: 2 } },
          { name: 'new', alias: 'n', thinking: { min: 3, max: 4 } },
        ],
      },
    ]);
    expect(await undo(made)).toEqual({ kind: 'undone' });
    expect(providers(made.proxy)).toEqual([...OTHERS, mine]);
  });

  test('gives a key of ours its card here', async () => {
    const made = await two({ providers: [] });
    await importNow(made.ports.at(made.nasId), made.keyId);
    expect(await cardOf(made.ports, made.keyId)).toBeUndefined();
    expect(await carry(made)).toMatchObject({ kind: 'done', rows: [{ keys: 1, served: 1 }] });
    expect(await cardOf(made.ports, made.keyId)).toMatchObject({
      kind: 'proved',
      served: 3,
      total: 3,
      root: made.proxy.origin,
    });
    expect(await recordsOf(made.ports)).toEqual(
      expect.arrayContaining([expect.objectContaining({ batch: ID, keyIds: [made.keyId] })]),
    );
    expect(await undo(made)).toEqual({ kind: 'undone' });
    expect(await cardOf(made.ports, made.keyId)).toBeUndefined();
    expect(await cardOf(made.ports.at(made.nasId), made.keyId)).toMatchObject({ kind: 'proved' });
  });

  describe('a pool of keys', () => {
    const KEYS = Array.from({ length: 40 }, (_, at) => `sk-pool-${String(at).padStart(24, '0')}`);
    const POOL = { ...NEW_ONE, name: 'Pool', 'api-key-entries': KEYS.map((key) => ({ 'api-key': key })) };
    /** The credentials that were asked about. */
    const asked = ({ proxy }: Two): number =>
      new Set(proxy.requests.flatMap(({ path }) => (path.startsWith(REGISTRY) ? path : []))).size;

    test('asks the registry about one of them, and the list which others are loaded', async () => {
      const made = await two({ providers: [POOL] });
      expect(await carry(made)).toMatchObject({ kind: 'done', rows: [{ keys: 40, served: 40 }] });
      // Without `/v0` no list says it.
      expect(asked(made)).toBe(withoutV0 ? 40 : 1);
      expect(await noticesOf(made.ports)).toMatchObject([{ served: 40, total: 40 }]);
    });

    test('asks by itself about those that the list does not show as loaded', async () => {
      const made = await two({ providers: [POOL] });
      const withoutMarks = KEYS.map((key, at) => ({ 'api-key': key, ...(at > 2 && { 'auth-index': 'x' }) }));
      made.proxy.faults.answer = (method, path) =>
        method === 'GET' && path.endsWith('/openai-compatibility')
          ? { status: 200, body: { 'openai-compatibility': [{ ...POOL, 'api-key-entries': withoutMarks }] } }
          : undefined;
      expect(await carry(made)).toMatchObject({ kind: 'done', rows: [{ keys: 40, served: 40 }] });
      // The one of all, and the two others without a mark.
      expect(asked(made)).toBe(withoutV0 ? 40 : 3);
    });

    test('gives up where a few in a row have no answer, and calls none served', async () => {
      const made = await two({ providers: [POOL] });
      made.proxy.faults.answer = (_method, path) =>
        path.startsWith(REGISTRY) ? { status: 502, body: 'down' } : undefined;
      expect(await carry(made)).toMatchObject({ kind: 'done', rows: [{ keys: 40, served: 0 }] });
      // Two are asked about side by side.
      expect(asked(made)).toBeLessThanOrEqual(4);
      expect(await recordsOf(made.ports)).toMatchObject([{ phase: 'done', served: null }]);
    });
  });

  test('of a list of keys proves the entry in that very list', async () => {
    const there = { ...CLAUDE, 'base-url': 'https://google.example' };
    const made = await two({ providers: [], lists: { 'interactions-api-key': [there] } });
    expect(await carry(made)).toMatchObject({ kind: 'done', rows: [{ keys: 1, served: 1 }] });
    expect(made.proxy.lists['interactions-api-key']).toMatchObject([there]);
    expect(await undo(made)).toEqual({ kind: 'undone' });
    expect(made.proxy.lists['interactions-api-key']).toEqual([]);
  });

  test('takes only what was chosen', async () => {
    const made = await two();
    expect(await carry(made, ({ label }) => label === 'asleep')).toMatchObject({
      kind: 'done',
      rows: [{ label: 'asleep', paused: true }],
    });
    expect(providers(made.proxy)).toEqual([...OTHERS, PAUSED]);
    expect(await items(made)).toMatchObject([{ label: 'Other one' }, { list: 'claude-api-key' }]);
  });

  test('writes once more where a reload took the write back', async () => {
    const made = await two();
    const chosen = (await items(made)).filter(({ list }) => list === 'openai-compatibility');
    const plan = await planned(made, chosen);
    readBackAfterReload(made.proxy);
    made.proxy.faults.revertNextWrites = 1;
    expect(await apply(made, made.ports, chosen, plan)).toMatchObject({
      kind: 'done',
      rows: [{ served: 1 }, {}],
    });
    expect(providers(made.proxy)).toHaveLength(OTHERS.length + 2);
  });
});

describe('a change between the plan and the write', () => {
  test('there of an entry that was chosen: nothing is written, and the new plan is shown', async () => {
    const made = await two();
    const chosen = await items(made);
    const plan = await planned(made, chosen);
    await made.nas.setLists('openai-compatibility', [...OTHERS, { ...NEW_ONE, prefix: 'other' }, PAUSED]);
    expect(await apply(made, made.ports, chosen, plan)).toMatchObject({
      kind: 'replan',
      plan: { gone: 1, entries: [{ label: 'asleep' }, { list: 'claude-api-key' }] },
    });
    expect(writes(made.proxy)).toEqual([]);
    expect(await recordsOf(made.ports)).toEqual([]);
  });

  test('there of another entry: the plan holds', async () => {
    const made = await two();
    const chosen = (await items(made)).filter(({ label }) => label === 'asleep');
    const plan = await planned(made, chosen);
    await made.nas.setLists('openai-compatibility', [PAUSED]);
    expect(await apply(made, made.ports, chosen, plan)).toMatchObject({ kind: 'done' });
  });

  test('here of the entry that it goes into: nothing is written, and the new plan can be applied', async () => {
    const mine = entryOf('http://127.0.0.1:9');
    const theirs = { ...mine, 'api-key-entries': [{ 'api-key': RELAY_KEY }] };
    const made = await two({ providers: [theirs] }, { proxy: { providers: [mine] } });
    const chosen = await items(made);
    const plan = await planned(made, chosen);
    await made.proxy.setLists('openai-compatibility', [{ ...mine, prefix: 'since' }]);
    made.proxy.requests.length = 0;
    const again = await apply(made, made.ports, chosen, plan);
    expect(again).toMatchObject({ kind: 'replan', plan: { gone: 0, entries: [{ label: 'mine' }] } });
    expect(writes(made.proxy)).toEqual([]);
    if (again.kind !== 'replan') return;
    expect(await apply(made, made.ports, chosen, again.plan)).toMatchObject({ kind: 'done' });
    expect(providers(made.proxy)[0]).toMatchObject({
      prefix: 'since',
      'api-key-entries': [{ 'api-key': SECOND_KEY }, { 'api-key': RELAY_KEY }],
    });
  });

  test('there down by then: nothing is sent here', async () => {
    const made = await two();
    const chosen = await items(made);
    const plan = await planned(made, chosen);
    await made.nas.stop();
    made.proxy.requests.length = 0;
    expect(await apply(made, made.ports, chosen, plan)).toMatchObject({ kind: 'unread', side: 'there' });
    expect(made.proxy.requests).toEqual([]);
  });
});

describe('when it goes wrong here', () => {
  test('a write that is refused is said, and nothing is left of it', async () => {
    const made = await two();
    const chosen = (await items(made)).filter(({ label }) => label === 'asleep');
    const plan = await planned(made, chosen);
    await made.proxy.stop();
    expect(await apply(made, made.ports, chosen, plan)).toMatchObject(failed('unreachable'));
    expect(await noticesOf(made.ports)).toMatchObject([failed('unreachable')]);
  });

  test('down after the write: what was written is recorded, and found at the next start', async () => {
    const made = await two();
    const chosen = (await items(made)).filter(({ list }) => list === 'openai-compatibility');
    const plan = await planned(made, chosen);
    const { http, reached } = stoppingHttp(isWrite, 'after');
    void apply(made, nextLife(made, { http }), chosen, plan);
    await reached;
    const next = nextLife(made);
    expect(await recordsOf(next)).toMatchObject([{ phase: 'writing' }, { phase: 'writing' }]);
    await recover(next);
    expect(await recordsOf(next)).toMatchObject([{ phase: 'done' }, { phase: 'done' }]);
    expect(await lettingConvert((hash) => undoEverywhere(next, ID, hash, never()))).toEqual({
      kind: 'undone',
    });
    expect(providers(made.proxy)).toEqual(OTHERS);
  });

  test('silent after the write: it is not called served, and the record says that it needs a look', async () => {
    const made = await two();
    const chosen = (await items(made)).filter(({ label }) => label === 'asleep');
    const plan = await planned(made, chosen);
    made.proxy.faults.answer = (method) =>
      method === 'GET' && writes(made.proxy).length > 0 ? { status: 502, body: 'down' } : undefined;
    expect(await apply(made, made.ports, chosen, plan)).toMatchObject({ kind: 'failed' });
    expect(await recordsOf(made.ports)).not.toMatchObject([{ phase: 'not-written' }]);
    made.proxy.faults.answer = null;
    const next = nextLife(made);
    await recover(next);
    expect(await undoEverywhere(next, ID, undefined, never())).toEqual({ kind: 'undone' });
    expect(providers(made.proxy)).toEqual(OTHERS);
  });

  test.skipIf(writesGroups)(
    'a second list that fails leaves the first written and proved, and is said',
    async () => {
      const made = await two();
      const chosen = await items(made);
      const plan = await planned(made, chosen);
      made.proxy.faults.answer = (method) =>
        isWrite({ method, url: '/v0/management/' } as never) && writes(made.proxy).length > 1
          ? { status: 500, body: { error: 'failed to save' } }
          : undefined;
      expect(await apply(made, made.ports, chosen, plan)).toMatchObject({
        kind: 'done',
        importId: ID,
        rows: [{ served: 1 }, { paused: true }],
        failure: { code: expect.any(String) },
      });
      expect([providers(made.proxy).length, claude(made.proxy)]).toEqual([OTHERS.length + 2, []]);
      made.proxy.faults.answer = null;
      expect(await undo(made)).toMatchObject({ kind: 'undone' });
      expect(providers(made.proxy)).toEqual(OTHERS);
    },
  );
});

describe('what this server does not take', () => {
  test('a file that is partly in the old layout is converted, which the plan says', async () => {
    const made = await two(undefined, { proxy: { version: '8.0.20', layout: 'mixed' } });
    const chosen = await items(made);
    const plan = await planned(made, chosen);
    expect(plan.file).toEqual([{ kind: 'converts' }]);
    expect(await apply(made, made.ports, chosen, plan)).toMatchObject({
      kind: 'done',
      rows: [{ served: 1 }, { paused: true }, { served: 1 }],
    });
    expect(providers(made.proxy)).toHaveLength(OTHERS.length + 2);
  });

  test('a file whose layout is not known: only the list is written that is the same in both', async () => {
    const made = await two(undefined, { proxy: { version: '8.0.20', layout: 'new' } });
    made.proxy.faults.answer = (_method, path) =>
      path.endsWith('/config.yaml') ? { status: 500, body: { error: 'read_failed' } } : undefined;
    expect(await carry(made)).toMatchObject({
      kind: 'done',
      rows: [{ served: 1 }, { paused: true }],
      failure: { code: 'file-layout', list: 'claude-api-key' },
    });
    expect(writes(made.proxy)).toEqual(['PUT /v0/management/openai-compatibility']);
  });

  test('a server that is only read is no target, and can be compared with', async () => {
    const old = { providers: [...OTHERS, NEW_ONE], version: '6.9.30' };
    const made = await two({ providers: OTHERS }, { proxy: old });
    expect(await openCarry(made.ports, made.nasId, never())).toMatchObject({
      kind: 'unread',
      side: 'here',
      failure: { code: 'too-old' },
    });
    const back = await openCarry(made.ports.at(made.nasId), 'first', never());
    expect(back).toMatchObject({ kind: 'open', items: [{ label: 'Other one' }] });
  });

  test('a list that it does not have, and a weight that it would drop', async () => {
    const xai = { 'api-key': 'xai-0000000000000000000000001', 'base-url': 'https://x.example/v1' };
    const heavy = { ...NEW_ONE, 'api-key-entries': [{ 'api-key': RELAY_KEY, weight: 3 }] };
    const there = { providers: [heavy], lists: { 'xai-api-key': [xai] } };
    const made = await two(there, { proxy: { version: '7.2.60' } });
    const opened = await openCarry(made.ports, made.nasId, never());
    expect(opened).toMatchObject({ uncarried: [{ list: 'xai-api-key', label: '', reason: 'too-new' }] });
    expect(await planned(made, await items(made))).toMatchObject({
      entries: [],
      leftOut: [{ name: 'Other one', failure: { code: 'field-too-new' } }],
    });
  });
});

test('no message of it holds a text of a key or a header', async () => {
  const made = await two();
  const chosen = await items(made);
  const plan = await planned(made, chosen);
  const outcome = await apply(made, made.ports, chosen, plan);
  const said = JSON.stringify([
    plan,
    outcome,
    must(await readHistory(made.ports)),
    await noticesOf(made.ports),
  ]);
  expect(said).not.toMatch(/0000000000|secret/);
});
