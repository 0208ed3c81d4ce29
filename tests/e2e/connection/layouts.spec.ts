import { BATCH_DEFAULTS } from '../../../src/core/batch/batch.ts';
import type { CliproxyapiOptions } from '../../fakes/cliproxyapi.ts';
import { providersOf, servedModels } from '../support/servers.ts';
import { CHAT_MODELS, expect, test, type World } from '../support/world.ts';

const WORLDS: [string, CliproxyapiOptions][] = [
  ['7.2', {}],
  ['8, old layout', { version: '8.0.20' }],
  ['8, new layout', { version: '8.0.20', layout: 'new' }],
  ['8, mixed layout', { version: '8.0.20', layout: 'mixed' }],
  ['8 without /v0, old layout', { version: '8.3.0', v0Gone: true }],
  ['8 without /v0, early', { version: '8.3.0', v0Gone: true, layout: 'new', stage: 'a' }],
];

const MINE = {
  name: 'Mine',
  'base-url': 'https://mine.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-fake-of-mine', weight: 3 }],
  models: [{ name: 'qwen-max', alias: 'qwen' }],
};

const names = ({ proxy }: World): unknown[] => providersOf(proxy).map(({ name }) => name);

for (const [name, proxy] of WORLDS)
  test.describe(`a CLIProxyAPI of ${name}`, () => {
    test.use({ worldOptions: { proxy: { providers: [MINE], ...proxy } } });

    test('takes an import, an edit and a batch of the built extension, and gives each back', async ({
      world,
    }) => {
      const { want } = world;
      await world.connect();
      const [keyId, other] = [await world.addKey(1), await world.addKey(2)];
      const { draft, planned } = await want('import.open', { keyId });
      if (planned.kind !== 'plan') throw new Error(JSON.stringify(planned));
      const imported = await want('import.apply', { keyId, draft, planHash: planned.plan.hash });
      expect(imported).toMatchObject({ kind: 'proved', card: { served: 4, total: 4 } });
      expect(await servedModels(world.proxy)).toEqual(expect.arrayContaining(CHAT_MODELS));

      const entry = (await want('entries.list', {})).find(({ label }) => label === 'Relay')!;
      const ref = { list: entry.list, id: entry.id, index: entry.index, keyIndex: 0 };
      const edit = { paused: true, priority: '7' };
      const editPlan = await want('entry.plan', { ref, edit });
      if (editPlan.kind !== 'plan') throw new Error(JSON.stringify(editPlan));
      expect(await want('entry.apply', { ref, edit, hash: editPlan.hash, keyId })).toEqual({ kind: 'done' });
      expect(providersOf(world.proxy).at(-1)).toMatchObject({ name: 'Relay', priority: 7, disabled: true });
      const [line] = await want('history', {});
      expect(await want('import.undo', { importId: line!.id })).toEqual({ kind: 'undone' });
      expect(await servedModels(world.proxy)).toEqual(expect.arrayContaining(CHAT_MODELS));

      const batch = await want('batch.open', { batchId: 'b', keyIds: [other] });
      const written = await want('batch.apply', { batchId: 'b', options: BATCH_DEFAULTS, hash: batch.hash });
      expect(written).toMatchObject({ kind: 'done', served: 1, total: 1 });
      expect(await want('import.undo', { importId: 'b' })).toEqual({ kind: 'undone' });
      const card = imported.kind === 'proved' ? imported.card.importId : '';
      expect(await want('import.undo', { importId: card })).toEqual({ kind: 'undone' });
      expect(names(world)).toEqual(['Mine']);
      expect(providersOf(world.proxy)[0]).toMatchObject(MINE);
    });
  });
