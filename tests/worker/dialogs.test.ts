import { describe, expect, test } from 'vitest';
import { BATCH_DEFAULTS } from '../../src/core/batch/batch';
import type { ExportOptions } from '../../src/core/channels/view';
import type { Handlers } from '../../src/contract/router';
import { createHandlers } from '../../src/worker/handlers';
import { never } from '../fakes/clock';
import { newApiHandlers } from '../../src/worker/new-api-handlers';
import { createOpenDialogs } from '../../src/worker/open-plans';
import { createPictures } from '../../src/worker/pictures';
import { createWorks } from '../../src/worker/works';
import { lookAtGroups } from '../../src/workflows/connection/look-at-groups';
import { channelScene, type ChannelScene } from '../workflows/channels/scene';
import { file, onFile } from '../workflows/cliproxyapi/scene';
import { must, planOf, scene, type Scene } from '../workflows/scene';

const GONE = { ok: false, failure: { code: 'unknown-item' } };
const options = BATCH_DEFAULTS;

interface Open {
  made: Scene;
  handlers: Handlers;
  hash: string;
}

/** A worker with an open batch, which holds the texts of its keys. */
async function openBatch(): Promise<Open> {
  const made = await scene();
  const { handlers } = createHandlers(made.ports);
  const { hash } = must(await handlers['batch.open']({ batchId: 'b', keyIds: [made.keyId] }));
  return { made, handlers, hash };
}
const planBatch = (handlers: Handlers): Promise<unknown> => handlers['batch.plan']({ batchId: 'b', options });
const passphrase = 'correct horse';

describe('the keys of a batch', () => {
  test('are kept while its dialog is open', async () => {
    const { handlers } = await openBatch();
    expect(await planBatch(handlers)).toMatchObject({ ok: true });
    await handlers['plan.close']({ dialog: 'import', id: 'b' });
    expect(await planBatch(handlers)).toMatchObject({ ok: true });
  });

  test.each<[string, (open: Open) => Promise<unknown>]>([
    ['it is closed', ({ handlers }) => handlers['plan.close']({ dialog: 'batch', id: 'b' })],
    ['it was imported', ({ handlers, hash }) => handlers['batch.apply']({ batchId: 'b', options, hash })],
    [
      'another CLIProxyAPI is saved',
      ({ handlers, made }) =>
        handlers['connection.save']({
          address: made.proxy.origin.replace('127.0.0.1', 'localhost'),
          managementKey: made.proxy.managementKey,
          remember: 'device',
        }),
    ],
    ['the connection is forgotten', ({ handlers }) => handlers['connection.forget']({})],
    [
      'the lock closes',
      async ({ handlers }) => {
        must(await handlers['lock.set']({ passphrase }));
        must(await handlers['lock.close']({}));
        must(await handlers['lock.open']({ passphrase }));
      },
    ],
    ['all data is reset', ({ handlers }) => handlers['storage.reset']({})],
  ])('are dropped when %s', async (_when, happens) => {
    const open = await openBatch();
    expect(await happens(open)).not.toMatchObject({ ok: false });
    expect(await planBatch(open.handlers)).toEqual(GONE);
  });

  test('are kept when another key of the same CLIProxyAPI is saved', async () => {
    const { made, handlers } = await openBatch();
    const address = made.proxy.origin;
    must(await handlers['connection.save']({ address, managementKey: 'mk-another', remember: 'device' }));
    expect(await planBatch(handlers)).toMatchObject({ ok: true });
  });

  test('are not kept when the dialog is closed while they are read', async () => {
    const made = await scene();
    const { handlers } = createHandlers(made.ports);
    made.proxy.faults.onRequest = async (method, path) => {
      if (method === 'GET' && path.endsWith('/config'))
        await handlers['plan.close']({ dialog: 'batch', id: 'b' });
    };
    must(await handlers['batch.open']({ batchId: 'b', keyIds: [made.keyId] }));
    expect(await planBatch(handlers)).toEqual(GONE);
  });

  test('are kept for the new plan where the list had changed, and go when that is closed', async () => {
    const { handlers } = await openBatch();
    const outcome = await handlers['batch.apply']({ batchId: 'b', options, hash: 'another' });
    expect(outcome).toMatchObject({ value: { kind: 'replan' } });
    expect(await planBatch(handlers)).toMatchObject({ ok: true });
    await handlers['plan.close']({ dialog: 'batch', id: 'b' });
    expect(await planBatch(handlers)).toEqual(GONE);
  });
});

/** How often CLIProxyAPI is read for a plan: not at all while the worker has what the dialog was opened with. */
async function reads({ proxy }: Scene, plan: () => Promise<unknown>): Promise<number> {
  proxy.requests.length = 0;
  expect(await plan()).toMatchObject({ ok: true, value: { kind: expect.stringMatching(/plan|nothing/) } });
  return proxy.requests.filter(({ path }) => path.endsWith('/config')).length;
}

test('a plan of one key tells what is odd in the groups of a file of 8.x', async () => {
  const groups =
    '  codex:\n    - name: a\n      note: x\n      base-url: https://a.example/v1\n      keys: []\n';
  const { ports, keyId } = await onFile(file(groups));
  const open = must(await createHandlers(ports).handlers['import.open']({ keyId }));
  expect(planOf(open).notices).toContainEqual({ kind: 'unknown-field', family: 'codex', place: '1: note' });
});

describe('the list that an import rests on', () => {
  test.each<[string, (handlers: Handlers, made: Scene) => Promise<unknown>]>([
    ['it is closed', (handlers, { keyId }) => handlers['plan.close']({ dialog: 'import', id: keyId })],
    [
      'another CLIProxyAPI is saved',
      (handlers, { proxy }) =>
        handlers['connection.save']({
          address: proxy.origin.replace('127.0.0.1', 'localhost'),
          managementKey: proxy.managementKey,
          remember: 'device',
        }),
    ],
    [
      'it was sent, also with a plan that is no longer true',
      async (handlers, { keyId }) => {
        const { draft } = must(await handlers['import.open']({ keyId }));
        return handlers['import.apply']({ keyId, draft, planHash: 'another' });
      },
    ],
  ])('is dropped when %s', async (_when, happens) => {
    const made = await scene();
    const { handlers } = createHandlers(made.ports);
    const { keyId } = made;
    const { draft } = must(await handlers['import.open']({ keyId }));
    const plan = (): Promise<unknown> => handlers['import.plan']({ keyId, draft });
    expect(await reads(made, plan)).toBe(0);
    await happens(handlers, made);
    expect(await reads(made, plan)).toBe(1);
    expect(await reads(made, plan)).toBe(0);
  });
});

describe('the lists that the dialog of an entry rests on', () => {
  test.each<[string, (handlers: Handlers, made: Scene) => Promise<unknown>]>([
    ['it is closed', (handlers) => handlers['plan.close']({ dialog: 'entry', id: '' })],
    ['the connection is forgotten and saved again', (handlers, made) => reconnect(handlers, made)],
  ])('are dropped when %s', async (_when, happens) => {
    const made = await scene();
    const { handlers } = createHandlers(made.ports);
    const { keyId } = made;
    const open = must(await handlers['import.open']({ keyId }));
    await handlers['import.apply']({ keyId, draft: open.draft, planHash: planOf(open).hash });
    const { entry, keyIndex } = must(await handlers['entry.open']({ keyId }));
    const { list, id, index } = entry;
    const ref = { list, id, index, keyIndex };
    const plan = (): Promise<unknown> => handlers['entry.plan']({ ref, edit: { paused: true } });
    expect(await reads(made, plan)).toBe(0);
    await happens(handlers, made);
    expect(await reads(made, plan)).toBe(1);
  });
});

async function reconnect(handlers: Handlers, { proxy }: Scene): Promise<void> {
  must(await handlers['connection.forget']({}));
  const { origin: address, managementKey } = proxy;
  must(await handlers['connection.save']({ address, managementKey, remember: 'device' }));
}

describe('what the dialogs of a New API rest on', () => {
  const exportOptions: ExportOptions = {
    groups: ['default'],
    priority: 0,
    weight: 0,
    tag: '',
    existing: 'pass-over',
  };
  const again = ({ newApiId: id, admin }: ChannelScene) => ({
    id,
    name: 'Mine',
    siteUrl: admin.origin,
    userId: '1',
  });
  type Happens = (handlers: Handlers, made: ChannelScene) => Promise<unknown>;

  test.each<[string, Happens]>([
    ['it is closed', (handlers) => handlers['plan.close']({ dialog: 'channel-export', id: 'e' })],
    ['its New API is saved', (handlers, made) => handlers['new-api.save'](again(made))],
    [
      'it was written',
      async (handlers) => {
        const planned = await handlers['channel-export.plan']({ exportId: 'e', options: exportOptions });
        const { hash } = must(planned);
        return handlers['channel-export.apply']({ exportId: 'e', options: exportOptions, hash });
      },
    ],
  ])('many keys: is dropped when %s', async (_when, happens) => {
    const made = await channelScene();
    const { handlers } = createHandlers(made.ports);
    const { newApiId, keyId } = made;
    must(
      await handlers['channel-export.open']({
        newApiId,
        exportId: 'e',
        keyIds: [keyId],
        options: exportOptions,
      }),
    );
    const plan = (): Promise<unknown> =>
      handlers['channel-export.plan']({ exportId: 'e', options: exportOptions });
    expect(await plan()).toMatchObject({ ok: true });
    expect(await happens(handlers, made)).toMatchObject({ ok: true });
    expect(await plan()).toEqual(GONE);
  });

  test('goes with a New API that is forgotten, and that of another stays', async () => {
    const { ports, newApiId } = await channelScene();
    const plans = createOpenDialogs();
    const hold = (id: string, server: string): unknown =>
      plans
        .open('channel-export', id, server)
        .set(id, { newApiId: server, keys: [], channels: [], groups: [] });
    hold('e', newApiId);
    hold('f', 'another');
    const unused = async (): Promise<void> => undefined;
    const hooks = {
      works: createWorks(),
      plans,
      pictures: createPictures(),
      start: unused,
      startAgain: () => undefined,
      lookAgain: () => undefined,
      loadLater: () => undefined,
      lookAtGroups,
      runAt: async () => never,
      cancelAndDrain: unused,
    };
    must(await newApiHandlers(ports, hooks)['new-api.forget']({ newApiId }));
    expect(plans.at('channel-export', 'e').get('e')).toBeUndefined();
    expect(plans.at('channel-export', 'f').get('f')).toBeDefined();
  });

  test.each<[string, Happens]>([
    [
      'it is closed',
      (handlers, { newApiId }) => handlers['plan.close']({ dialog: 'channel-import', id: newApiId }),
    ],
    ['its New API is saved', (handlers, made) => handlers['new-api.save'](again(made))],
  ])('one key: is dropped when %s', async (_when, happens) => {
    const made = await channelScene();
    const { handlers } = createHandlers(made.ports);
    const { newApiId, keyId, admin } = made;
    const { draft } = must(await handlers['channel-import.open']({ newApiId, keyId }));
    const listed = async (): Promise<number> => {
      admin.requests.length = 0;
      const plan = await handlers['channel-import.plan']({ newApiId, keyId, draft });
      expect(plan).toMatchObject({ ok: true, value: { kind: 'plan' } });
      return admin.requests.filter(({ path }) => path.startsWith('/api/channel/?')).length;
    };
    expect(await listed()).toBe(0);
    expect(await happens(handlers, made)).toMatchObject({ ok: true });
    expect(await listed()).toBeGreaterThan(0);
    expect(await listed()).toBe(0);
  });
});
