import { expect, test } from 'vitest';
import { openBatch } from '../../../src/workflows/batch/open-batch';
import { openChannelImport } from '../../../src/workflows/channel-import/open-channel-import';
import { openExport } from '../../../src/workflows/channel-import/open-export';
import { relistModels } from '../../../src/workflows/import/relist-models';
import { saveNewApi } from '../../../src/workflows/new-api/keep-new-apis';
import { channelScene, ROOT_TOKEN } from '../channels/scene';
import { accountAt, must, never, opened, scene } from '../scene';

const names = (models: readonly { name: string }[]): string[] => models.map(({ name }) => name);

/** A key that its relay limits, while `/v1/models` lists all: so does One Hub (seen on running servers). */
async function limited(models: string[]) {
  const made = await scene();
  const { admin } = await channelScene();
  const newApi = { name: 'Mine', siteUrl: admin.origin, accessToken: ROOT_TOKEN, userId: '1' };
  const newApiId = must(await saveNewApi(made.ports, newApi));
  const accountId = must(await accountAt(made));
  must(
    await made.ports.saved.change(({ accounts: [account] }) => {
      for (const key of account?.keys ?? []) key.models = models;
    }),
  );
  return { ...made, newApiId, keyId: `${accountId}/1` };
}

const BARRED = ['deepseek-chat', 'gpt-4o-mini'];

test('what a key may not use is left out of every plan, and named', async () => {
  const { ports, keyId, newApiId, relay } = await limited(['gpt-4o', 'nobody-serves-it']);
  const single = await opened(ports, keyId);
  expect(names(single.draft.models)).toEqual(['gpt-4o']);
  expect(single.models).toMatchObject({ names: ['gpt-4o'], barred: BARRED });
  expect(must(await relistModels(ports, keyId, `${relay.origin}/v1`))).toMatchObject({ barred: BARRED });

  const batch = must(await openBatch(ports, new Map(), { batchId: 'b', keyIds: [keyId] }, never()));
  expect(batch).toMatchObject({ barred: BARRED, providers: [{ models: 1 }] });

  const channel = must(await openChannelImport(ports, new Map(), newApiId, keyId));
  expect(names(channel.draft.models)).toEqual(['gpt-4o']);
  expect(channel.models).toMatchObject({ barred: BARRED });

  const options = { groups: ['vip'], priority: 0, weight: 0, tag: '', existing: 'make-new' } as const;
  const order = { exportId: 'e', newApiId, keyIds: [keyId], signal: never() };
  const exported = must(
    await openExport(ports, new Map(), { ...order, options: { ...options, groups: ['vip'] } }),
  );
  expect(exported.items).toMatchObject([{ models: 1, barred: BARRED }]);
});

test('limits that are on and empty leave nothing to import', async () => {
  const { ports, keyId } = await limited([]);
  const { planned, models } = await opened(ports, keyId);
  expect(planned).toMatchObject({ kind: 'failed', failure: { code: 'no-models' } });
  expect(models).toMatchObject({ names: [], barred: ['deepseek-chat', 'gpt-4o', 'gpt-4o-mini'] });
});
