import { describe, expect, test } from 'vitest';
import { READ_LISTS } from '../../../src/core/cliproxyapi/proxy-config';
import { contentOf } from '../../../src/core/cliproxyapi/same-entry';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { checkConnection } from '../../../src/workflows/connection/check-connection';
import { openManagement } from '../../../src/workflows/connection/open-management';
import { saveConnection } from '../../../src/workflows/connection/save-connection';
import { relistModels } from '../../../src/workflows/import/relist-models';
import type { Ports } from '../../../src/workflows/ports';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import type { CliproxyapiOptions } from '../../fakes/cliproxyapi.ts';
import { codexGroups, file, importInto, onFile, PATCH, shown } from '../cliproxyapi/scene';
import {
  apply,
  deny,
  failed,
  importNow,
  must,
  never,
  nextLife,
  opened,
  openImport,
  planOf,
  recordsOf,
  RELAY_KEY,
  scene,
  type Scene,
  served,
  writes,
} from '../scene';

const GONE = { version: '8.3.0', v0Gone: true } as const;
const gone = (more: CliproxyapiOptions = {}): Promise<Scene> => scene({ proxy: { ...GONE, ...more } });

const read = async (ports: Ports) => must(await must(await openManagement(ports)).read());
const check = async (ports: Ports) => must(await checkConnection(ports, never()));
const UNSEEN = { kind: 'unseen' };

/** What was asked since the last time. */
function asked({ proxy }: Scene): string[] {
  const some = proxy.requests.map(({ method, path }) => `${method} ${path.split('?')[0]!}`);
  proxy.requests.length = 0;
  return some;
}

describe('a server without /v0', () => {
  test('is told by the doctor, with what follows for writing', async () => {
    const made = await gone();
    expect(await check(made.ports)).toMatchObject({
      passed: ['reachable', 'product', 'access', 'key', 'content'],
      failure: null,
      found: { version: '8.3.0', providers: 2, keys: 2, withoutV0: true, layout: 'hidden', readOnly: null },
    });
    expect(must(await made.ports.session.read()).told).toMatchObject({ trouble: null });
    expect(await check((await scene({ proxy: { version: '8.0.20' } })).ports)).toMatchObject({
      found: { withoutV0: false },
    });
  });

  test('that refuses the key is asked once and says that', async () => {
    const made = await gone();
    const address = made.proxy.origin;
    must(await saveConnection(made.ports, { address, managementKey: 'mk-wrong', remember: 'device' }));
    expect(await check(made.ports)).toMatchObject({ failure: { code: 'key-refused', triesLeft: 4 } });
    expect(made.proxy.requests.filter(({ status }) => status === 401)).toHaveLength(1);
  });

  test('is found by three requests, and read by one from then on', async () => {
    const made = await gone();
    const config = 'GET /v8/management/config';
    await read(made.ports);
    expect(asked(made)).toEqual(['GET /v0/management/config', `${config}/config-version`, config]);
    await read(made.ports);
    expect(asked(made)).toEqual([config]);
    await read(nextLife(made));
    expect(asked(made)).toHaveLength(3);
  });

  test('that has it again is written as its file wants it', async () => {
    const made = await gone({ layout: 'old' });
    expect(await read(made.ports)).toMatchObject({ ofFile: true, layout: 'hidden' });
    made.proxy.faults.v0Gone = false;
    made.proxy.faults.answer = (_method, path) => (path.startsWith('/v8/') ? { status: 404 } : undefined);
    expect(await read(made.ports)).not.toHaveProperty('ofFile');
    expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
    expect(writes(made.proxy)).toEqual(['PUT /v0/management/openai-compatibility']);
  });

  test('whose management is off, too, is not called one', async () => {
    const made = await gone();
    await read(made.ports);
    made.proxy.faults.collapse = true;
    expect(await must(await openManagement(made.ports)).read()).toMatchObject({
      failure: { code: 'management-off' },
    });
  });

  test.each([
    ['html', 'reply-html'],
    ['json', 'reply-not-json'],
    ['shape', 'reply-shape'],
  ] as const)('whose answer is no configuration is never taken for empty (%s)', async (malformed, code) => {
    const made = await gone();
    await read(made.ports);
    made.proxy.faults.malformed = malformed;
    expect(await openImport(made.ports, new Map(), made.keyId)).toMatchObject({ failure: { code } });
  });

  test('whose file cannot be shown is not written', async () => {
    const made = await gone();
    const open = await opened(made.ports, made.keyId);
    made.proxy.faults.emptyBody = true;
    expect(await apply(made.ports, made.keyId, open.draft, planOf(open).hash)).toEqual(
      failed('file-not-shown'),
    );
    expect(writes(made.proxy)).toEqual([]);
  });

  test('asks a relay that only it can reach', async () => {
    const made = await gone();
    const far = made.relay.origin.replace('127.0.0.1', 'localhost');
    const keyId = must(await addKey(made.ports, { relayName: 'far', baseUrl: far, key: RELAY_KEY }));
    deny(made.device, far);
    made.proxy.requests.length = 0;
    const listed = await relistModels(made.ports, keyId, `${far}/v1`);
    expect(listed).toMatchObject({ ok: true, value: { via: 'proxy' } });
    expect(asked(made)).toContain('POST /v8/management/requests/api-call');
  });
});

const MESSY = `  openai-compatibility:
    - name: " Blank "
      base-url: " https://one.example/v1 "
      prefix: /p/
      disabled:
      headers: {X-One: " a ", X-None: ""}
      keys:
        - api-key: " sk-fake-1 "
          weight: 0
          proxy-url:
        - api-key: sk-fake-2
      models: [{name: m, alias: , thinking: {zero-allowed: true}}]
    - name: without
      keys: [{api-key: sk-fake-3}]
    - name: keyless
      base-url: https://two.example/v1
      keys: []
  codex:
    - name: shared
      base-url: https://three.example/v1
      priority: 3
      prefix: a/b
      excluded-models: [" Gpt-* ", gpt-*]
      keys:
        - api-key: sk-fake-4
          priority: 5
        - api-key: sk-fake-5
          prefix:
    - name: nowhere
      keys: [{api-key: sk-fake-6}]
  gemini:
    - name: g
      keys: [{api-key: sk-fake-7}, {api-key: sk-fake-7}]
  vertex:
    - name: v
      base-url: https://four.example
      models: [{name: bare}, {name: a, alias: b}]
      keys: [{api-key: sk-fake-8}, {api-key: ""}]
  claude:
    - name: c
      base-url: https://five.example
      keys: [{api-key: sk-fake-9, cloak: {mode: auto}}]
  interactions:
    - name: i
      keys: [{api-key: sk-fake-10}]
`;

describe('the lists of a server without /v0', () => {
  test.each(['a', 'b'] as const)('are as memory has them (stage %s)', async (stage) => {
    const { ports, proxy } = await onFile(file(MESSY, 'routing:\n  force-model-prefix: true\n'), {
      ...GONE,
      stage,
    });
    const config = await read(ports);
    expect(config).toMatchObject({ forcePrefix: true, proxyKeys: ['sk-fake-client'], version: '8.3.0' });
    const plain = (list: unknown): string[] =>
      ((list ?? []) as object[]).map((one) => contentOf(JSON.stringify(one)));
    // Of models memory leaves out what says nothing, which is no matter to anybody.
    const memory = proxy.config();
    for (const list of READ_LISTS) {
      const own = plain(config.lists[list]);
      expect([list, own.map(withoutModels)]).toEqual([list, plain(memory[list]).map(withoutModels)]);
    }
    expect(config.lists['vertex-api-key']).toMatchObject([{ models: [{ name: 'a', alias: 'b' }] }]);
    expect(config.lists['openai-compatibility']).toMatchObject([
      { models: [{ name: 'm', thinking: { zero_allowed: true } }] },
      {},
    ]);
  });

  test('have what is not text as text, and are not written then; the others are', async () => {
    const groups = `  claude:\n    - name: a\n      base-url: https://a.example\n      keys:\n        - api-key: 1234567\n`;
    const text = file(groups).replace('[sk-fake-client]', '[sk-fake-client, 77]');
    const made = await onFile(text, { ...GONE, proxyKeys: ['sk-fake-client'] });
    const config = await read(made.ports);
    expect(config.lists['claude-api-key']).toMatchObject([{ 'api-key': '1234567' }]);
    expect(config.proxyKeys).toEqual(['sk-fake-client', '77']);
    expect(await importInto(made, 'claude-api-key')).toEqual(failed('file-not-text'));
    expect(made.proxy.file).toBe(text);
    expect(await importInto(made, 'codex-api-key')).toEqual(served(3));
  });

  test('may be changed by others before the write, which stays where the plan is not about it', async () => {
    const made = await onFile(file('  gemini: []\n'), GONE);
    await made.proxy.setFile(file(codexGroups(made.relay.origin)));
    const before = await shown(made, 'codex');
    let isFirst = true;
    made.proxy.faults.onRequest = async (method, path) => {
      if (method !== 'GET' || !path.endsWith('/config/api-keys') || !isFirst) return;
      isFirst = false;
      await made.proxy.setFile(file(codexGroups('https://else.example')));
    };
    const open = await opened(made.ports, made.keyId);
    const again = await apply(made.ports, made.keyId, open.draft, planOf(open).hash);
    expect(again).toEqual(served(3));
    expect(await shown(made, 'codex')).not.toEqual(before);
    expect(JSON.stringify(await shown(made, 'codex'))).toContain('https://else.example/v1');
  });
});

function withoutModels(entry: string): unknown {
  const { models: _models, ...rest } = JSON.parse(entry) as Record<string, unknown>;
  return rest;
}

describe('a write to a server without /v0', () => {
  test('converts a file of the old layout only after the plan has said that it may, and that nothing is kept', async () => {
    const made = await gone({ layout: 'old' });
    const open = await opened(made.ports, made.keyId);
    expect(planOf(open)).toMatchObject({ notices: [UNSEEN], onlyAdds: false });
    expect(made.proxy.file).not.toContain('config-version');
    expect(await apply(made.ports, made.keyId, open.draft, planOf(open).hash)).toEqual(served(3));
    expect(writes(made.proxy)).toEqual([PATCH]);
    expect(made.proxy.file).toContain('config-version: 8');
    expect(must(await made.ports.session.read()).filesBefore ?? {}).toEqual({});
    expect(made.proxy.requests.filter(({ path }) => path.endsWith('.yaml'))).toEqual([]);
  });

  test('is not made on the word that was given for a file that is kept', async () => {
    const made = await scene({ proxy: { version: '8.0.20', layout: 'mixed' } });
    const open = await opened(made.ports, made.keyId);
    made.proxy.faults.v0Gone = true;
    const before = made.proxy.file;
    const again = await apply(made.ports, made.keyId, open.draft, planOf(open).hash);
    expect(again).toMatchObject({ kind: 'replan', planned: { plan: { notices: [UNSEEN] } } });
    expect(made.proxy.file).toBe(before);
    const plan = planOf(again as Parameters<typeof planOf>[0]);
    expect(await apply(made.ports, made.keyId, open.draft, plan.hash)).toEqual(served(3));
  });

  test('is asked about each time, but for the undo of the last one, where nobody wrote since', async () => {
    const made = await gone({ layout: 'old' });
    const old = made.proxy.file;
    await importNow(made.ports, made.keyId);
    const [first] = await recordsOf(made.ports);
    expect(await undoImport(nextLife(made), first!.id, undefined, never())).toEqual({ kind: 'undone' });
    // The lists are as they were left: only the user knows that it is the file of before.
    await made.proxy.setFile(old);
    const open = await opened(made.ports, made.keyId);
    expect(planOf(open)).toMatchObject({ notices: [UNSEEN], onlyAdds: false });
    await apply(made.ports, made.keyId, open.draft, planOf(open).hash);
    const [record] = await recordsOf(made.ports);
    made.device.session.clear();
    const next = nextLife(made);
    const undone = await undoImport(next, record!.id, undefined, never());
    expect(undone).toMatchObject({ kind: 'changed', converts: 'only', file: [UNSEEN] });
    const hash = undone.kind === 'changed' ? undone.hash : '';
    expect(await undoImport(next, record!.id, hash, never())).toEqual({ kind: 'undone' });
  });

  test('that memory loses shows only in the registry, and is made once more in other bytes', async () => {
    const made = await gone();
    made.proxy.faults.revertNextWrites = 1;
    expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
    expect(writes(made.proxy)).toEqual([PATCH, PATCH]);
    const [record] = await recordsOf(made.ports);
    made.proxy.faults.revertNextWrites = 1;
    expect(await undoImport(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(writes(made.proxy)).toEqual([PATCH, PATCH, PATCH, PATCH]);
    expect(made.proxy.lists['openai-compatibility']).toHaveLength(2);
  });
});
