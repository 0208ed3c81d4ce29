import { expect, onTestFinished, test } from 'vitest';
import { BATCH_DEFAULTS } from '../../src/core/batch/batch';
import type { ExportOptions } from '../../src/core/channels/view';
import { createHandlers } from '../../src/worker/handlers';
import type { Handlers } from '../../src/contract/router';
import { startCliproxyapi } from '../fakes/cliproxyapi.ts';
import { startNewApi } from '../fakes/new-api.ts';
import { channelScene, planned, ROOT_TOKEN, writes as channelWrites } from '../workflows/channels/scene';
import { entryOf, must, planOf, scene, writes } from '../workflows/scene';

/** What a dialog shows of its plan, and the order to carry that plan out. */
interface Shown {
  hash: string;
  apply(): Promise<unknown>;
}
type Show = (handlers: Handlers, keyId: string) => Promise<Shown>;

const options: ExportOptions = { groups: ['default'], priority: 0, weight: 0, tag: '', existing: 'make-new' };

test.each<[string, Show]>([
  [
    'an import',
    async (handlers, keyId) => {
      const open = must(await handlers['import.open']({ keyId }));
      const { hash: planHash } = planOf(open);
      const apply = () => handlers['import.apply']({ keyId, draft: open.draft, planHash });
      return { hash: planHash, apply };
    },
  ],
  [
    'a batch',
    async (handlers, keyId) => {
      const { hash } = must(await handlers['batch.open']({ batchId: 'b', keyIds: [keyId] }));
      const apply = () => handlers['batch.apply']({ batchId: 'b', options: BATCH_DEFAULTS, hash });
      return { hash, apply };
    },
  ],
  [
    'an edit',
    async (handlers, keyId) => {
      const [entry] = must(await handlers['entries.list']({}));
      if (!entry) throw new Error('no entry');
      const ref = { list: entry.list, id: entry.id, index: entry.index, keyIndex: 0 };
      const edit = { paused: true };
      const plan = must(await handlers['entry.plan']({ ref, edit }));
      if (plan.kind !== 'plan') throw new Error(plan.kind);
      const { hash } = plan;
      return { hash, apply: () => handlers['entry.apply']({ ref, edit, hash, keyId }) };
    },
  ],
])('%s that was agreed to for one CLIProxyAPI is not carried out at another', async (_what, show) => {
  const providers = [entryOf('https://other.example')];
  const made = await scene({ proxy: { providers } });
  const { managementKey } = made.proxy;
  const other = await startCliproxyapi({ providers, clock: made.clock, managementKey });
  onTestFinished(() => other.stop());
  const { handlers } = createHandlers(made.ports);
  const first = await show(handlers, made.keyId);
  must(await handlers['connection.save']({ address: other.origin, managementKey, remember: 'device' }));
  await first.apply();
  expect([...writes(made.proxy), ...writes(other)]).toEqual([]);
  const second = await show(handlers, made.keyId);
  expect(second.hash).not.toBe(first.hash);
  await second.apply();
  expect(writes(other)).not.toEqual([]);
  expect(writes(made.proxy)).toEqual([]);
});

test.each<[string, (handlers: Handlers, keyId: string, newApiId: string) => Promise<Shown>]>([
  [
    'an import',
    async (handlers, keyId, newApiId) => {
      const open = must(await handlers['channel-import.open']({ newApiId, keyId }));
      const { hash: planHash } = planned(open);
      const order = { workId: 'w', newApiId, keyId, draft: open.draft, planHash };
      return { hash: planHash, apply: () => handlers['channel-import.apply'](order) };
    },
  ],
  [
    'an export',
    async (handlers, keyId, newApiId) => {
      const order = { exportId: 'e', newApiId, keyIds: [keyId], options };
      const { hash } = must(await handlers['channel-export.open'](order));
      return { hash, apply: () => handlers['channel-export.apply']({ exportId: 'e', options, hash }) };
    },
  ],
])('%s that was agreed to for one New API is not carried out at another', async (_what, show) => {
  const made = await channelScene({ channels: [] });
  const other = await startNewApi({
    clock: made.clock,
    users: [{ id: 1, username: 'root', accessToken: ROOT_TOKEN, role: 100 }],
    channels: [],
  });
  onTestFinished(() => other.stop());
  const { handlers } = createHandlers(made.ports);
  const { newApiId: id, keyId } = made;
  const first = await show(handlers, keyId, id);
  const moved = { id, name: 'Mine', siteUrl: other.origin, accessToken: ROOT_TOKEN, userId: '1' };
  must(await handlers['new-api.save'](moved));
  await first.apply();
  expect([...channelWrites(made.admin), ...channelWrites(other)]).toEqual([]);
  const second = await show(handlers, keyId, id);
  expect(second.hash).not.toBe(first.hash);
  await second.apply();
  expect(channelWrites(other)).not.toEqual([]);
});
