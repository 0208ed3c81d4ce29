import type { Channel } from '../../../src/core/channels/channel';
import type { ChannelsView } from '../../../src/core/channels/view';
import { ok } from '../../../src/core/failures/result';
import { NO_SYNC, type SyncedChannel, type SyncRun } from '../../../src/core/sync/run';
import type { Script } from '../scripted-worker';
import type { NewApiView, NewApiReport } from '../../../src/core/new-api/view';

export const newApiView = (more: Partial<NewApiView> = {}): NewApiView => ({
  id: 'n1',
  name: 'Mine',
  siteUrl: 'https://n1.example',
  host: 'n1.example',
  pattern: '*://n1.example/*',
  granted: true,
  userId: '1',
  remember: 'device',
  hasToken: true,
  family: 'new-api',
  rights: { admin: true, write: true, sensitive: true },
  checkedAt: 0,
  halted: null,
  sync: NO_SYNC,
  ...more,
});

export const newApiReport = (more: Partial<NewApiReport> = {}): NewApiReport => ({
  at: 0,
  tookMs: 12.4,
  passed: ['reachable', 'family', 'token', 'admin', 'write'],
  failure: null,
  found: { family: 'new-api', siteName: 'Mine', channels: 3, groups: ['default', 'vip'] },
  ...more,
});

export const channelOf = (id: number, more: Partial<Channel> = {}): Channel => ({
  id,
  name: `C${id}`,
  type: 1,
  baseUrl: `https://r${id}.example`,
  models: 'gpt-4o',
  mapping: '',
  group: 'default',
  priority: id,
  weight: 0,
  tag: '',
  state: 'on',
  manyKeys: false,
  responseMs: 0,
  testedAt: 0,
  createdAt: 0,
  ...more,
});

export const channelsView = (channels: Channel[], keys: ChannelsView['keys'] = {}): ChannelsView => ({
  newApiId: 'n1',
  channels,
  more: false,
  keys,
  site: { gemini: 24, tags: true, testModel: true, chains: true },
});

export const syncedOf = (id: number, more: Partial<SyncedChannel> = {}): SyncedChannel => ({
  channelId: id,
  name: `C${id}`,
  seen: { models: 'gpt-4o', mapping: '' },
  found: { added: [], removed: [], renamed: [] },
  failure: null,
  applied: [],
  ...more,
});

export const runOf = (channels: SyncedChannel[], more: Partial<SyncRun> = {}): SyncRun => ({
  id: 'run1',
  newApiId: 'n1',
  at: Date.now(),
  tookMs: 10,
  by: 'user',
  total: 3,
  inOrder: 3 - channels.length,
  skipped: 0,
  notTried: 0,
  cancelled: false,
  failure: null,
  channels,
  ...more,
});

/** A New API with these channels; nothing was ever synced. */
export const channelScript = (channels: Channel[], more: Partial<NewApiView> = {}): Script => ({
  'new-api.list': () => ok([newApiView(more)]),
  'channels.list': () => ok(channelsView(channels)),
  'channels.groups': () => ok(['default', 'vip']),
  'work.progress': () => ok(null),
  'work.stop': () => ok(true),
  'sync.runs': () => ok([]),
  'sync.save': () => ok(true),
});
