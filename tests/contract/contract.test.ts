import { describe, expect, test } from 'vitest';
import { createClient, type Client } from '../../src/contract/client';
import { MESSAGES, type MessageName } from '../../src/contract/messages';
import { createRouter, type Handlers } from '../../src/contract/router';
import { BATCH_DEFAULTS } from '../../src/core/batch/batch';
import type { ChannelDraft, ExportOptions } from '../../src/core/channels/view';
import type { ImportDraft } from '../../src/core/import/draft';
import { fail, ok } from '../../src/core/failures/result';

const draft: ImportDraft = {
  models: [{ name: 'gpt-4o', alias: '中文 alias', typed: true }],
  baseUrl: 'https://relay.example/v1',
  list: 'openai-compatibility',
  baseUrlTyped: false,
  providerName: 'Relay',
  target: { kind: 'join', ref: { index: 0, name: 'a', baseUrl: 'b' } },
  options: { prefix: 'p', priority: '-1', headers: { 'X-A': '1' } },
  enable: false,
  correctBaseUrl: true,
  nameModels: false,
  tryChat: false,
};

const channelDraft: ChannelDraft = {
  name: 'Relay',
  spoken: 'openai',
  baseUrl: 'https://relay.example',
  models: [{ name: 'gpt-4o', alias: '4o' }],
  groups: ['default'],
  priority: 0,
  weight: 0,
  tag: '',
  target: { kind: 'join', channelId: 3 },
};
const exportOptions: ExportOptions = {
  groups: ['default'],
  priority: 0,
  weight: 0,
  tag: '',
  existing: 'pass-over',
};

const clone = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

/** Handlers that answer with what they were asked, except for those given. */
function handlers(given: Partial<Handlers> = {}, heard: unknown[] = []): Handlers {
  const echo = async (input: unknown) => (heard.push(input), ok(input));
  return {
    ...Object.fromEntries(Object.keys(MESSAGES).map((name) => [name, echo])),
    ...given,
  } as unknown as Handlers;
}

/** A page and a worker with nothing between them but JSON, as in every browser. */
function door(given: Handlers): Client {
  const route = createRouter(given, MESSAGES);
  return createClient(async (message) => clone(await route(clone(message))));
}

/** One right input for every message; a new message does not compile until it has one. */
const INPUTS: { [N in MessageName]: object } = {
  view: {},
  'view.since': { version: 'v1' },
  history: {},
  'settings.save': {
    settings: {
      language: 'en',
      theme: 'dark',
      skipWhenOnlyAdds: true,
      rules: ['lower-case'],
      ruleSets: [],
      relayRules: { h: 's' },
      keysAs: 'table',
      told: ['t'],
      sites: { t: 'x' },
    },
  },
  'connection.save': { address: 'localhost:8317', remember: 'device' },
  'connection.add': { address: 'nas.example:8317', remember: 'session', name: 'NAS', colour: 'green' },
  'connection.arrange': { ids: ['first'] },
  'connection.check': {},
  'connection.forget': {},
  'file.kept': {},
  'file.text': {},
  'file.restore': {},
  'hosts.list': {},
  'hosts.revoke': { pattern: '*://x/*' },
  'key.add': { relayName: '', baseUrl: 'x', key: 'k' },
  'keys.add': { keys: [{ relayName: '', baseUrl: 'x', key: 'k' }], dry: true },
  'key.remove': { keyId: 'k' },
  'key.text': { keyId: 'k' },
  'key.label': { keyId: 'k', name: 'n', note: '' },
  'key.form': { accountId: 'a' },
  'key.create': { accountId: 'a', name: 'n', group: '', amount: 5, expiresAt: null, models: null },
  'key.change': { keyId: 'k', change: { amount: null, models: ['m'] } },
  'key.switch': { keyId: 'k', enabled: false },
  'key.delete': { keyId: 'k' },
  'account.add': { name: '', siteUrl: 'x', accessToken: 't', userId: '' },
  'account.edit': { accountId: 'a', name: '', siteUrl: 'x', accessToken: 't', userId: '' },
  'account.recognise': { siteUrl: 'x' },
  'account.refresh': { accountId: 'a' },
  'account.remove': { accountId: 'a' },
  'accounts.refresh': {},
  'import.open': { keyId: 'k' },
  'key.models': { keyId: 'k' },
  'import.yaml': { keyId: 'k', draft, layout: 'old', masked: true },
  'import.models': { keyId: 'k', baseUrl: 'x' },
  'import.plan': { keyId: 'k', draft },
  'import.apply': { keyId: 'k', draft, planHash: 'h' },
  'import.undo': { importId: 'i' },
  'import.ask-again': { keyId: 'k' },
  'import.finish': { importId: 'i' },
  'entries.open': {
    editId: 'e',
    order: { edit: { paused: true }, emptied: false },
    keyIds: ['k'],
    entries: [{ list: 'openai-compatibility', id: 'h', index: 0, label: 'mine' }],
  },
  'entries.plan': { editId: 'e', order: { edit: { prefix: 'team' }, emptied: false } },
  'entries.apply': { editId: 'e', order: { edit: { remove: 'key' }, emptied: true }, hash: 'h' },
  'entries.list': {},
  'entry.open': { keyId: 'k' },
  'entry.plan': { ref: { list: 'codex-api-key', id: 'h', index: 1, keyIndex: 0 }, edit: { paused: true } },
  'entry.apply': {
    ref: { list: 'codex-api-key', id: 'h', index: 1, keyIndex: 0 },
    edit: { weight: '3' },
    hash: 'h',
    keyId: '',
  },
  'batch.open': { batchId: 'b', keyIds: ['k'] },
  'batch.plan': {
    batchId: 'b',
    options: { ...BATCH_DEFAULTS, perKey: true, rows: { k: { list: 'codex-api-key', prefix: 'p' } } },
  },
  'batch.apply': {
    batchId: 'b',
    options: { ...BATCH_DEFAULTS, perKey: true, rows: { k: { list: 'codex-api-key', prefix: 'p' } } },
    hash: 'h',
  },
  'carry.open': { carryId: 'c', from: 'p' },
  'carry.plan': { from: 'p', chosen: ['openai-compatibility h'] },
  'carry.apply': { carryId: 'c', from: 'p', chosen: ['openai-compatibility h'], hash: 'h' },
  'new-api.list': {},
  'new-api.save': { id: 'n', name: '', siteUrl: 'x', accessToken: 't', userId: '1' },
  'new-api.forget': { newApiId: 'n' },
  'new-api.check': { newApiId: 'n' },
  'channels.list': { newApiId: 'n' },
  'channels.groups': { newApiId: 'n' },
  'channels.upstream': { newApiId: 'n', workId: 'w', channelId: 1 },
  'channels.edit': {
    newApiId: 'n',
    workId: 'w',
    edits: [{ channelId: 1, fields: { name: 'b', priority: -1 }, seen: { name: 'a', priority: 0 } }],
  },
  'channels.switch': {
    newApiId: 'n',
    workId: 'w',
    siteUrl: 's',
    channels: [{ id: 1, name: 'a', baseUrl: 'b' }],
    state: 'off',
  },
  'channels.delete': {
    newApiId: 'n',
    workId: 'w',
    siteUrl: 's',
    channels: [{ id: 1, name: 'a', baseUrl: 'b' }],
  },
  'channels.test': { newApiId: 'n', workId: 'w', channelIds: [1], model: 'm' },
  'channels.plan-copy': { newApiId: 'n', channelId: 1, targetId: 'm' },
  'channels.copy': { newApiId: 'n', workId: 'w', channelId: 1, targetId: 'm', key: 'k', planHash: 'h' },
  'channels.undo': { importId: 'i', confirmedLoss: 'h' },
  'channel-import.open': { newApiId: 'n', keyId: 'k' },
  'channel-import.plan': { newApiId: 'n', keyId: 'k', draft: channelDraft },
  'channel-import.apply': { newApiId: 'n', workId: 'w', keyId: 'k', draft: channelDraft, planHash: 'h' },
  'channel-export.open': { newApiId: 'n', exportId: 'e', keyIds: ['k'], options: exportOptions },
  'channel-export.plan': { exportId: 'e', options: exportOptions },
  'channel-export.apply': { exportId: 'e', options: exportOptions, hash: 'h' },
  'sync.run': { newApiId: 'n', workId: 'w', channelIds: null },
  'sync.apply': {
    newApiId: 'n',
    workId: 'w',
    chosen: [
      {
        channelId: 1,
        name: 'a',
        seen: { models: 'a', mapping: '' },
        choice: { add: ['b'], remove: [], rename: [{ name: 'a', to: 'c' }] },
      },
    ],
  },
  'sync.save': {
    newApiId: 'n',
    settings: { everyHours: 6, applyAdded: false, rules: { include: ['gpt'], exclude: [] }, skip: [3] },
  },
  'sync.runs': { newApiId: 'n' },
  'plan.close': { dialog: 'batch', id: 'b' },
  'work.progress': { workId: 'w' },
  'work.stop': { workId: 'w' },
  'notices.seen': { ids: ['n'] },
  'intent.set': { kind: 'import', id: 'k', pattern: '' },
  'intent.clear': {},
  'lock.set': { passphrase: 'eight ch' },
  'lock.open': { passphrase: 'p' },
  'lock.remove': { passphrase: 'p' },
  'lock.close': {},
  'backup.export': {},
  'storage.export': {},
  'storage.reset': {},
};

const names = Object.keys(MESSAGES) as MessageName[];

describe('a message', () => {
  test.each(names)(
    '%s reaches its handler as it was sent, and its answer comes back as it was given',
    async (name) => {
      const heard: unknown[] = [];
      const send = door(handlers({}, heard));
      expect(await send(name, INPUTS[name] as never)).toEqual({ ok: true, value: INPUTS[name] });
      expect(heard).toEqual([INPUTS[name]]);
    },
  );

  test('that fails comes back as the failure with what it needs for its sentence', async () => {
    const failure = { code: 'banned' as const, until: 1_800_000_000_000 };
    expect(await door(handlers({ view: async () => fail(failure) }))('view', {})).toEqual({
      ok: false,
      failure,
    });
  });

  test.each([
    undefined,
    null,
    'view',
    1,
    [],
    {},
    { name: 'view2', input: {} },
    { name: 'toString', input: {} },
    { name: 1 },
    { type: 'view' },
  ])('that is none of ours is not answered: %j', (message) => {
    expect(createRouter(handlers(), MESSAGES)(message)).toBeUndefined();
  });

  test.each(names.filter((name) => Object.keys(INPUTS[name]).length > 0))(
    '%s with another input never reaches its handler',
    async (name) => {
      const heard: unknown[] = [];
      const route = createRouter(handlers({}, heard), MESSAGES);
      const right = INPUTS[name] as Record<string, unknown>;
      const wrong = [
        undefined,
        null,
        [],
        'x',
        {},
        ...Object.keys(right).map((key) => ({ ...right, [key]: { not: ['this'] } })),
      ];
      for (const input of wrong) expect(await route({ name, input })).toMatchObject({ ok: false });
      expect(heard).toEqual([]);
    },
  );

  test.each(['lock.set', 'backup.export'])(
    '%s takes no passphrase that is guessed in a moment',
    async (name) => {
      const route = createRouter(handlers(), MESSAGES);
      expect(await route({ name, input: { passphrase: 'seven c' } })).toMatchObject({ ok: false });
      expect(await route({ name, input: { passphrase: '' } })).toMatchObject({ ok: false });
      expect(await route({ name, input: { passphrase: 'eight ch' } })).toMatchObject({ ok: true });
    },
  );

  test('brings nothing along that is not in its shape', async () => {
    const heard: unknown[] = [];
    await createRouter(
      handlers({}, heard),
      MESSAGES,
    )({ name: 'key.remove', input: { keyId: 'k', extra: 1 }, more: 2 });
    expect(heard).toEqual([{ keyId: 'k' }]);
  });

  test('of a model list, a draft and a target is checked to the last field', async () => {
    const route = createRouter(handlers(), MESSAGES);
    for (const broken of [
      { ...draft, models: [{ name: 'a', alias: 1, typed: true }] },
      { ...draft, target: { kind: 'join' } },
      { ...draft, target: { kind: 'all' } },
      { ...draft, options: { priority: 3 } },
      { ...draft, options: { headers: { 'X-A': 1 } } },
    ])
      expect(await route({ name: 'import.plan', input: { keyId: 'k', draft: broken } })).toMatchObject({
        ok: false,
      });
  });
});

describe('a page', () => {
  const client = (reply: unknown): Client => createClient(async () => reply);

  test('is told that the worker is gone when it is', async () => {
    const gone = { ok: false, failure: { code: 'worker-gone' } };
    const dead = createClient(async () => {
      throw new Error('message channel closed');
    });
    expect(await dead('view', {})).toEqual(gone);
    for (const reply of [
      undefined,
      null,
      {},
      'ok',
      { ok: 1 },
      { ok: false },
      { ok: false, failure: {} },
      { ok: false, failure: 'x' },
    ])
      expect(await client(reply)('view', {})).toEqual(gone);
  });

  test('gets what the worker says otherwise', async () => {
    expect(await client({ ok: true, value: [1] })('history', {})).toEqual({ ok: true, value: [1] });
    expect(await client({ ok: true, value: null })('history', {})).toEqual({ ok: true, value: null });
  });
});

test('messages that carry key text are those in which the user typed it, and one that leads to the clipboard', () => {
  const typed = names.filter((name) =>
    ['key', 'keys', 'managementKey', 'accessToken'].some((field) => field in MESSAGES[name].entries),
  );
  expect(typed).toEqual([
    'connection.save',
    'connection.add',
    'key.add',
    'keys.add',
    'account.add',
    'account.edit',
    'new-api.save',
    'channels.copy',
  ]);
});
