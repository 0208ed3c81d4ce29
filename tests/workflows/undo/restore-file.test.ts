import { expect, test } from 'vitest';
import { keptFile } from '../../../src/workflows/cliproxyapi/keep-file';
import { saveConnection, forgetConnection } from '../../../src/workflows/connection/save-connection';
import { recover } from '../../../src/workflows/undo/recover';
import type { Ports } from '../../../src/workflows/ports';
import { restoreFile } from '../../../src/workflows/undo/restore-file';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import type { CliproxyapiOptions } from '../../fakes/cliproxyapi.ts';
import {
  cardOf,
  failed,
  importNow,
  isWrite,
  must,
  never,
  nextLife,
  recordsOf,
  scene,
  type Scene,
  served,
  stoppingHttp,
  writes,
} from '../scene';
import { importInto, PATCH } from '../cliproxyapi/scene';

const PUT = 'PUT /v0/management/config.yaml';

const filesOf = async ({ session }: Ports) => Object.values(must(await session.read()).filesBefore ?? {});

/** A file of both layouts that an import has converted. `before`: its text. */
async function converted(more: CliproxyapiOptions = {}): Promise<Scene & { before: string }> {
  const made = await scene({ proxy: { version: '8.0.20', layout: 'mixed', ...more } });
  const before = `# mine\n${made.proxy.file}`;
  await made.proxy.setFile(before);
  expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
  expect(made.proxy.file).toContain('config-version: 8');
  return { ...made, before };
}

test('config.yaml is put back byte for byte, and the import is taken back in History and on its card', async () => {
  const made = await converted();
  expect(await restoreFile(made.ports, never())).toEqual({ kind: 'restored', converted: false });
  expect(made.proxy.file).toBe(made.before);
  expect(writes(made.proxy)).toEqual([PATCH, PUT]);
  await made.proxy.settled();
  expect(made.proxy.lists['openai-compatibility'].map(({ name }) => name)).toEqual(['Other one', 'off']);
  expect(await recordsOf(made.ports)).toMatchObject([
    { action: 'undo', phase: 'done' },
    { action: 'import', phase: 'undone' },
  ]);
  expect(await cardOf(made.ports, made.keyId)).toBeUndefined();
  expect(await keptFile(made.ports)).toBeUndefined();
});

test('a server that has lost its /v0 since is not asked for what only that could do', async () => {
  const made = await converted();
  made.proxy.faults.v0Gone = true;
  const after = made.proxy.file;
  expect(await restoreFile(made.ports, never())).toEqual(failed('feature-missing'));
  expect(made.proxy.file).toBe(after);
  expect(await keptFile(made.ports)).toBeUndefined();
});

test('a server that converts what it is given is told from one that does not', async () => {
  const made = await converted();
  made.proxy.faults.convertsMixed = true;
  expect(await restoreFile(made.ports, never())).toEqual({ kind: 'restored', converted: true });
  expect(made.proxy.file).toContain('config-version: 8');
  expect(made.proxy.lists['openai-compatibility']).toHaveLength(2);
});

test('nothing is written where somebody has changed the file since', async () => {
  const made = await converted();
  const theirs = `${made.proxy.file}# theirs\n`;
  await made.proxy.setFile(theirs);
  expect(await restoreFile(made.ports, never())).toEqual(failed('file-changed'));
  expect(made.proxy.file).toBe(theirs);
  expect(writes(made.proxy)).toEqual([PATCH]);
  expect(await keptFile(made.ports)).toBeUndefined();
});

test('what somebody writes while an import is proved is not lost with it', async () => {
  const made = await scene({ proxy: { version: '8.0.20', layout: 'mixed' } });
  let theirs = '';
  made.proxy.faults.onRequest = async (method, path) => {
    if (theirs || method !== 'GET' || !path.includes('/auth-files/models')) return;
    theirs = `${made.proxy.file}# theirs\n`;
    await made.proxy.setFile(theirs);
  };
  expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
  expect(made.proxy.file).toBe(theirs);
  expect(await keptFile(made.ports)).toBeUndefined();
  expect(await restoreFile(made.ports, never())).toEqual(failed('file-changed'));
  expect(made.proxy.file).toBe(theirs);
});

test('nothing is written where the file cannot be looked at', async () => {
  const made = await converted();
  made.proxy.faults.answer = (_, path) =>
    path.endsWith('/config.yaml') ? { status: 500, body: { error: 'read_failed' } } : undefined;
  expect(await restoreFile(made.ports, never())).toEqual(failed('file-changed'));
  expect(writes(made.proxy)).toEqual([PATCH]);
  expect(await keptFile(made.ports)).toBeDefined();
});

test('the file is kept for the session only, until the next write of ours', async () => {
  const made = await converted();
  expect(await filesOf(made.ports)).toMatchObject([{ text: made.before }]);
  expect(
    JSON.stringify([must(await made.ports.saved.read()), must(await made.ports.journal.read())]),
  ).not.toContain('# mine');
  const [record] = await recordsOf(made.ports);
  expect(await undoImport(made.ports, record!.id, undefined, never())).toEqual({ kind: 'undone' });
  expect(await filesOf(made.ports)).toEqual([]);
  expect(await restoreFile(made.ports, never())).toEqual(failed('file-changed'));
});

test.each(['forgotten', 'at another address'] as const)(
  'the file goes with a connection that is %s',
  async (how) => {
    const { ports } = await converted();
    const input = {
      address: 'http://elsewhere.example:8317',
      managementKey: 'k',
      remember: 'session',
    } as const;
    must(await (how === 'forgotten' ? forgetConnection(ports) : saveConnection(ports, input)));
    expect(await filesOf(ports)).toEqual([]);
  },
);

test.each([
  ['old', { layout: 'old' }],
  ['new', { layout: 'new' }],
] as const)('nothing is kept of a file of the %s layout', async (_, more) => {
  const made = await scene({ proxy: { version: '8.0.20', ...more } });
  expect(await importNow(made.ports, made.keyId)).toEqual(served(3));
  expect(await keptFile(made.ports)).toBeUndefined();
});

test('a file whose layout could not be told is kept where the write has converted it', async () => {
  const made = await scene({ proxy: { version: '8.0.20', layout: 'mixed' } });
  const odd = made.proxy.file.replace('debug: false\n', 'debug: "false\n  "\n');
  await made.proxy.setFile(odd);
  expect(await importInto(made, 'openai-compatibility')).toEqual(served(3));
  expect(made.proxy.file).toContain('config-version: 8');
  expect((await keptFile(made.ports))?.text).toBe(odd);
  expect(await restoreFile(made.ports, never())).toEqual({ kind: 'restored', converted: false });
  expect(made.proxy.file).toBe(odd);
});

test('nothing is kept where the write was refused', async () => {
  const made = await scene({ proxy: { version: '8.0.20', layout: 'mixed' } });
  made.proxy.faults.answer = (method) =>
    method === 'PATCH' ? { status: 400, body: { error: 'invalid_json' } } : undefined;
  expect(await importNow(made.ports, made.keyId)).toEqual(failed('rejected'));
  expect(await filesOf(made.ports)).toEqual([]);
});

test('a refused text leaves all as it was, and the file is still kept', async () => {
  const made = await converted();
  const left = made.proxy.file;
  made.proxy.faults.answer = (method) =>
    method === 'PUT' ? { status: 422, body: { error: 'invalid' } } : undefined;
  expect(await restoreFile(made.ports, never())).toEqual(failed('rejected'));
  expect(made.proxy.file).toBe(left);
  expect(await recordsOf(made.ports)).toMatchObject([
    { action: 'undo', phase: 'not-written', unseen: false },
    { action: 'import', phase: 'done' },
  ]);
  expect(await keptFile(made.ports)).toBeDefined();
});

test('an answer that did not come is looked for in the file', async () => {
  const made = await converted();
  made.proxy.faults.dropAfterWrite = 2;
  expect(await restoreFile(made.ports, never())).toEqual({ kind: 'restored', converted: false });
  expect(made.proxy.file).toBe(made.before);
});

test('a worker that was stopped after the write finds it done', async () => {
  const made = await converted();
  const { http, reached } = stoppingHttp(isWrite, 'after');
  void restoreFile(nextLife(made, { http }), never());
  await reached;
  const ports = nextLife(made);
  await recover(ports);
  expect(await recordsOf(ports)).toMatchObject([
    { action: 'undo', phase: 'done' },
    { action: 'import', phase: 'undone' },
  ]);
});
