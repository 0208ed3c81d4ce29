import { onTestFinished } from 'vitest';
import type { ChannelDraft, ChannelPlanView, OpenedChannelImport } from '../../../src/core/channels/view';
import { fail, ok, type Result } from '../../../src/core/failures/result';
import type { ChannelHistoryItem } from '../../../src/core/history/history';
import { readHistory } from '../../../src/workflows/view/read-history';
import type { HttpRequest } from '../../../src/ports/http';
import { importChannel } from '../../../src/workflows/channel-import/import-channel';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { saveNewApi } from '../../../src/workflows/new-api/keep-new-apis';
import { openChannelImport } from '../../../src/workflows/channel-import/open-channel-import';
import type { Shown } from '../../../src/workflows/channels/change-shown';
import type { Ports } from '../../../src/workflows/ports';
import { fakeKey, startNewApi, type FakeNewApi, type NewApiOptions } from '../../fakes/new-api.ts';
import type { VirtualClock } from '../../fakes/virtual-clock.ts';
import { must, never } from '../scene';
import { clock, newDevice, testPorts, type Device } from '../test-ports';

export const ROOT_TOKEN = 'LabPatAdminFakeKeyFakeKeyFak0001';
export const KEY = `sk-${fakeKey('one', 1)}`;
export const SECOND = `sk-${fakeKey('two', 2)}`;
export const MODELS = ['gpt-4o', 'gpt-4o-mini', 'deepseek-chat'];
/** A relay of somebody else's, behind channels that are there already. */
export const OTHER = 'https://other.example';

export interface ChannelScene {
  /** The New API whose channels are managed. */
  admin: FakeNewApi;
  relay: FakeNewApi;
  ports: Ports;
  device: Device;
  clock: VirtualClock;
  newApiId: string;
  keyId: string;
}

/** A New API with two channels of others, its administrator kept; a relay with a key that is kept. */
export async function channelScene(
  options: NewApiOptions = {},
  changes: Partial<Ports> = {},
): Promise<ChannelScene> {
  const relay = await startNewApi({
    clock,
    models: MODELS,
    keys: [
      { id: 1, name: 'one', key: fakeKey('one', 1) },
      { id: 2, name: 'two', key: fakeKey('two', 2) },
    ],
  });
  const admin = await startNewApi({
    clock,
    users: [{ id: 1, username: 'root', accessToken: ROOT_TOKEN, role: 100 }],
    channels: [
      { name: 'theirs', key: 'sk-their-secret-0001', baseUrl: OTHER, models: 'a,b', tag: 'x' },
      { name: 'off', key: 'sk-their-secret-0002', baseUrl: OTHER, models: 'c', status: 2, priority: 3 },
    ],
    upstreams: { [OTHER]: ['a', 'b', 'c', 'd'], [relay.origin]: MODELS },
    ...options,
  });
  onTestFinished(async () => void (await Promise.all([relay.stop(), admin.stop()])));
  const device = newDevice();
  const ports = testPorts(device, changes);
  const newApiId = must(
    await saveNewApi(ports, { name: 'Mine', siteUrl: admin.origin, accessToken: ROOT_TOKEN, userId: '1' }),
  );
  const keyId = must(await addKey(ports, { relayName: 'My relay', baseUrl: relay.origin, key: KEY }));
  return { admin, relay, ports, device, clock, newApiId, keyId };
}

export const open = async ({ ports, newApiId, keyId }: ChannelScene): Promise<OpenedChannelImport> =>
  must(await openChannelImport(ports, new Map(), newApiId, keyId));

export function planned({ planned: found }: Pick<OpenedChannelImport, 'planned'>): ChannelPlanView {
  if (found.kind !== 'plan') throw new Error(`no plan: ${JSON.stringify(found)}`);
  return found.plan;
}

export const applyImport = (
  { ports, newApiId, keyId }: ChannelScene,
  draft: ChannelDraft,
  planHash: string,
  signal = never(),
): ReturnType<typeof importChannel> => importChannel(ports, { newApiId, keyId, draft, planHash, signal });

/** Opens and applies, as a user does who takes the plan as it comes; answers with the id for the undo. */
export async function importIt(made: ChannelScene): Promise<{ importId: string; channelId: number }> {
  const opened = await open(made);
  const outcome = await applyImport(made, opened.draft, planned(opened).hash);
  if (outcome.kind !== 'written') throw new Error(JSON.stringify(outcome));
  return { importId: outcome.importId, channelId: outcome.channel.id };
}

/** Requests to channels that change something. */
export const writes = (admin: FakeNewApi): string[] =>
  admin.requests
    .filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/channel'))
    .map(({ method, path }) => `${method} ${path}`);

/** Resolves when so many requests below a path have arrived. */
export const arrived = ({ faults }: FakeNewApi, below: string, times: number): Promise<void> =>
  new Promise((resolve) => {
    let left = times;
    faults.onRequest = (_method, path) => {
      if (path.startsWith(below) && --left === 0) resolve();
    };
  });

/** Requests with the access token, by what became of them. */
export const refusals = (admin: FakeNewApi): number =>
  admin.requests.filter(({ status }) => status === 401).length;

/** The server does what it is asked, and its answer to this does not arrive. */
export const deafTo = (ports: Ports, request: (asked: HttpRequest) => boolean): Ports => ({
  ...ports,
  http: {
    async send(asked) {
      const answer = await ports.http.send(asked);
      return request(asked) ? fail({ code: 'timeout', host: 'x', seconds: 10 }) : answer;
    },
  },
});

/** Channels as a page shows them; all that are there, if none are named. */
export const shown = ({ admin }: ChannelScene, ids?: readonly number[]): Shown => ({
  siteUrl: admin.origin,
  channels: admin.channels
    .filter(({ id }) => ids?.includes(id) ?? true)
    .map(({ id, name, baseUrl }) => ({ id, name, baseUrl })),
});

/** What History shows of channels. */
export async function readChannelHistory(ports: Ports): Promise<Result<ChannelHistoryItem[]>> {
  const history = await readHistory(ports);
  if (!history.ok) return history;
  return ok(
    history.value.flatMap((item) =>
      item.about === 'channels' ? item.channels : item.about === 'channel' ? [item] : [],
    ),
  );
}
