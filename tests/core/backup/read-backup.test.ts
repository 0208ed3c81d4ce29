import { describe, expect, test } from 'vitest';
import { listItems, shownMask, type BackupItems } from '../../../src/core/backup/items';
import { readBackup, readSealed } from '../../../src/core/backup/read-backup';

const settings = { language: 'en', theme: 'dark', skipWhenOnlyAdds: false, rules: [] };
const data = { settings, accounts: [], keys: [] };
const OPEN = { format: 'keyferry-backup', version: 1, at: 0, secrets: 'none', data };
const SEALED = {
  format: 'keyferry-backup',
  version: 1,
  at: 0,
  secrets: 'sealed',
  salt: 'AAAAAAAAAAAAAAAAAAAAAA==',
  iterations: 600_000,
  sealed: 'c2VhbGVk',
};
const read = (file: unknown) => readBackup(typeof file === 'string' ? file : JSON.stringify(file));

function itemsOf(file: unknown): BackupItems {
  const result = read(file);
  if (!result.ok || result.value.kind !== 'items') throw new Error(JSON.stringify(result));
  return result.value.items;
}

describe('a file that is chosen as a backup', () => {
  test('is told from others, whole, cut off or newer', () => {
    expect(read(OPEN)).toMatchObject({ value: { kind: 'items', items: { source: 'keyferry', settings } } });
    expect(read(`\uFEFF${JSON.stringify(OPEN)}`)).toMatchObject({ ok: true });
    expect(read(SEALED)).toMatchObject({
      value: { kind: 'sealed', iterations: 600_000, sealed: 'c2VhbGVk' },
    });
  });

  test.each([
    ['half of it', JSON.stringify(SEALED).slice(0, 90), 'backup-broken'],
    ['its first sign', '{', 'backup-broken'],
    ['nothing', '', 'backup-foreign'],
    ['a text', 'sk-not-a-backup', 'backup-foreign'],
    ['a page', '<!doctype html><html></html>', 'backup-foreign'],
    ['a list', [], 'backup-foreign'],
    ['a number', '42', 'backup-foreign'],
    ['another object', { name: 'package', version: '9.0.0' }, 'backup-foreign'],
    ['a list of other accounts', { accounts: [{ login: 'x' }], version: '1.0' }, 'backup-foreign'],
    ['one without what was sealed', { ...SEALED, sealed: undefined }, 'backup-broken'],
    ['one without data', { ...OPEN, data: undefined }, 'backup-broken'],
    ['one whose accounts are no list', { ...OPEN, data: { ...data, accounts: {} } }, 'backup-broken'],
    ['one with rounds for a day', { ...SEALED, iterations: 1e12 }, 'backup-broken'],
    ['one without rounds', { ...SEALED, iterations: 0 }, 'backup-broken'],
    ['one of another kind', { ...SEALED, secrets: 'some' }, 'backup-broken'],
  ])('that is %s is refused', (_name, file, code) => {
    expect(read(file)).toEqual({ ok: false, failure: { code } });
  });

  test('of a newer version says from which', () => {
    expect(read({ ...OPEN, version: 2, data: 'unknown' })).toEqual({
      ok: false,
      failure: { code: 'backup-future', version: 2 },
    });
  });

  test('whose sealed text is not what it should be is broken', () => {
    expect(readSealed(JSON.stringify(data))).toMatchObject({ ok: true });
    for (const text of ['', '{', '{}', '[]', JSON.stringify({ ...data, keys: [{ id: 1 }] })])
      expect(readSealed(text)).toEqual({ ok: false, failure: { code: 'backup-broken' } });
  });

  test('with settings of a newer version brings its accounts all the same', () => {
    const keys = [{ id: 'k', relayName: '', baseUrl: 'https://r1.example', mask: 'sk-1234…0001' }];
    const items = itemsOf({ ...OPEN, data: { ...data, keys, settings: { ...settings, theme: 'sepia' } } });
    expect(items).toMatchObject({ settings: null, keys: [{ mask: 'sk-1234…0001' }] });
  });
});

const aahAccount = (more: object = {}) => ({
  id: 'acc-1',
  site_name: 'Fake relay',
  site_url: 'https://r1.example/',
  site_type: 'new-api',
  authType: 'access_token',
  account_info: { id: '7', username: 'nobody', access_token: 'FAKE-token-0001', quota: 500_000 },
  cookieAuth: { sessionCookie: 'FAKE-cookie' },
  sub2apiAuth: { refreshToken: 'FAKE-refresh' },
  exchange_rate: 7.2,
  health: { status: 'healthy' },
  ...more,
});
const profile = {
  id: 'p1',
  name: 'Fake key',
  apiType: 'openai-compatible',
  baseUrl: 'https://r2.example',
  apiKey: 'sk-FAKE0000000000000000001',
  tagIds: [],
  notes: '',
  createdAt: 1,
  updatedAt: 1,
};
const profiles = { version: 5, profiles: [profile], links: [], linkTombstones: [], lastUpdated: 1 };
const storage = { accounts: [aahAccount()], bookmarks: [], pinnedAccountIds: [], last_updated: 1 };
const preferences = {
  cliProxy: { baseUrl: 'http://localhost:8317/v0/management', managementKey: 'FAKE-mk' },
};

/** A file of each version, as the facts tell them. */
const VERSIONS: [string, object, number][] = [
  [
    '4.0, whole',
    {
      version: '4.0',
      timestamp: 1,
      accounts: storage,
      tagStore: {},
      preferences,
      channelConfigs: {},
      apiCredentialProfiles: profiles,
    },
    1,
  ],
  [
    '4.0, accounts only',
    { version: '4.0', timestamp: 1, type: 'accounts', accounts: storage, tagStore: {} },
    0,
  ],
  [
    '3.0',
    {
      version: '3.0',
      timestamp: 1,
      accounts: storage,
      preferences,
      channelConfigs: {},
      apiCredentialProfiles: profiles,
    },
    1,
  ],
  ['2.0', { version: '2.0', timestamp: 1, accounts: storage, preferences }, 0],
  ['1.0, nested', { version: '1.0', timestamp: 1, data: { accounts: [aahAccount()] } }, 0],
  ['1.0, nested twice', { version: '1.0', timestamp: 1, data: { accounts: storage } }, 0],
  [
    'no version, a list',
    {
      timestamp: 1,
      accounts: [
        aahAccount({ account_info: { id: 7, access_token: 'FAKE-token-0001' }, authType: undefined }),
      ],
    },
    0,
  ],
];

describe('a backup of All API Hub', () => {
  test.each(VERSIONS)('of version %s brings its accounts and credential profiles', (_name, file, keys) => {
    const items = itemsOf(file);
    expect(items).toMatchObject({
      source: 'all-api-hub',
      settings: null,
      accounts: [
        {
          name: 'Fake relay',
          siteUrl: 'https://r1.example/',
          userId: '7',
          accessToken: 'FAKE-token-0001',
          off: false,
          failure: null,
        },
      ],
    });
    expect(items.accounts).toHaveLength(1);
    expect(items.keys).toHaveLength(keys);
    if (keys > 0)
      expect(items.keys).toMatchObject([
        { name: 'Fake key', baseUrl: 'https://r2.example', text: profile.apiKey },
      ]);
    // Cookies, refresh tokens and the management key are not taken along.
    expect(JSON.stringify(items)).not.toMatch(/FAKE-(?:cookie|refresh|mk)/);
  });

  test('of preferences only is known, and has nothing for KeyFerry', () => {
    expect(itemsOf({ version: '4.0', timestamp: 1, type: 'preferences', preferences })).toMatchObject({
      accounts: [],
      keys: [],
    });
  });

  test('without accounts is known too', () => {
    expect(itemsOf({ version: '4.0', accounts: { ...storage, accounts: [] } })).toMatchObject({
      accounts: [],
    });
  });

  test('that WebDAV encrypted is recognised, and not opened', () => {
    const file = {
      type: 'all-api-hub-webdav-backup-encrypted',
      v: 1,
      kdf: 'PBKDF2',
      cipher: 'AES-GCM',
      iter: 1,
      salt: '',
      iv: '',
      ct: '',
    };
    expect(read(file)).toEqual({ ok: false, failure: { code: 'backup-encrypted' } });
  });

  test('of version 5 or later is not guessed at', () => {
    for (const version of ['5.0', 5, '12'])
      expect(read({ version, accounts: storage })).toEqual({
        ok: false,
        failure: { code: 'backup-future', version: Math.floor(Number(version)) },
      });
  });

  const states = (...accounts: object[]) =>
    listItems(
      itemsOf({ version: '4.0', accounts: { accounts } }),
      { accounts: [], keys: [], newApis: [] },
      [],
    ).map(({ state }) => state);

  test.each([
    'new-api',
    'ModelFlare',
    'anyrouter',
    'Veloera',
    'one-hub',
    'done-hub',
    'one-api',
    'v-api',
    'VoAPI',
    'Super-API',
    'Rix-Api',
    'neo-Api',
    'wong-gongyi',
    'unknown',
    '',
  ])('has accounts of the kind “%s” that can be added', (site_type) => {
    expect(states(aahAccount({ site_type }))).toEqual([{ kind: 'new' }]);
  });

  test('says of what KeyFerry cannot keep why that is', () => {
    const failure = (code: string) => ({ kind: 'unusable', failure: { code, host: 'r1.example' } });
    expect(states(aahAccount({ site_type: 'sub2api' }))).toEqual([failure('no-lasting-token')]);
    for (const site_type of ['AIHubMix', 'sharedchat', 'openrouter', 'voapi-v2', 'octopus', 'axonhub'])
      expect(states(aahAccount({ site_type }))).toEqual([failure('not-new-api')]);
  });

  test('has accounts that need their token: those with a cookie, with none, or with an empty one', () => {
    expect(states(aahAccount({ authType: 'cookie' }))).toEqual([{ kind: 'needs-secret' }]);
    expect(states(aahAccount({ authType: 'none' }))).toEqual([{ kind: 'needs-secret' }]);
    expect(states(aahAccount({ account_info: { id: 7, access_token: '' } }))).toEqual([
      { kind: 'needs-secret' },
    ]);
    expect(states(aahAccount({ account_info: null }))).toEqual([{ kind: 'needs-secret' }]);
  });

  test('with one odd account costs no other', () => {
    expect(
      states(aahAccount(), { site_url: 5 }, aahAccount({ site_url: 'https://r3.example' })),
    ).toMatchObject(
      [{ kind: 'new' }, { kind: 'new' }, { kind: 'new' }].map((state, at) => (at === 1 ? {} : state)),
    );
    expect(states({ site_url: 'two words' }, aahAccount())).toMatchObject([
      { kind: 'unusable', failure: { code: 'bad-url' } },
      { kind: 'new' },
    ]);
    expect(states(aahAccount({ account_info: { id: 'alice', access_token: 'x' } }))).toMatchObject([
      { kind: 'unusable', failure: { code: 'bad-user-id' } },
    ]);
  });

  test('that names an account twice, or one that is here, adds it once', () => {
    expect(states(aahAccount(), aahAccount({ site_url: 'https://r1.example' }))).toEqual([
      { kind: 'new' },
      { kind: 'here' },
    ]);
    const items = itemsOf({ version: '4.0', accounts: storage });
    const here = { accounts: [{ siteUrl: 'https://r1.example', userId: '7' }], keys: [], newApis: [] };
    expect(listItems(items, here, [])).toMatchObject([{ state: { kind: 'here' } }]);
  });
});

test('a key with its text shows its own mask, one without shows that of the backup', () => {
  const key = { name: '', baseUrl: '', label: null };
  expect(shownMask({ ...key, text: 'sk-FAKE0000000000000000001', mask: '' })).toBe('sk-FAKE…0001');
  expect(shownMask({ ...key, text: '', mask: 'sk-1234…9999' })).toBe('sk-1234…9999');
});
