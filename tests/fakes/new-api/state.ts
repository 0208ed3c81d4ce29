import { newChannel } from './channels/data';
import { DEFAULT_ACCESS_TOKEN } from './keys/fake-secrets';
import { RateLimiter } from './site/rate-limits';
import type { Session } from './site/sessions';
import type {
  ChannelInput,
  Faults,
  KeyInput,
  NewApiOptions,
  RelayChannel,
  RelayGroup,
  RelayKey,
  RelayUser,
  SeenRequest,
  UserInput,
} from './types';

const DEFAULT_VERSION = 'v1.0.0-lab.20260728';

const DEFAULT_MODELS = [
  'gpt-4o-mini',
  'gpt-4o',
  'claude-3-5-haiku-20241022',
  'deepseek-chat',
  'lab-unpriced-1',
];

const DEFAULT_GROUPS: Record<string, RelayGroup> = {
  default: { description: '默认分组', selectable: true },
  vip: { description: 'vip分组', selectable: true },
  svip: { description: 'svip分组', selectable: false },
};

export interface RelayState {
  users: RelayUser[];
  keys: RelayKey[];
  lastKeyId: number;
  models: string[];
  groupModels: Record<string, string[]>;
  groups: Record<string, RelayGroup>;
  channels: RelayChannel[];
  lastChannelId: number;
  upstreams: Record<string, string[] | number>;
  sessions: Session[];
  faults: Faults;
  limiter: RateLimiter | undefined;
  requests: SeenRequest[];
  /** How many access tokens were made so far; the starting ones count as one. */
  accessTokens: number;
  systemName: string;
  version: string;
  setUp: boolean;
  startTime: number;
  now: () => number;
}

export const seconds = (state: Pick<RelayState, 'now'>): number => Math.floor(state.now() / 1000);

export const noFaults = (): Faults => ({
  status: {},
  html: false,
  hang: false,
  delayMs: 0,
  malformedJson: false,
  emptyModels: false,
  modelsStatus: undefined,
  redirectTo: undefined,
  chatStatus: {},
  overload: undefined,
  onRequest: undefined,
});

const shownName = (user: UserInput): string =>
  user.role === 100 ? 'Root User' : user.username.slice(0, 1).toUpperCase() + user.username.slice(1);

const newUser = (input: UserInput): RelayUser => ({
  displayName: shownName(input),
  role: 1,
  sensitiveWrite: false,
  quota: 5_000_000,
  group: 'default',
  status: 1,
  usedQuota: 0,
  requestCount: 0,
  ...input,
  password: input.password,
});

export function newKey(input: KeyInput & { userId: number; id: number }, now: number): RelayKey {
  const { modelLimits, ...rest } = input;
  return {
    status: 1,
    createdTime: now,
    accessedTime: now,
    expiredTime: -1,
    remainQuota: 0,
    usedQuota: 0,
    unlimitedQuota: rest.remainQuota === undefined,
    modelLimitsEnabled: modelLimits !== undefined,
    modelLimits: (modelLimits ?? []).join(','),
    allowIps: '',
    group: '',
    crossGroupRetry: false,
    ...rest,
  };
}

const highestId = (keys: RelayKey[]): number => Math.max(0, ...keys.map((key) => key.id));

/** Ids of deleted keys do not come back. */
export function nextKeyId(state: RelayState): number {
  state.lastKeyId = Math.max(state.lastKeyId, highestId(state.keys)) + 1;
  return state.lastKeyId;
}

function startKeys(inputs: KeyInput[], userId: number, now: number): RelayKey[] {
  const keys: RelayKey[] = [];
  for (const input of inputs)
    keys.push(newKey({ userId, ...input, id: input.id ?? highestId(keys) + 1 }, now));
  return keys;
}

const startChannels = (inputs: readonly ChannelInput[], now: number): RelayChannel[] =>
  inputs.map((input, index) => newChannel(input, input.id ?? index + 1, now));

export function newState(options: NewApiOptions): RelayState {
  const now = options.now ?? options.clock?.now ?? Date.now;
  const users = (options.users ?? [{ id: 2, username: 'alice', accessToken: DEFAULT_ACCESS_TOKEN }]).map(
    newUser,
  );
  const startTime = seconds({ now });
  const limits = options.rateLimits ?? false;
  const keys = startKeys(options.keys ?? [], users[0]?.id ?? 1, startTime);
  return {
    users,
    keys,
    lastKeyId: highestId(keys),
    models: options.models ?? DEFAULT_MODELS,
    groupModels: { ...options.groupModels },
    groups: options.groups ?? DEFAULT_GROUPS,
    channels: startChannels(options.channels ?? [], startTime),
    lastChannelId: 0,
    upstreams: { ...options.upstreams },
    sessions: [],
    faults: noFaults(),
    limiter: limits === false ? undefined : new RateLimiter(limits === true ? {} : limits, now),
    requests: [],
    accessTokens: 1,
    systemName: options.systemName ?? 'New API',
    version: options.version ?? DEFAULT_VERSION,
    setUp: options.setUp ?? true,
    startTime,
    now,
  };
}

export const selectableGroups = (state: RelayState): string[] =>
  Object.keys(state.groups).filter((name) => state.groups[name]?.selectable === true);

/** The server keeps its models by name, whatever the order they came in. */
export const modelsOfGroup = (state: RelayState, group: string): string[] =>
  state.groups[group] === undefined ? [] : [...(state.groupModels[group] ?? state.models)].sort();
