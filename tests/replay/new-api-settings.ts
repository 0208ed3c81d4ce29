import { expect } from 'vitest';
import {
  fakeKey,
  type ChannelInput,
  type FakeNewApi,
  type KeyInput,
  type NewApiOptions,
  type RelayUser,
} from '../fakes/new-api.ts';
import type { Answer, GivenKey, Scenario, Values } from './relay-replay';

/** The states in which the recorded scenarios started, and what happened to them on the way. */

const ROOT = 1;
const ALICE = 2;
const HOUR = 3600;
export const PASSWORD = 'made-up-password';
const MODELS = ['gpt-4o-mini', 'gpt-4o', 'claude-3-5-haiku-20241022', 'deepseek-chat', 'lab-unpriced-1'];

export const UPSTREAM = 'http://127.0.0.1:9101';
const FIRST_CHANNEL = {
  name: 'lab upstream',
  baseUrl: UPSTREAM,
  models: MODELS.join(','),
  group: 'default,vip',
  modelMapping: '',
};

/** Three of one tag, each in another state, and one with two keys. */
const TAGGED: ChannelInput[] = [
  FIRST_CHANNEL,
  {
    ...FIRST_CHANNEL,
    name: 'mine',
    tag: 'lab:1',
    remark: 'kept',
    priority: 5,
    weight: 2,
    columns: {
      param_override: '{"temperature":1}',
      header_override: '{"X-Lab":"1"}',
      test_model: 'gpt-4o',
      auto_ban: 0,
    },
  },
  { ...FIRST_CHANNEL, name: 'off by hand', tag: 'lab:1', status: 2 },
  { ...FIRST_CHANNEL, name: 'off by the site', tag: 'lab:1', status: 3 },
  { ...FIRST_CHANNEL, name: 'many', key: 'sk-LabUpstreamKey0005\nsk-LabUpstreamKey0006', multi: 'polling' },
];

export interface Replay {
  relay: FakeNewApi;
  values: Values;
  recordedKeys: GivenKey[];
  /** One more request, with the credentials of a recorded one. */
  ask(method: string, path: string, authorization: string, body?: unknown): Promise<Answer>;
}

type Before = (replay: Replay) => unknown;

/** What a scenario had besides its `given`, and what happened on the real server between two recorded steps. */
interface Setting {
  options?: (given: NewApiOptions) => NewApiOptions;
  before?: Record<number, Before>;
}

const alice = ({ relay }: Replay): RelayUser => {
  const found = relay.users.find(({ id }) => id === ALICE);
  if (found === undefined) throw new Error('no such user');
  return found;
};

const ban: Before = (replay) => (alice(replay).status = 2);
const asAlice = 'Bearer LabPatPlainFakeKeyFakeKeyFak0002';
const asRoot = 'Bearer LabPatAdminFakeKeyFakeKeyFak0001';
const oneKey = { id: 1, name: 'one', key: fakeKey('one', 1), userId: ROOT };

async function repeat(times: number, ask: () => Promise<Answer>): Promise<void> {
  for (let done = 0; done < times; done += 1) expect((await ask()).status).toBe(200);
}

/** Requests of this scenario that counted for the limit of the whole /api; one came from another address. */
const countedSoFar = ({ relay }: Replay): number =>
  relay.requests.filter(({ path }) => path.startsWith('/api/')).length - 1;

const creationOf = (key: GivenKey): Record<string, unknown> => ({
  name: key.name,
  unlimited_quota: key.unlimited ?? true,
  remain_quota: key.quota ?? 0,
  expired_time: -1,
  model_limits_enabled: key.models !== undefined,
  model_limits: (key.models ?? []).join(','),
});

const keyOf = (key: GivenKey): KeyInput => ({
  id: key.id,
  name: key.name,
  key: key.key,
  userId: key.who === 'alice' ? ALICE : ROOT,
  status: key.disabled === true ? 2 : 1,
  expiredTime: key.expired === true ? Math.floor(Date.now() / 1000) - HOUR : -1,
  remainQuota: key.quota ?? 0,
  unlimitedQuota: key.exhausted === true ? false : (key.unlimited ?? true),
  group: key.group ?? '',
  allowIps: key.allowIps ?? '',
  ...(key.models === undefined ? {} : { modelLimits: key.models }),
});

export function startingState(given: Scenario['given']): NewApiOptions {
  const { admin, plain, lesser, keys = [] } = given;
  const root = { role: 100, quota: 100_000_000, password: PASSWORD };
  return {
    users: [
      ...(admin ? [{ id: ROOT, username: admin.username, accessToken: admin.credential, ...root }] : []),
      ...(plain ? [{ id: ALICE, username: plain.username, accessToken: plain.credential }] : []),
      // An admin who may not write what is sensitive.
      ...(lesser
        ? [{ id: lesser.userId, username: lesser.username, accessToken: lesser.credential, role: 10 }]
        : []),
    ],
    keys: keys.map(keyOf),
    models: MODELS,
    channels: [FIRST_CHANNEL],
    upstreams: { [UPSTREAM]: MODELS },
    version: 'v1.0.0-lab.20260728',
  };
}

export const SETTINGS: Record<string, Setting> = {
  'status-not-set-up': { options: (given) => ({ ...given, setUp: false }) },
  auth: { before: { 18: ban } },
  'auth-session': {
    before: {
      // Recorded without saying which cookie it was: one that belongs to no session.
      5: ({ values }) => (values.cookie = '00000000-0000-4000-8000-000000000000.unknown'),
      7: ({ ask, values }) => ask('GET', '/api/user/token', `Bearer ${values.jwt ?? ''}`),
    },
  },
  'keys-list': {
    options: (given) => ({ ...given, keys: [] }),
    before: {
      1: async ({ ask, recordedKeys }) => {
        for (const key of recordedKeys) await ask('POST', '/api/token/', asAlice, creationOf(key));
      },
    },
  },
  'keys-create-edit-delete': { before: { 11: ({ ask }) => ask('POST', '/api/token/', asAlice, {}) } },
  'rate-limits': {
    options: (given) => ({ ...given, rateLimits: true, keys: [oneKey] }),
    before: {
      0: async ({ ask }) => {
        await ask('POST', '/api/user/login', '', { username: 'root', password: PASSWORD });
        await ask('POST', '/api/token/1/key', asRoot);
      },
      1: ({ ask }) => repeat(17, () => ask('POST', '/api/token/1/key', asRoot)),
      8: ({ ask }) => repeat(9, () => ask('GET', '/api/token/search?keyword=one', asRoot)),
      9: (replay) => repeat(360 - countedSoFar(replay), () => replay.ask('GET', '/api/status', '')),
    },
  },
  'models-by-key': {
    options: (given) => ({ ...given, groupModels: { vip: [...MODELS, 'vip-model-1'] } }),
  },
  'key-refusals': {
    before: {
      11: ({ ask }) => ask('DELETE', '/api/token/6', asRoot),
      17: ({ ask }) =>
        ask('POST', '/api/token/', asRoot, { name: 'lost-group', unlimited_quota: true, group: 'nope' }),
      19: (replay) => (alice(replay).quota = 0),
      21: ban,
    },
  },
  chat: {
    options: (given) => ({ ...given, models: [...MODELS, 'fail-401', 'fail-429', 'fail-500', 'html'] }),
  },
  'usage-by-key': {
    before: {
      1: ({ ask }) =>
        ask('POST', '/v1/chat/completions', `Bearer sk-${fakeKey('limited', 2)}`, {
          model: 'gpt-4o',
          messages: [{ role: 'user', content: 'hi' }],
        }),
    },
  },
  'channels-edit-delete': {
    options: (given) => ({
      ...given,
      channels: [FIRST_CHANNEL, { ...FIRST_CHANNEL, name: 'mine', tag: 'lab:1' }],
    }),
  },
  'channels-copy-and-tags': { options: (given) => ({ ...given, channels: TAGGED }) },
  overload: { before: { 0: ({ relay }) => (relay.faults.overload = { current: 97.3, threshold: 1 }) } },
};

/** Steps whose headers were not recorded, as they were made by other means than the rest. All steps are replayed. */
export const WITHOUT_HEADERS: Record<string, number[]> = {
  'auth-session': [9],
};
