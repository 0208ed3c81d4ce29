import { apiFormatOf } from '../../src/core/accounts/api-format';
import type { BatchView } from '../../src/core/batch/batch';
import { amountsOf, sumPlans } from '../../src/core/import/plan-sum';
import type { Card, Notice, Running } from '../../src/core/cliproxyapi/card';
import type { Channel } from '../../src/core/channels/channel';
import type { Candidate } from '../../src/core/channels/plan';
import type { ChannelPlanView, OpenedChannelImport, PlannedChannel } from '../../src/core/channels/view';
import type { CheckReport } from '../../src/core/connection/check-report';
import type { Failure } from '../../src/core/failures/failure';
import type { ImportDraft } from '../../src/core/import/draft';
import type { OpenedImport } from '../../src/core/import/opened';
import type {
  BatchHistoryItem,
  ChannelHistoryItem,
  ProviderHistoryItem,
} from '../../src/core/history/history';
import type { Settings } from '../../src/core/view/settings';
import type { PlanView, Planned } from '../../src/core/import/planned';
import type { AccountView, ConnectionView, KeyView, NewApiShort, View } from '../../src/core/view/view';

/** What the worker could say, in one place. Hosts have a digit, so that none looks like a name of a text. */

export const keyView = (more: Partial<KeyView> = {}): KeyView => ({
  id: 'k1',
  name: 'Work key',
  note: '',
  listedName: 'Work key',
  relayName: 'Hoshi Relay',
  address: 'https://r1.example',
  host: 'r1.example',
  mask: 'sk-Labk…0001',
  group: 'default',
  accountId: null,
  amount: { kind: 'none' },
  status: 'enabled',
  relay: null,
  // What the worker would say of such a key.
  speaks: apiFormatOf({ relay: null, group: 'default', ...more, models: more.limits ?? null }).list,
  limits: null,
  expiresAt: null,
  running: null,
  card: null,
  presence: 'absent',
  pattern: '*://r1.example/*',
  granted: true,
  ...more,
});

export const connectionView = (more: Partial<ConnectionView> = {}): ConnectionView => ({
  id: 'first',
  name: '',
  colour: 'blue',
  place: 0,
  address: 'http://localhost:8317/v0/management',
  root: 'http://localhost:8317',
  host: 'localhost:8317',
  pattern: 'http://localhost/*',
  transport: 'loopback',
  remember: 'device',
  hasKey: true,
  granted: true,
  halted: null,
  version: '7.2.140',
  checkedAt: Date.now(),
  trouble: null,
  checkingAt: null,
  ...more,
});

export const accountView = (more: Partial<AccountView> = {}): AccountView => ({
  id: 'a1',
  name: 'Hoshi',
  siteUrl: 'https://r1.example',
  family: 'new-api',
  host: 'r1.example',
  pattern: '*://r1.example/*',
  userId: '7',
  granted: true,
  balance: { value: 18.4, symbol: '$' },
  used: null,
  keys: 2,
  refreshedAt: null,
  failure: null,
  reveals: null,
  more: false,
  ...more,
});

export const settings = (more: Partial<Settings> = {}): Settings => ({
  language: 'en',
  theme: 'light',
  skipWhenOnlyAdds: false,
  rules: [],
  ruleSets: [],
  relayRules: {},
  keysAs: 'cards',
  told: [],
  sites: {},
  ...more,
});

export const view = (more: Partial<View> = {}): View => ({
  settings: settings(),
  connection: connectionView(),
  accounts: [],
  keys: [keyView()],
  newApis: [],
  notices: [],
  intent: null,
  intentGranted: false,
  lock: false,
  ...more,
});

export const running = (more: Partial<Running> = {}): Running => ({
  importId: 'i1',
  stage: 'reading',
  served: 0,
  total: 0,
  ...more,
});

export const batchView = (more: Partial<BatchView> = {}): BatchView => ({
  providers: [
    {
      kind: 'create',
      list: 'openai-compatibility',
      name: 'Hoshi',
      baseUrl: 'https://r1.example/v1',
      keys: [
        { keyId: 'k1', name: 'A', mask: 'sk-Laba…0001', isNew: true },
        { keyId: 'k2', name: 'B', mask: 'sk-Labb…0002', isNew: true },
      ],
      models: 4,
      differs: false,
      disabled: false,
    },
  ],
  skipped: [],
  pooled: { names: 0, others: [] },
  leftOut: 0,
  dropped: 0,
  beyond: { models: 0, names: [] },
  barred: [],
  sum: {
    ...sumPlans([]),
    adds: amountsOf({ providers: 1, keys: 2, models: 4 }),
    stays: amountsOf({ providers: 3, keys: 5 }),
  },
  keys: 2,
  unchanged: false,
  hash: 'h1',
  ...more,
});

type Proved = Card & { kind: 'proved' };
export const proved = (more: Partial<Proved> = {}): Proved => ({
  kind: 'proved',
  importId: 'i1',
  list: 'openai-compatibility',
  root: 'http://localhost:8317',
  providerName: 'Hoshi Relay',
  served: 4,
  total: 4,
  basis: 'registry',
  missing: [],
  at: 0,
  ...more,
});

type Missing = Proved['missing'][number];
export const missing = (reason: Missing['reason'], by?: string): Missing => ({
  name: 'gpt-4o',
  alias: 'gpt-4o',
  reason,
  ...(by !== undefined && { by }),
});

export const notice = (outcome: Notice['outcome'], id = 'n1'): Notice => ({
  id,
  at: 0,
  keyId: 'k1',
  keyName: 'Work key',
  outcome,
});

export const chosen = (...names: string[]): ImportDraft['models'] =>
  names.map((name) => ({ name, alias: name, typed: false }));

export const draftOf = (more: Partial<ImportDraft> = {}): ImportDraft => ({
  models: chosen('gpt-4o', 'claude-sonnet-4'),
  baseUrl: 'https://r1.example/v1',
  list: 'openai-compatibility',
  baseUrlTyped: false,
  providerName: 'Hoshi Relay',
  target: { kind: 'auto' },
  options: {},
  enable: false,
  correctBaseUrl: false,
  nameModels: false,
  tryChat: false,
  ...more,
});

/** `models`: so many are added. */
export const planView = (more: Partial<PlanView> = {}): PlanView => ({
  kind: 'create',
  providerName: 'Hoshi Relay',
  changes: [
    { sign: '+', kind: 'provider', name: 'Hoshi Relay', baseUrl: 'https://r1.example/v1', chosen: false },
    { sign: '+', kind: 'key', mask: 'sk-Labk…0001' },
    ...addedModels(more.models),
    { sign: '=', kind: 'rest', providers: 3, keys: 5 },
  ],
  notices: [],
  models: 2,
  names: [{ alias: 'gpt-4o', asked: 'gpt-4o' }],
  onlyAdds: true,
  hash: 'hash-1',
  ...more,
});

function addedModels(count = 2): PlanView['changes'] {
  const names = ['gpt-4o', 'claude-sonnet-4', ...Array.from({ length: count }, (_, n) => `model-${n}`)];
  const models = names.slice(0, count).map((name) => ({ name, alias: name }));
  return count > 0 ? [{ sign: '+', kind: 'models', models }] : [];
}

export const planned = (more: Partial<PlanView> = {}): Planned => ({ kind: 'plan', plan: planView(more) });

export const openedImport = (more: Partial<OpenedImport> = {}): OpenedImport => ({
  keyId: 'k1',
  keyName: 'Work key',
  relayName: 'Hoshi Relay',
  mask: 'sk-Labk…0001',
  proxyHost: 'localhost:8317',
  draft: draftOf(),
  reason: 'any-models',
  models: { kind: 'listed', names: ['gpt-4o', 'claude-sonnet-4'], via: 'browser' },
  planned: planned(),
  ...more,
});

export const report = (more: Partial<CheckReport> = {}): CheckReport => ({
  at: 0,
  tookMs: 4.4,
  passed: ['reachable', 'product', 'access', 'key', 'content'],
  failure: null,
  found: {
    version: '7.2.140',
    providers: 1,
    keys: 2,
    models: 1204,
    empty: [],
    exampleKeys: false,
    byCredential: true,
    withoutV0: false,
    layout: null,
    file: [],
    readOnly: null,
  },
  ...more,
});

export const historyItem = (more: Partial<ProviderHistoryItem> = {}): ProviderHistoryItem => ({
  about: 'provider',
  id: 'i1',
  at: Date.now(),
  action: 'import',
  phase: 'done',
  keyId: 'k1',
  keyName: 'Work key',
  mask: 'sk-Labk…0001',
  batch: null,
  keys: [{ name: 'Work key', mask: 'sk-Labk…0001' }],
  relayName: 'Hoshi Relay',
  proxyHost: 'localhost:8317',
  providerName: 'Hoshi Relay',
  changes: [],
  served: 4,
  total: 4,
  tookMs: 3200,
  undoneAt: null,
  ...more,
});

export const batchItem = (more: Partial<BatchHistoryItem> = {}): BatchHistoryItem => ({
  about: 'batch',
  id: 'b1',
  at: Date.now(),
  action: 'import',
  phase: 'done',
  keyId: null,
  keyName: '',
  mask: '',
  undoneAt: null,
  places: ['localhost:8317'],
  each: 2,
  count: 2,
  written: 2,
  undone: 0,
  missing: 0,
  providers: [historyItem({ id: 'r1' }), historyItem({ id: 'r2', providerName: 'Kumo' })],
  undoable: true,
  served: 8,
  total: 8,
  tookMs: 3200,
  ...more,
});

/** Parameters that fit every code of a failure, so that each can be said. */
export const failureOf = (code: Failure['code']): Failure =>
  ({
    code,
    host: 'h1.example',
    seconds: 10,
    triesLeft: 3,
    until: Date.now() + 60_000,
    status: 418,
    text: 'no rights',
    version: '6.5.9',
    floor: '6.6.0',
    list: 'codex-api-key',
    field: 'weight',
    family: 'codex',
    place: '2: keys',
    since: '7.2.73',
    count: 2,
    chosen: 8_000,
    most: 5_000,
    name: 'Other Relay',
    reason: 'spaces',
  }) as Failure;

export const newApiShort = (more: Partial<NewApiShort> = {}): NewApiShort => ({
  id: 'n1',
  name: 'Home server',
  host: 'n1.example',
  pattern: '*://n1.example/*',
  granted: true,
  halted: null,
  keys: [],
  ...more,
});

export const channelPlan = (more: Partial<ChannelPlanView> = {}): PlannedChannel => ({
  kind: 'plan',
  plan: {
    kind: 'create',
    channelId: null,
    channelName: 'Hoshi Work key',
    changes: [
      { field: 'name', from: '', to: 'Hoshi Work key' },
      { field: 'models', from: '', to: 'gpt-4o,claude-sonnet-4' },
      { field: 'group', from: '', to: 'default' },
    ],
    added: [
      { name: 'gpt-4o', alias: 'gpt-4o' },
      { name: 'claude-sonnet-4', alias: 'claude-sonnet-4' },
    ],
    kept: [],
    candidates: [],
    rest: 3,
    hash: 'hash-1',
    ...more,
  },
});

export const openedChannel = (more: Partial<OpenedChannelImport> = {}): OpenedChannelImport => ({
  newApiId: 'n1',
  keyId: 'k1',
  keyName: 'Work key',
  relayName: 'Hoshi Relay',
  mask: 'sk-Labk…0001',
  host: 'n1.example',
  draft: {
    name: 'Hoshi Work key',
    spoken: 'openai',
    baseUrl: 'https://r1.example',
    models: [
      { name: 'gpt-4o', alias: 'gpt-4o' },
      { name: 'claude-sonnet-4', alias: 'claude-sonnet-4' },
    ],
    groups: ['default'],
    priority: 0,
    weight: 0,
    tag: '',
    target: { kind: 'auto' },
  },
  models: { kind: 'listed', names: ['gpt-4o', 'claude-sonnet-4'] },
  groups: ['default', 'vip'],
  tags: true,
  planned: channelPlan(),
  ...more,
});

export const channelOf = (more: Partial<Channel> = {}): Channel => ({
  id: 7,
  name: 'Hoshi Work key',
  type: 1,
  state: 'on',
  baseUrl: 'https://r1.example',
  models: 'gpt-4o,claude-sonnet-4',
  mapping: '',
  group: 'default',
  priority: 0,
  weight: 0,
  tag: '',
  manyKeys: false,
  responseMs: 0,
  testedAt: 0,
  createdAt: 0,
  ...more,
});

export const candidateOf = (more: Partial<Candidate> = {}): Candidate => ({
  channelId: 4,
  name: 'theirs',
  grade: 'same-url',
  state: 'on',
  models: 2,
  manyKeys: false,
  ...more,
});

export const channelItem = (more: Partial<ChannelHistoryItem> = {}): ChannelHistoryItem => ({
  about: 'channel',
  id: 'c1',
  at: Date.now(),
  action: 'create',
  phase: 'done',
  batch: null,
  newApiName: 'Home server',
  host: 'n1.example',
  keyId: 'k1',
  keyName: 'Work key',
  mask: 'sk-Labk…0001',
  channelId: 7,
  channelName: 'Hoshi Work key',
  changes: [
    { field: 'models', from: '', to: '4o' },
    { field: 'mapping', from: '', to: '{"4o":"gpt-4o"}' },
  ],
  undoneAt: null,
  undoable: true,
  ...more,
});
