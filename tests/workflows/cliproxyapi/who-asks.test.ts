import { expect, onTestFinished, test } from 'vitest';
import type { ExportOptions } from '../../../src/core/channels/view';
import { createHandlers } from '../../../src/worker/handlers';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { saveNewApi } from '../../../src/workflows/new-api/keep-new-apis';
import { syncModels } from '../../../src/workflows/sync/sync-models';
import { startNewApi, type FakeNewApi } from '../../fakes/new-api.ts';
import { ROOT_TOKEN } from '../channels/scene';
import { deny, must, never, RELAY_KEY, scene, type Scene } from '../scene';

type Handlers = ReturnType<typeof createHandlers>['handlers'];

interface Shut {
  made: Scene;
  admin: FakeNewApi;
  handlers: Handlers;
  newApiId: string;
  /** A key at `relay`, which is the relay's other name that the browser may not reach. */
  keyId: string;
  relay: string;
}

const far = (origin: string): string => origin.replace('127.0.0.1', 'localhost');

/** CLIProxyAPI and a New API are set up; the browser may not reach the key's relay. */
async function shut(): Promise<Shut> {
  const made = await scene();
  const admin = await startNewApi({
    clock: made.clock,
    users: [{ id: 1, username: 'root', accessToken: ROOT_TOKEN, role: 100 }],
    channels: [{ name: 'far', key: RELAY_KEY, baseUrl: far(made.relay.origin), models: 'a' }],
  });
  onTestFinished(() => admin.stop());
  const { handlers } = createHandlers(made.ports);
  const newApiId = must(
    await saveNewApi(made.ports, {
      name: 'Mine',
      siteUrl: admin.origin,
      accessToken: ROOT_TOKEN,
      userId: '1',
    }),
  );
  const relay = far(made.relay.origin);
  const keyId = must(await addKey(made.ports, { relayName: 'far', baseUrl: relay, key: RELAY_KEY }));
  deny(made.device, relay);
  made.proxy.requests.length = 0;
  return { made, admin, handlers, newApiId, keyId, relay };
}

/** Requests by way of CLIProxyAPI. */
const byProxy = ({ made }: Shut): number =>
  made.proxy.requests.filter(({ path }) => path === '/v0/management/api-call').length;

const options: ExportOptions = { groups: [], priority: 0, weight: 0, tag: '', existing: 'pass-over' };
const refused = { kind: 'refused', failure: { code: 'relay-permission' } };

const ELSEWHERE: [string, (world: Shut) => Promise<unknown>, object][] = [
  [
    'a form that hands a key over, and the preview of alias rules',
    ({ handlers, keyId }) => handlers['key.models']({ keyId }),
    { ok: false, failure: { code: 'relay-permission' } },
  ],
  [
    'the import as a channel',
    ({ handlers, keyId, newApiId }) => handlers['channel-import.open']({ newApiId, keyId }),
    { value: { models: refused } },
  ],
  [
    'the export of many keys',
    ({ handlers, keyId, newApiId }) =>
      handlers['channel-export.open']({
        exportId: 'e',
        newApiId,
        keyIds: [keyId],
        options,
      }),
    { value: { items: [{ kind: 'failed', failure: { code: 'relay-permission' } }] } },
  ],
  [
    'a sync of a server that has no call for it',
    async ({ made, admin, keyId, newApiId }) => {
      admin.faults.status['/api/channel/fetch_models'] = 404;
      const { id: channelId } = admin.channels[0]!;
      await made.ports.saved.change(({ channelLinks }) => {
        channelLinks.push({ newApiId, channelId, keyId, made: true });
      });
      return syncModels(made.ports, {
        runId: 'r',
        newApiId,
        channelIds: [channelId],
        by: 'schedule',
        signal: never(),
      });
    },
    { value: { channels: [{ failure: { code: 'relay-permission' } }] } },
  ],
  [
    'a base URL at another server, typed into the import into CLIProxyAPI',
    async ({ made, handlers, relay }) =>
      handlers['import.models']({ keyId: made.keyId, baseUrl: `${relay}/v1` }),
    { ok: false, failure: { code: 'relay-permission' } },
  ],
];

test.each(ELSEWHERE)(
  'a relay that the browser may not reach is not asked by CLIProxyAPI for %s',
  async (_what, ask, answer) => {
    const world = await shut();
    expect(await ask(world)).toMatchObject(answer);
    expect(byProxy(world)).toBe(0);
    expect(world.made.relay.requests).toEqual([]);
  },
);

test.each<[string, (world: Shut) => Promise<unknown>]>([
  ['opened', ({ handlers, keyId }) => handlers['import.open']({ keyId })],
  [
    'asked again at another path of the same server',
    ({ handlers, keyId, relay }) => handlers['import.models']({ keyId, baseUrl: `${relay}/v1/` }),
  ],
  ['opened with others', ({ handlers, keyId }) => handlers['batch.open']({ batchId: 'b', keyIds: [keyId] })],
])('it is for an import into CLIProxyAPI that is %s', async (_what, ask) => {
  const world = await shut();
  expect(await ask(world)).toMatchObject({ ok: true });
  expect(byProxy(world)).toBe(1);
});
