import { describe, expect, test } from 'vitest';
import { LIST_NAMES, type ListName } from '../../../src/core/cliproxyapi/lists/list-traits';
import { listTraits } from '../../../src/core/cliproxyapi/lists/table';
import type { ImportDraft } from '../../../src/core/import/draft';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import type { JsonObject } from '../../fakes/cliproxyapi.ts';
import {
  apply,
  asWritten,
  cardOf,
  failed,
  MODELS,
  must,
  never,
  opened,
  planDialog,
  publicModels,
  recordsOf,
  RELAY_KEY,
  scene,
  type Scene,
  type SceneOptions,
  saidOfFile,
  SECOND_KEY,
  served,
  withoutV0,
  writes,
} from '../scene';

const KEY_FAMILIES = LIST_NAMES.filter((family) => listTraits(family).keyPerEntry);

/** As the relay lists them. */
const LISTED = [...MODELS].sort();
const baseOf = (family: ListName, origin: string): string => {
  const base = listTraits(family).baseUrl(origin);
  return base.ok ? base.value : '';
};

/** Another key of the user's in that list, with what KeyFerry knows nothing of. */
const foreign = (family: ListName, origin = 'http://127.0.0.1:9'): JsonObject => ({
  'api-key': SECOND_KEY,
  'base-url': baseOf(family, origin),
  priority: 2,
  weight: 3,
  'proxy-url': 'direct',
  models: [{ name: 'gpt-4o', alias: 'big', 'display-name': 'Big' }],
  headers: { 'X-Mine': 'header-secret' },
  'excluded-models': ['never-*'],
});

const lists = (family: ListName, entries: JsonObject[]): SceneOptions => ({
  proxy: { lists: { [family]: entries } },
});

/** Opens the import, chooses the list and plans. */
async function choose(made: Scene, family: ListName, change: Partial<ImportDraft> = {}) {
  const bases = new Map();
  const { draft: first } = await opened(made.ports, made.keyId, bases);
  const draft = { ...first, list: family, ...change };
  return { draft, planned: await planDialog(made.ports, bases, made.keyId, draft) };
}

async function importInto(made: Scene, family: ListName, change: Partial<ImportDraft> = {}) {
  const { draft, planned } = await choose(made, family, change);
  if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
  return apply(made.ports, made.keyId, draft, planned.plan.hash);
}

const holding = (made: Scene, family: ListName): JsonObject | undefined =>
  made.proxy.lists[family].find((entry) => entry['api-key'] === RELAY_KEY);

describe.each(KEY_FAMILIES)('%s', (family) => {
  test('takes a key as an entry of its own, proved by the registry; the others stay as they are', async () => {
    const made = await scene(lists(family, [foreign(family)]));
    const before = structuredClone(made.proxy.lists);
    expect(await importInto(made, family)).toEqual(served(3));
    expect(holding(made, family)).toMatchObject({
      'base-url': baseOf(family, made.relay.origin),
      models: LISTED.map((name) => ({ name, alias: name })),
    });
    expect(made.proxy.lists[family].filter((entry) => entry['api-key'] !== RELAY_KEY)).toEqual(
      before[family],
    );
    for (const other of LIST_NAMES)
      if (other !== family) expect(made.proxy.lists[other]).toEqual(before[other]);
    expect(writes(made.proxy)).toEqual(asWritten(`PUT /v0/management/${family}`));
    expect(await publicModels(made.proxy)).toEqual(expect.arrayContaining(MODELS));
  });

  test('is left alone by a second import, which is proved all the same', async () => {
    const made = await scene();
    await importInto(made, family);
    expect(await importInto(made, family)).toEqual(served(3));
    expect(writes(made.proxy)).toHaveLength(1);
    expect(made.proxy.lists[family]).toHaveLength(1);
  });

  test('extends the entry of that key, whose other fields survive, and undo puts it back as it was', async () => {
    const made = await scene();
    const entry: JsonObject = { ...foreign(family, made.relay.origin), 'api-key': RELAY_KEY };
    await made.proxy.setLists(family, [entry, foreign(family)]);
    const before = structuredClone(made.proxy.lists[family]);
    expect(await importInto(made, family)).toEqual(served(3));
    expect(holding(made, family)).toMatchObject({
      ...entry,
      models: [
        entry['models'],
        LISTED.filter((name) => name !== 'gpt-4o').map((name) => ({ name, alias: name })),
      ].flat(),
    });
    const [record] = await recordsOf(made.ports);
    expect(JSON.stringify(record)).not.toMatch(/header-secret|FakeKey/);
    expect(await undoImport(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.proxy.lists[family]).toEqual(before);
  });

  test('is proposed where it has the key already; an entry of another relay does not count', async () => {
    const made = await scene();
    const proposed = async (origin: string) => {
      await made.proxy.setLists(family, [{ ...foreign(family, origin), 'api-key': RELAY_KEY }]);
      const { draft, reason, planned } = await opened(made.ports, made.keyId);
      return { list: draft.list, reason, kind: planned.kind === 'plan' ? planned.plan.kind : planned.kind };
    };
    expect(await proposed('http://127.0.0.1:9')).toMatchObject({
      list: 'openai-compatibility',
      kind: 'create',
    });
    expect(await proposed(made.relay.origin)).toEqual({
      list: family,
      reason: 'there-already',
      kind: 'update',
    });
  });

  test('of a new entry is emptied by undo, also when it was the only one', async () => {
    const made = await scene();
    await importInto(made, family);
    const [record] = await recordsOf(made.ports);
    expect(await undoImport(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.proxy.lists[family]).toEqual([]);
    expect(await cardOf(made.ports, made.keyId)).toBeUndefined();
  });

  test('with an entry that names no models keeps serving its own catalogue, unless the user names them', async () => {
    const made = await scene();
    await made.proxy.setLists(family, [
      { 'api-key': RELAY_KEY, 'base-url': baseOf(family, made.relay.origin) },
    ]);
    const keeps = await choose(made, family);
    expect(keeps.planned).toMatchObject({
      kind: 'plan',
      plan: { kind: 'unchanged', notices: [{ kind: 'catalogue', replaced: false }, { kind: 'unsure' }] },
    });
    expect(await importInto(made, family)).toMatchObject({
      kind: 'proved',
      card: { served: 0, total: 3, missing: [{ reason: 'not-listed' }, {}, {}] },
    });
    expect(holding(made, family)?.['models'] ?? []).toEqual([]);
    expect(await importInto(made, family, { nameModels: true })).toEqual(served(3));
    expect(holding(made, family)?.['models']).toHaveLength(3);
  });

  test('with an entry that is switched off is not called served; the import can switch it on', async () => {
    const made = await scene();
    const entry = {
      ...foreign(family, made.relay.origin),
      'api-key': RELAY_KEY,
      'excluded-models': ['x', '*'],
    };
    await made.proxy.setLists(family, [entry]);
    expect(await importInto(made, family)).toMatchObject({
      card: { served: 0, missing: [{ reason: 'disabled' }, {}, {}] },
    });
    expect(await importInto(made, family, { enable: true })).toEqual(served(3));
    expect(holding(made, family)).toMatchObject({ 'excluded-models': ['x'] });
  });
});

test.each([
  ['xai-api-key', '7.2.72'],
  ['interactions-api-key', '7.2.50'],
] as const)(
  'a list that a server has only later is not written to an older one: %s',
  async (list, version) => {
    const made = await scene({ proxy: { version } });
    const { draft, planned } = await choose(made, list);
    const hash = planned.kind === 'plan' ? planned.plan.hash : '';
    expect(await apply(made.ports, made.keyId, draft, hash)).toEqual(failed('list-too-new'));
    expect(writes(made.proxy)).toEqual([]);
  },
);

test.skipIf(withoutV0)('a list that is not understood is never taken for empty', async () => {
  const made = await scene();
  made.proxy.faults.answer = (method, path) =>
    method === 'GET' && path === '/v0/management/config'
      ? { status: 200, body: { ...made.proxy.config(), 'claude-api-key': [7] } }
      : undefined;
  const { draft, planned } = await choose(made, 'claude-api-key');
  expect(planned).toEqual(failed('list-unclear'));
  expect(await apply(made.ports, made.keyId, draft, '')).toEqual(failed('list-unclear'));
  expect(writes(made.proxy)).toEqual([]);
});

test('names that another list serves already are told before they are shared', async () => {
  const made = await scene();
  await made.proxy.setLists('openai-compatibility', [
    { name: 'mine', 'base-url': 'http://127.0.0.1:9/v1', models: [{ name: 'gpt-4o', alias: '' }] },
  ]);
  const { planned } = await choose(made, 'codex-api-key');
  expect(planned).toMatchObject({
    plan: {
      notices: [
        { kind: 'unsure' },
        { kind: 'pool', members: [{ alias: 'gpt-4o', others: ['mine'] }] },
        ...saidOfFile,
      ],
    },
  });
});

test('models that a pattern of the entry keeps out are told, and not called served', async () => {
  const made = await scene();
  await made.proxy.setLists('codex-api-key', [
    {
      'api-key': RELAY_KEY,
      'base-url': `${made.relay.origin}/v1`,
      models: [{ name: 'o', alias: 'o' }],
      'excluded-models': ['gpt-*'],
    },
  ]);
  const { planned } = await choose(made, 'codex-api-key');
  expect(planned).toMatchObject({
    plan: {
      notices: [{ kind: 'unsure' }, { kind: 'excluded', models: ['gpt-4o', 'gpt-4o-mini'] }, ...saidOfFile],
    },
  });
  expect(await importInto(made, 'codex-api-key')).toMatchObject({
    card: { served: 1, total: 3, missing: [{ reason: 'excluded' }, { reason: 'excluded' }] },
  });
});

test('a key that was added at a Sub2API site is proposed for the API of its platform', async () => {
  const made = await scene({ relay: { models: ['claude-fable-5'] } });
  const key = { relayName: 'Sub', baseUrl: made.relay.origin, key: SECOND_KEY, relay: 'sub2api' } as const;
  const { draft, reason } = await opened(made.ports, must(await addKey(made.ports, key)));
  expect([draft.list, reason]).toEqual(['claude-api-key', 'only-claude']);
});
