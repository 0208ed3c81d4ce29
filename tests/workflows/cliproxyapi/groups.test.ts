import { describe, expect, test } from 'vitest';
import type { ImportDraft } from '../../../src/core/import/draft';
import type { Chosen } from '../../../src/workflows/entries/chosen';
import { editEntries } from '../../../src/workflows/entries/edit-entries';
import { editEntry } from '../../../src/workflows/entries/edit-entry';
import { openEdits } from '../../../src/workflows/entries/open-edits';
import { listEntries, planEntry } from '../../../src/workflows/entries/open-entry';
import type { Bases } from '../../../src/workflows/import/open-import';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import {
  apply,
  cardOf,
  failed,
  importNow,
  MODELS,
  must,
  never,
  opened,
  openImport,
  planDialog,
  planOf,
  recordsOf,
  RELAY_KEY,
  scene,
  SECOND_KEY,
  served,
  writes,
  type Scene,
} from '../scene';
import {
  atRelay,
  besidesProofs,
  codexGroups,
  file,
  importInto,
  ONE_CHANGE,
  onFile,
  PATCH,
  shown,
} from './scene';

describe('groups of the new layout', () => {
  test('take a key that inherits nothing from them, and keep names, overrides and order; undo takes only it', async () => {
    const made = await atRelay(codexGroups);
    const before = await shown(made, 'codex');
    expect(await importInto(made, 'codex-api-key')).toEqual(served(3));
    const [mine, other] = (await shown(made, 'codex')) as [{ keys: unknown[] }, unknown];
    expect(mine).toMatchObject({
      name: 'Mine',
      keys: [{ 'api-key': SECOND_KEY, weight: 4 }, { 'api-key': RELAY_KEY }],
    });
    expect(other).toEqual((before as unknown[])[1]);
    expect(writes(made.proxy)).toEqual([PATCH]);
    const [record] = await recordsOf(made.ports);
    expect(await undoImport(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(await shown(made, 'codex')).toEqual(before);
    expect(writes(made.proxy)).toEqual([PATCH, PATCH]);
  });

  test('of Gemini’s interactions take a key, also beside one of Google’s own service; undo takes only it', async () => {
    const google = '  interactions:\n    - name: Google\n      keys:\n        - api-key: AIza-fake\n';
    const made = await atRelay(() => google);
    expect(await importInto(made, 'interactions-api-key')).toEqual(served(3));
    expect(await shown(made, 'interactions')).toMatchObject([
      { name: 'Google', keys: [{ 'api-key': 'AIza-fake' }] },
      { 'base-url': made.relay.origin, keys: [{ 'api-key': RELAY_KEY }], models: [{}, {}, {}] },
    ]);
    const [record] = await recordsOf(made.ports);
    expect(await undoImport(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(await shown(made, 'interactions')).toEqual([
      { name: 'Google', keys: [{ 'api-key': 'AIza-fake' }] },
    ]);
    expect(writes(made.proxy)).toEqual([PATCH, PATCH]);
  });

  test('that would give a key what is not its own stay without it: it gets a group, named as no other one is', async () => {
    const made = await atRelay((origin) =>
      codexGroups(origin).replace('name: Mine\n', 'name: MY relay\n      prefix: p\n'),
    );
    expect(await importInto(made, 'codex-api-key')).toEqual(served(3));
    const groups = (await shown(made, 'codex')) as { name: string; keys: unknown[] }[];
    expect(groups.map(({ name, keys }) => [name, keys.length])).toEqual([
      ['MY relay', 1],
      ['codex-1', 2],
      ['My relay-2', 1],
    ]);
  });

  test('cost three reads, one write and two read-backs besides the proof', async () => {
    const made = await atRelay(codexGroups);
    const { draft, planned } = await opened(made.ports, made.keyId);
    if (planned.kind !== 'plan') throw new Error('no plan');
    made.proxy.requests.length = 0;
    await apply(made.ports, made.keyId, draft, planned.plan.hash);
    expect(besidesProofs(made)).toEqual(ONE_CHANGE);
  });

  test.each([0, 1])(
    'of Vertex take models beside those that are never loaded (reverted: %s)',
    async (reverted) => {
      const made = await atRelay(
        (origin) =>
          `  vertex:\n    - name: v\n      base-url: ${origin}\n      models:\n        - name: bare\n        - name: old\n          alias: o\n      keys:\n        - api-key: ${RELAY_KEY}\n`,
      );
      made.proxy.faults.revertNextWrites = reverted;
      expect(await importInto(made, 'vertex-api-key')).toEqual(served(3));
      expect(await shown(made, 'vertex')).toMatchObject([
        { name: 'v', models: [{ name: 'bare' }, { name: 'old', alias: 'o' }, {}, {}, {}] },
      ]);
      const { id } = (await recordsOf(made.ports))[0]!;
      expect(await undoImport(made.ports, id, undefined, never())).toEqual({ kind: 'undone' });
      expect(await shown(made, 'vertex')).toMatchObject([
        { name: 'v', models: [{ name: 'bare' }, { name: 'old', alias: 'o' }] },
      ]);
    },
  );

  test.each([
    ['one entry', 1],
    ['all entries', 3],
  ])('that go with their keys come back by the undo under their names (%s)', async (_, count) => {
    const made = await atRelay(codexGroups);
    const before = await shown(made, 'codex');
    const entries = must(await listEntries(made.ports)).slice(0, count);
    const order = { edit: { remove: 'entry' as const }, emptied: true };
    const bases = new Map<string, Chosen>();
    const { hash } = must(await openEdits(made.ports, bases, 'e', { keyIds: [], entries }, order));
    const chosen = bases.get('e')!;
    expect(await editEntries(made.ports, { editId: 'e', chosen, order, hash, signal: never() })).toEqual({
      kind: 'done',
    });
    expect(await shown(made, 'codex')).toEqual((before as unknown[]).slice(count === 1 ? 1 : 2));
    expect(await undoImport(made.ports, 'e', undefined, never())).toEqual({ kind: 'undone' });
    expect(await shown(made, 'codex')).toEqual(before);
  });

  test('of a provider whose key changes, and a reload takes that back: other bytes have it loaded', async () => {
    const made = await atRelay(
      () =>
        '  openai-compatibility:\n    - name: r\n      base-url: https://r.example\n      keys: [{api-key: sk-r}]\n',
    );
    const [entry] = must(await listEntries(made.ports));
    const ref = { list: entry!.list, id: entry!.id, index: 0, keyIndex: 0 };
    const edit = { weight: '7' };
    const planned = must(await planEntry(made.ports, new Map(), ref, edit));
    if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
    made.proxy.faults.revertNextWrites = 1;
    const files: string[] = [];
    made.proxy.faults.beforeWrite = () => void files.push(made.proxy.file);
    const order = { ref, edit, hash: planned.hash, keyId: '', signal: never() };
    expect(await editEntry(made.ports, order)).toEqual({ kind: 'done' });
    await made.proxy.settled();
    expect(files).toHaveLength(2);
    expect(made.proxy.file).not.toBe(files[1]);
    expect(made.proxy.lists['openai-compatibility']).toMatchObject([{ 'api-key-entries': [{ weight: 7 }] }]);
  });

  test('of which the last goes, and a reload takes that back: it goes once more', async () => {
    const made = await atRelay(
      () => '  codex:\n    - base-url: https://a.example\n      keys: [{api-key: sk-a}]\n',
    );
    const entries = must(await listEntries(made.ports));
    const order = { edit: { remove: 'entry' as const }, emptied: true };
    const bases = new Map<string, Chosen>();
    const { hash } = must(await openEdits(made.ports, bases, 'e', { keyIds: [], entries }, order));
    made.proxy.faults.revertNextWrites = 1;
    const chosen = bases.get('e')!;
    expect(await editEntries(made.ports, { editId: 'e', chosen, order, hash, signal: never() })).toEqual({
      kind: 'done',
    });
    await made.proxy.settled();
    expect([made.proxy.lists, made.proxy.savedLists].map((lists) => lists['codex-api-key'])).toEqual([
      [],
      [],
    ]);
    expect(writes(made.proxy)).toEqual([PATCH, PATCH]);
    expect(await recordsOf(made.ports)).toMatchObject([{ phase: 'done' }]);
  });

  test('that go with their only key come back by the undo of the change of that entry', async () => {
    const made = await atRelay(codexGroups);
    const before = await shown(made, 'codex');
    const [entry] = must(await listEntries(made.ports));
    const ref = { list: entry!.list, id: entry!.id, index: 0, keyIndex: 0 };
    const edit = { remove: 'entry' as const };
    const planned = must(await planEntry(made.ports, new Map(), ref, edit));
    if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
    const order = { ref, edit, hash: planned.hash, keyId: '', signal: never() };
    expect(await editEntry(made.ports, order)).toEqual({ kind: 'done' });
    const [record] = await recordsOf(made.ports);
    expect(record).toMatchObject({ group: 'Mine', phase: 'done' });
    expect(await undoImport(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(await shown(made, 'codex')).toEqual(before);
  });

  test('of early 8.0.x, which add their defaults and show no index, are the same', async () => {
    const made = await atRelay(codexGroups, { stage: 'a' });
    expect(await importInto(made, 'codex-api-key')).toEqual(served(3));
    expect(writes(made.proxy)).toEqual([PATCH]);
  });

  test('of a server that names no version are found by asking for /v8', async () => {
    const made = await atRelay(codexGroups, { version: 'dev' });
    expect(await importInto(made, 'codex-api-key')).toMatchObject({ kind: 'proved' });
    expect(writes(made.proxy)).toEqual([PATCH]);
  });

  test('that another client changes before the write take the key all the same, where the plan is the same', async () => {
    const made = await atRelay(codexGroups, { etag: true });
    let isFirst = true;
    made.proxy.faults.onRequest = async (method) => {
      if (method !== 'PATCH' || !isFirst) return;
      isFirst = false;
      await made.proxy.setFile(file(codexGroups('https://else.example')));
    };
    expect(await importInto(made, 'claude-api-key')).toEqual(served(3));
    expect(await shown(made, 'codex')).toMatchObject([{ 'base-url': 'https://else.example/v1' }, {}]);
    expect(writes(made.proxy)).toEqual([PATCH, PATCH]);
  });

  test('that another client never leaves alone are not written', async () => {
    const made = await atRelay(codexGroups, { etag: true });
    let turn = 0;
    made.proxy.faults.onRequest = async (method) => {
      if (method === 'PATCH') await made.proxy.setFile(file(codexGroups(`https://else${turn++}.example`)));
    };
    expect(await importInto(made, 'claude-api-key')).toMatchObject({ kind: 'replan' });
    expect(await shown(made, 'codex')).toMatchObject([{ 'base-url': 'https://else1.example/v1' }, {}]);
    expect(made.proxy.lists['claude-api-key']).toEqual([]);
  });

  test('are written with the revision that they were read with', async () => {
    const made = await atRelay(codexGroups, { etag: true });
    expect(await importInto(made, 'codex-api-key')).toEqual(served(3));
  });
});

const WITHOUT_KEYS = file(
  '  openai-compatibility:\n    - name: a\n      base-url: https://a.example/v1\n      keys:\n',
);

describe('a file that cannot be written by /v8', () => {
  test.each<[string, string, object, string]>([
    [
      'a field of a group that the server does not know',
      codexGroups('https://one.example', '      note: sk-fake-secret\n'),
      { code: 'file-field', field: 'note', family: 'codex' },
      'claude-api-key',
    ],
    [
      'a field of a key that the server does not know',
      codexGroups('https://one.example').replace('weight: 4', 'note: sk-fake-secret'),
      { code: 'file-field', field: 'note', family: 'codex, xai, meta' },
      'claude-api-key',
    ],
    [
      'a key that is a number',
      '  claude:\n    - name: a\n      base-url: https://a.example\n      keys:\n        - api-key: 1234567\n',
      { code: 'file-not-text', family: 'claude', place: '1: keys[0].api-key' },
      'claude-api-key',
    ],
    [
      'a weight that is too large',
      '  codex:\n    - name: a\n      base-url: https://a.example/v1\n      keys:\n        - api-key: sk-fake-1\n          weight: 2000000\n',
      { code: 'file-refused', place: 'api-keys.codex.keys[0].weight' },
      'claude-api-key',
    ],
  ])(
    'since it has %s is left as it is, and what is in the way is named',
    async (_, groups, failure, list) => {
      const made = await onFile(file(groups));
      const outcome = await importInto(made, list as ImportDraft['list']);
      expect(outcome).toEqual({ kind: 'failed', failure });
      expect(JSON.stringify(outcome)).not.toContain('sk-fake');
      expect(made.proxy.file).toBe(file(groups));
      expect((await recordsOf(made.ports)).map(({ phase }) => phase)).toEqual(['not-written']);
      expect(await cardOf(made.ports, made.keyId)).toMatchObject({ kind: 'failed', failure });
    },
  );

  test.each([
    [
      'cannot be shown is no empty one',
      file('  codex: []\n'),
      { emptyBody: true },
      { code: 'file-not-shown' },
    ],
    [
      'has keys without a value is left as it is',
      WITHOUT_KEYS,
      {},
      { code: 'file-without-keys', family: 'openai-compatibility', place: '1: keys' },
    ],
  ])('since it %s, also where it became so after the plan', async (_, text, faults, failure) => {
    const made = await atRelay(codexGroups);
    const open = await opened(made.ports, made.keyId);
    await made.proxy.setFile(text);
    Object.assign(made.proxy.faults, faults);
    const { draft } = open;
    const outcome = await apply(made.ports, made.keyId, draft, planOf(open).hash);
    expect(outcome).toMatchObject({ kind: 'failed', failure });
    expect(made.proxy.file).toBe(text);
    // The next plan says it before anything is chosen.
    expect(await openImport(made.ports, new Map(), made.keyId)).toMatchObject({ ok: false, failure });
    expect(writes(made.proxy)).toEqual([]);
  });

  test('since a key that is there twice would be loaded twice is left as it is, and says so', async () => {
    const group = '    - base-url: https://g.example\n      keys: [{api-key: sk-g}]\n';
    const made = await atRelay(() => `  gemini:\n${group}${group}`);
    const [entry, ...more] = must(await listEntries(made.ports));
    expect(more).toEqual([]);
    const ref = { list: entry!.list, id: entry!.id, index: 0, keyIndex: 0 };
    const changed = async (edit: { prefix: string } | { remove: 'entry' }) => {
      const planned = must(await planEntry(made.ports, new Map(), ref, edit));
      if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
      return editEntry(made.ports, { ref, edit, hash: planned.hash, keyId: '', signal: never() });
    };
    for (const edit of [{ prefix: 'p' }, { remove: 'entry' as const }])
      expect(await changed(edit)).toEqual(failed('file-twin'));
    expect(writes(made.proxy)).toEqual([]);
  });

  test('is said by the plan, with the place and before anything is sent', async () => {
    const made = await atRelay((origin) => codexGroups(origin, '      note: sk-fake-secret\n'));
    const { notices, onlyAdds } = planOf(await opened(made.ports, made.keyId));
    expect(notices).toEqual([{ kind: 'unknown-field', family: 'codex', place: '2: note' }]);
    expect(onlyAdds).toBe(false);
  });

  test('is said by the plan for the list that has what is not text, and for no other', async () => {
    const made = await atRelay((origin) => codexGroups(origin).replace('prefix: own', 'prefix: 7'));
    const bases: Bases = new Map();
    const { draft, planned } = await opened(made.ports, made.keyId, bases);
    expect(planOf({ planned }).notices).toEqual([]);
    const inCodex = { ...draft, list: 'codex-api-key' as const };
    expect(
      planOf({ planned: await planDialog(made.ports, bases, made.keyId, inCodex) }).notices,
    ).toContainEqual({
      kind: 'not-text',
      family: 'codex',
      place: '2: keys[1].prefix',
    });
  });

  test.each([
    ['claude-api-key', failed('file-layout'), []],
    ['openai-compatibility', served(3), ['PUT /v0/management/openai-compatibility']],
  ] as const)(
    'since its layout is unknown is written by /v0 only where that keeps all (%s)',
    async (list, end, sent) => {
      const made = await atRelay(codexGroups);
      made.proxy.faults.answer = (_method, path) =>
        path.endsWith('/config.yaml') ? { status: 500, body: { error: 'read_failed' } } : undefined;
      expect(await importInto(made, list)).toEqual(end);
      expect(writes(made.proxy)).toEqual(sent);
    },
  );
});

test.each(['hangs', 'fails'])(
  'a build without a version of which asking for /v8 %s is not taken for one of 7.x',
  async (how) => {
    const made = await atRelay(codexGroups, { version: 'dev' });
    const before = made.proxy.file;
    const asksForV8 = (path: string): boolean => path.endsWith('/config/config-version');
    if (how === 'hangs') made.proxy.faults.hang = ({ path }) => asksForV8(path);
    else made.proxy.faults.answer = (_method, path) => (asksForV8(path) ? { status: 500 } : undefined);
    expect(await importInto(made, 'codex-api-key')).toEqual(failed('file-layout'));
    expect(made.proxy.file).toBe(before);
    expect(writes(made.proxy)).toEqual([]);
  },
);

test('a layout that cannot be told is said before the write, and no plan of before passes', async () => {
  const made = await atRelay(codexGroups);
  const before = await opened(made.ports, made.keyId);
  expect(planOf(before).notices).toEqual([]);
  made.proxy.faults.answer = (_method, path) =>
    path.endsWith('/config.yaml') ? { status: 500, body: { error: 'read_failed' } } : undefined;
  const again = await apply(made.ports, made.keyId, before.draft, planOf(before).hash);
  expect(again).toMatchObject({
    kind: 'replan',
    planned: { plan: { notices: [{ kind: 'may-convert' }], onlyAdds: false } },
  });
  expect(writes(made.proxy)).toEqual([]);
  const plan = planOf(again as Parameters<typeof planOf>[0]);
  expect(await apply(made.ports, made.keyId, before.draft, plan.hash)).toEqual(served(3));
});

describe('the file and what is loaded', () => {
  test('are waited for while a reload is under way', async () => {
    const made = await atRelay(codexGroups);
    let held = 2;
    made.proxy.faults.answer = (method, path) =>
      method === 'GET' && path === '/v8/management/config/api-keys' && --held > 0
        ? { status: 200, body: { codex: [] } }
        : undefined;
    expect(await importInto(made, 'claude-api-key')).toEqual(served(3));
    expect(writes(made.proxy)).toEqual([PATCH]);
  });

  test('that stay different are left alone: a key that was never loaded is not lost', async () => {
    const made = await atRelay(codexGroups);
    made.proxy.faults.answer = (method, path) =>
      method === 'GET' && path === '/v8/management/config/api-keys'
        ? {
            status: 200,
            body: {
              codex: [{ name: 'more', 'base-url': 'https://m.example', keys: [{ 'api-key': 'sk-fake-9' }] }],
            },
          }
        : undefined;
    expect(await importInto(made, 'claude-api-key')).toEqual(failed('file-differs'));
    expect(writes(made.proxy)).toEqual([]);
  });

  /** What is in the file is loaded no more, as after a reload that was lost. */
  async function ahead(groups: (origin: string) => string): Promise<Scene> {
    const made = await atRelay(codexGroups);
    made.proxy.faults.revertNextWrites = 1;
    await made.ports.http.send({
      method: 'PUT',
      url: `${made.proxy.origin}/v8/management/config/api-keys/claude`,
      headers: { Authorization: `Bearer ${made.proxy.managementKey}` },
      body: groups(made.relay.origin),
      timeoutMs: 1_000,
    });
    await made.proxy.settled();
    expect([made.proxy.lists, made.proxy.savedLists].map((all) => all['claude-api-key'].length)).toEqual([
      0, 1,
    ]);
    made.proxy.requests.length = 0;
    return made;
  }

  test('of which the file has more: a change is made there, and all of it is loaded', async () => {
    const made = await ahead(
      () => '[{"name":"c","base-url":"https://c.example","keys":[{"api-key":"sk-c"}]}]',
    );
    // What is not said by the plan is not done.
    const bases: Bases = new Map();
    const open = await opened(made.ports, made.keyId, bases);
    expect(planOf(open)).toMatchObject({ notices: [{ kind: 'ahead' }], onlyAdds: false });
    expect(await importInto(made, 'codex-api-key')).toEqual(served(3));
    await made.proxy.settled();
    expect(made.proxy.lists['claude-api-key']).toMatchObject([{ 'api-key': 'sk-c' }]);
    expect(writes(made.proxy)).toEqual([PATCH]);
    const [record] = await recordsOf(made.ports);
    expect(await undoImport(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(made.proxy.lists['claude-api-key']).toHaveLength(1);
  });

  test('of which the file has more since the plan: nothing is written, and the next plan says it', async () => {
    const made = await atRelay(codexGroups);
    const open = await opened(made.ports, made.keyId);
    made.proxy.faults.revertNextWrites = 1;
    await made.ports.http.send({
      method: 'PUT',
      url: `${made.proxy.origin}/v8/management/config/api-keys/claude`,
      headers: { Authorization: `Bearer ${made.proxy.managementKey}` },
      body: '[{"base-url":"https://c.example","keys":[{"api-key":"sk-c"}]}]',
      timeoutMs: 1_000,
    });
    await made.proxy.settled();
    made.proxy.requests.length = 0;
    const hash = planOf(open).hash;
    expect(await apply(made.ports, made.keyId, open.draft, hash)).toEqual(failed('file-differs'));
    expect(writes(made.proxy)).toEqual([]);
    const again = await opened(made.ports, made.keyId);
    expect(await apply(made.ports, made.keyId, again.draft, planOf(again).hash)).toEqual(served(3));
  });

  test('of which the file has the very change: it is written in other bytes, and loaded', async () => {
    const made = await ahead(
      (origin) =>
        `[{"name":"c","base-url":"${origin}","keys":[{"api-key":"${RELAY_KEY}"}],"models":${JSON.stringify(
          MODELS.map((name) => ({ name, alias: name })),
        )}}]`,
    );
    expect(await importInto(made, 'claude-api-key')).toEqual(served(3));
    await made.proxy.settled();
    expect(made.proxy.lists['claude-api-key']).toHaveLength(1);
    expect(writes(made.proxy)).toEqual([PATCH]);
  });

  test('may change meanwhile by another client, and then the plan is shown again', async () => {
    const made = await atRelay(codexGroups);
    let isFirst = true;
    made.proxy.faults.onRequest = async (method, path) => {
      if (method !== 'GET' || path !== '/v8/management/config/api-keys' || !isFirst) return;
      isFirst = false;
      const groups = `${codexGroups(made.relay.origin)}  claude:\n    - name: c\n      base-url: ${made.relay.origin}\n      keys: [{api-key: ${RELAY_KEY}}]\n`;
      await made.proxy.setFile(file(groups));
    };
    expect(await importInto(made, 'claude-api-key')).toMatchObject({
      kind: 'replan',
      planned: { plan: { kind: 'unchanged' } },
    });
    expect(writes(made.proxy)).toEqual([]);
  });
});

test.each(['claude-api-key', 'openai-compatibility'] as const)(
  'a file of the old layout stays in it (%s)',
  async (list) => {
    const made = await scene({ proxy: { version: '8.0.20', layout: 'old' } });
    expect(await importInto(made, list)).toEqual(served(3));
    expect(writes(made.proxy)).toEqual([`PUT /v0/management/${list}`]);
    expect(made.proxy.file).not.toContain('config-version');
  },
);

test('a server of 7.2 is asked for nothing more', async () => {
  const made = await scene({ proxy: { version: '7.2.140' } });
  expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
  expect(made.proxy.requests.filter(({ path }) => /config\.yaml|\/v8\//.test(path))).toEqual([]);
});
