import { readFileSync } from 'node:fs';
import { onTestFinished, describe, expect, test } from 'vitest';
import type { Clock } from '../../../src/ports/outside';
import { listChannels } from '../../../src/workflows/channels/list-channels';
import { undoChannel } from '../../../src/workflows/channels/undo-channel';
import { recover } from '../../../src/workflows/undo/recover';
import { undoImport } from '../../../src/workflows/undo/undo-import';
import { readHistory } from '../../../src/workflows/view/read-history';
import { startCliproxyapi, type JsonObject } from '../../fakes/cliproxyapi.ts';
import { startNewApi, type FakeNewApi } from '../../fakes/new-api.ts';
import { must, never } from '../scene';
import { clock, newDevice, testPorts } from '../test-ports';

interface Servers {
  lists: Record<string, JsonObject[]>;
  channels: FakeNewApi['channels'];
  managementKey: string;
}

const frozen = (name: string): string => readFileSync(`tests/fixtures/storage/${name}-v1-full.json`, 'utf8');

/** When the documents were frozen: records are dropped a week later. */
const FROZEN_AT = 1795934070000;

/** What version 1 stored, and its servers as they were then. */
async function sceneOfV1() {
  const relays = [await startNewApi({}), await startNewApi({})];
  const { managementKey } = JSON.parse(frozen('servers')) as Servers;
  const proxy = await startCliproxyapi({ managementKey, clock, reloadDelayMs: 2 });
  const admin = await startNewApi({
    users: [{ id: 1, username: 'root', accessToken: 'LabPatAdminFakeKeyFakeKeyFak0001', role: 100 }],
    channels: [],
  });
  onTestFinished(async () => void (await Promise.all([...relays, proxy, admin].map((one) => one.stop()))));
  const here = (text: string): string =>
    [proxy, ...relays, admin].reduce(
      (all, { origin }, at) => all.replaceAll(`127.0.0.1:100${at + 1}`, origin.slice('http://'.length)),
      text,
    );
  const { lists, channels } = JSON.parse(here(frozen('servers'))) as Servers;
  for (const [name, entries] of Object.entries(lists))
    await proxy.setLists(name as Parameters<typeof proxy.setLists>[0], entries);
  admin.channels.push(...channels);
  const device = newDevice();
  device.local.set('keyferry', here(frozen('kept')));
  device.local.set('journal', here(frozen('journal')));
  device.session.set('keyferry', here(frozen('passing')));
  const start = clock.now();
  const past: Clock = { ...clock, now: () => FROZEN_AT + clock.now() - start };
  const ports = testPorts(device, { clock: past });
  const history = async () => must(await readHistory(ports));
  return { proxy, admin, ports, device, history };
}

describe('what version 1 wrote', () => {
  test('is shown, a batch of two lists as one line', async () => {
    const { history } = await sceneOfV1();
    expect(await history()).toHaveLength(10);
  });

  test('can be undone: an import and a batch of two lists, newest first', async () => {
    const { proxy, ports, history } = await sceneOfV1();
    expect(await recover(ports)).toMatchObject([{ importId: expect.stringMatching(/^id-/) as string }]);
    const [third] = await history();
    expect(third).toMatchObject({ about: 'provider', keyName: 'three', phase: 'done' });
    const [other] = proxy.lists['openai-compatibility'];
    expect(await undoImport(ports, third!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(await undoImport(ports, 'batch-1', undefined, never())).toEqual({ kind: 'undone' });
    expect(proxy.lists['claude-api-key']).toEqual([]);
    expect(proxy.lists['openai-compatibility']).toMatchObject([
      other,
      { name: 'My relay', 'api-key-entries': [{}] },
    ]);
    const first = (await history()).find(
      ({ keyName, about }) => keyName === 'My relay' && about === 'provider',
    );
    expect(await undoImport(ports, first!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(proxy.lists['openai-compatibility']).toEqual([other]);
  });

  test('can be undone: an entry that was taken out comes back to its place', async () => {
    const { proxy, ports, history } = await sceneOfV1();
    const removal = (await history()).find(({ keyName, action }) => keyName === 'off' && action === 'edit');
    expect(await undoImport(ports, removal!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(proxy.lists['openai-compatibility'].map(({ name }) => name)).toEqual([
      'Other one',
      'off',
      'My relay',
    ]);
  });

  test('can be undone: a channel that was made, and one that was edited', async () => {
    const { admin, ports, history } = await sceneOfV1();
    const [made] = (await history()).filter(({ action, phase }) => action === 'create' && phase === 'done');
    const edited = (await history()).find(({ about, action }) => about === 'channel' && action === 'edit');
    expect(await undoChannel(ports, made!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(await undoChannel(ports, edited!.id, undefined, never())).toEqual({ kind: 'undone' });
    expect(admin.channels.map(({ id }) => id)).toEqual([1, 2, 5]);
    expect(admin.channels[0]).toMatchObject({ priority: 0, models: 'a,b' });
    expect(must(await ports.saved.read()).channelLinks).toEqual([]);
  });

  test('and was cut off is found out: a channel that was being made', async () => {
    const { ports, history } = await sceneOfV1();
    const late: Clock = { ...ports.clock, now: () => FROZEN_AT + 10 * 60_000 };
    const { newApis } = must(await ports.saved.read());
    must(await listChannels({ ...ports, clock: late }, newApis[0]!.id));
    expect((await history()).filter(({ action }) => action === 'create')).toMatchObject([
      { keyName: 'Mine', phase: 'done', channelId: 5, undoable: true },
      { phase: 'done', channelId: 4 },
    ]);
  });
});
