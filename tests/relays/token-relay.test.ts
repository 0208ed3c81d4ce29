import { describe, expect, test } from 'vitest';
import { REVEALS } from '../../src/relays/reveal-table';
import { RELAYS } from '../../src/relays/table';
import { unsupportedOptions } from '../../src/relays/check-draft';
import { modelLimits } from '../../src/relays/token/model-limits';
import type { KeyDraft } from '../../src/relays/relay';
import { fetchHttp } from '../../src/platform/fetch-http';
import { cannedHttp, listedToken, success, type CannedAnswer } from './canned.ts';
import { exchange, recordings } from './recordings.ts';
import { startReplayer } from './replayer.ts';
import { KEY_EDITS } from '../../src/relays/edits-table';

const credentials = {
  siteUrl: 'https://relay.example',
  accessToken: 'lab-token-0123456789abcdef',
  userId: '2',
};
const DRAFT: KeyDraft = { name: 'new', group: '', quota: null, expiredTime: -1, models: null };
const missing: CannedAnswer = { status: 404, body: { error: { message: 'Invalid URL' } } };

describe('New API with cookies', () => {
  const PLAIN = { accessToken: 'LabPatPlainFakeKeyFakeKeyFak0002', userId: '2' };
  const ROOT = { accessToken: 'LabPatAdminFakeKeyFakeKeyFak0001', userId: '1' };
  const auth = recordings('new-api-cookie', ['status', 'auth']);
  // Only root was recorded reading himself; the plain user's answer differs in the id.
  const self = structuredClone(exchange(auth, 'GET', '/api/user/self', 'Bearer'));
  self.request.headers = { authorization: `Bearer ${PLAIN.accessToken}`, 'New-Api-User': '2' };
  (self.response.body as { data: { id: number } }).data.id = 2;
  const list = recordings('new-api-cookie', ['keys-list', 'keys-reveal']);
  const reading = [...auth.slice(0, 1), self, ...list.filter(({ note }) => note !== 'no keys yet')];
  const firstPage = (params: URLSearchParams): URLSearchParams => {
    if (params.get('p') === '0') params.set('p', '1');
    params.delete('page');
    return params;
  };

  test.each(['new-api', 'compatible'] as const)(
    'is read by the family %s with the user id',
    async (family) => {
      const { origin, calls, unknown } = await startReplayer(reading, firstPage);
      const account = { ...PLAIN, siteUrl: origin };
      const read = await RELAYS[family].readAccount(fetchHttp, account);
      expect(read.ok && read.value.keys).toHaveLength(13);
      const revealed = await REVEALS['new-api'](fetchHttp, account, [1, 2]);
      expect(revealed.ok && [...revealed.value]).toEqual([
        [1, 'sk-LaboneFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFak0001'],
        [2, 'sk-LabtwoFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFak0002'],
      ]);
      expect(unknown).toEqual([]);
      expect(calls.slice(1).every(({ headers }) => headers['new-api-user'] === '2')).toBe(true);
    },
  );

  test.each([
    ['no user id', { userId: '' }, 'user-id-needed'],
    ['the id of somebody else', { userId: '2' }, 'user-id-refused'],
    ['a wrong token', { accessToken: 'wrong-token-000000000000000000' }, 'token-refused'],
  ])('says what is wrong: %s', async (_name, more, code) => {
    const { origin } = await startReplayer(auth, firstPage);
    const account = { ...ROOT, ...more, siteUrl: origin };
    expect(await RELAYS['new-api'].readAccount(fetchHttp, account)).toMatchObject({ failure: { code } });
  });
});

test.each(['new-api-old', 'veloera'] as const)(
  '%s says that the user id is wrong or missing',
  async (family) => {
    const auth = recordings(family, ['status', 'auth']);
    for (const [userId, code] of [
      ['', 'user-id-needed'],
      ['2', 'user-id-refused'],
    ] as const) {
      const { origin } = await startReplayer(auth);
      const account = { siteUrl: origin, accessToken: 'LabPatAdminFakeKeyFakeKeyFak0001', userId };
      expect(await RELAYS[family].readAccount(fetchHttp, account)).toMatchObject({
        failure: { code },
      });
    }
  },
);

test('forks get the user id under every name that one of them knows', async () => {
  const { http, asked } = cannedHttp(() => success({}));
  await RELAYS.compatible.readAccount(http, credentials);
  const names = Object.entries(asked[1]!.headers!).filter(([, text]) => text === '2');
  expect(names.map(([name]) => name.toLowerCase()).toSorted()).toEqual([
    'neo-api-user',
    'new-api-user',
    'rix-api-user',
    'user-id',
    'veloera-user',
    'voapi-user',
    'x-api-user',
    'x-modelflare-user',
  ]);
});

describe('revealing', () => {
  const paths = (asked: { method: string; url: string }[]) =>
    asked.map(({ method, url }) => `${method} ${new URL(url).pathname}`);

  test('says where there is no batch: what each single call costs is for the caller to count', async () => {
    const { http, asked } = cannedHttp((_request, { pathname }) =>
      pathname === '/api/token/batch/keys' ? missing : success({ key: 'Lab0001' }),
    );
    const ids = Array.from({ length: 40 }, (_, index) => index + 1);
    const revealed = await REVEALS['new-api'](http, credentials, ids);
    expect(revealed).toMatchObject({ failure: { code: 'relay-not-found' } });
    expect(asked).toHaveLength(1);
  });

  test('reads a key of a server that knows no masks yet', async () => {
    const { http, asked } = cannedHttp((request) =>
      request.method === 'POST' ? missing : success({ key: 'Lab0001' }),
    );
    const revealed = await REVEALS['new-api'](http, credentials, [3]);
    expect(revealed.ok && [...revealed.value]).toEqual([[3, 'sk-Lab0001']]);
    expect(paths(asked)).toEqual(['POST /api/token/3/key', 'GET /api/token/3']);
  });

  test('never takes a mask for a key', async () => {
    const { http } = cannedHttp((request) => (request.method === 'POST' ? missing : success(listedToken(3))));
    for (const family of ['new-api', 'one-api', 'veloera'] as const) {
      const revealed = await REVEALS[family](http, credentials, [3]);
      expect(revealed.ok && revealed.value.size).toBe(0);
    }
  });

  test('reads many keys from the list, few one by one, and leaves out what is gone', async () => {
    const many = cannedHttp(() =>
      success({ data: [1, 2, 3].map((id) => listedToken(id, { key: `Lab${id}` })), total_count: 3 }),
    );
    const listed = await REVEALS['one-hub'](many.http, credentials, [1, 2, 3, 4, 5, 6]);
    expect(listed.ok && [...listed.value.keys()]).toEqual([1, 2, 3]);
    expect(many.asked).toHaveLength(1);
    const few = cannedHttp((_request, { pathname }) =>
      pathname.endsWith('/9')
        ? { body: { success: false, message: 'record not found' } }
        : success({ key: 'Lab' }),
    );
    const single = await REVEALS['one-hub'](few.http, credentials, [1, 9]);
    expect(single.ok && [...single.value]).toEqual([[1, 'sk-Lab']]);
  });

  test('a limit says for how long', async () => {
    const { http } = cannedHttp(() => ({ status: 429, text: '', headers: { 'retry-after': '1200' } }));
    expect(await REVEALS['new-api'](http, credentials, [1])).toMatchObject({
      failure: { code: 'relay-rate-limited', seconds: 1200 },
    });
  });
});

describe('making a key', () => {
  /** Lists before and after, with a made key answered as given. */
  const made = (before: unknown[], after: CannedAnswer, posted: CannedAnswer = success(undefined)) => {
    let done = false;
    return cannedHttp((request) => {
      if (request.method === 'POST') done = true;
      if (request.method === 'POST') return posted;
      return done ? after : success({ items: before, total: before.length });
    });
  };
  const page = (...items: unknown[]) => success({ items, total: items.length });
  const create = (scene: ReturnType<typeof made>) =>
    KEY_EDITS['new-api'].createKey(scene.http, credentials, DRAFT);

  test('finds it by its id, not by its name', async () => {
    const old = listedToken(4, { name: 'new' });
    const scene = made([old], page(listedToken(5, { name: 'new' }), old));
    expect(await create(scene)).toMatchObject({ ok: true, value: { remoteId: 5 } });
  });

  test('an older key that moves up because another was deleted is not the new one', async () => {
    const scene = made([listedToken(9)], page(listedToken(3, { name: 'new' })));
    expect(await create(scene)).toEqual({ ok: true, value: undefined });
  });

  test('two new ones of that name are not told apart', async () => {
    const scene = made([], page(listedToken(2, { name: 'new' }), listedToken(1, { name: 'new' })));
    expect(await create(scene)).toEqual({ ok: true, value: undefined });
  });

  test('it is made even if the list cannot be read afterwards, and not if the relay refuses', async () => {
    expect(await create(made([], { status: 429, text: '' }))).toEqual({ ok: true, value: undefined });
    const refusal = { body: { success: false, message: 'Token name is too long' } };
    expect(await create(made([], page(), refusal))).toMatchObject({
      failure: { code: 'relay-refusal', text: 'Token name is too long' },
    });
  });

  test('One API answers with it, key and all', async () => {
    const posted = exchange(
      recordings('one-api', ['keys-create-edit-delete']),
      'POST',
      '/api/token/',
      'unlimited',
    );
    const scene = made([], page(), { body: posted.response.body });
    expect(await KEY_EDITS['one-api'].createKey(scene.http, credentials, DRAFT)).toMatchObject({
      value: { remoteId: 2, name: 'fresh', text: 'sk-LabfreshFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyF0002' },
    });
    expect(scene.asked).toHaveLength(2);
  });

  test.each([
    [
      'new-api',
      {
        model_limits_enabled: true,
        model_limits: 'a,b',
        group: 'vip',
        remain_quota: 5,
        unlimited_quota: false,
      },
    ],
    [
      'one-hub',
      { group: 'vip', setting: { limits: { limit_model_setting: { enabled: true, models: ['a', 'b'] } } } },
    ],
  ] as const)('%s is told group, quota and models in its own form', async (family, body) => {
    const scene = made([], page());
    const draft = { ...DRAFT, group: 'vip', quota: 5, models: ['a', 'b'] };
    await KEY_EDITS[family].createKey(scene.http, credentials, draft);
    expect(JSON.parse(scene.asked[1]!.body!)).toMatchObject(body);
  });

  test('what a family cannot limit is not left out silently', async () => {
    const limited = { ...DRAFT, group: '2', quota: 5 };
    expect(unsupportedOptions(limited, ['group'])).toEqual(['quota']);
    expect(unsupportedOptions(DRAFT, [])).toEqual([]);
    const { http, asked } = cannedHttp(() => success([]));
    await expect(KEY_EDITS.sub2api.createKey(http, credentials, limited)).rejects.toThrow('quota');
    await expect(KEY_EDITS['one-api'].createKey(http, credentials, limited)).rejects.toThrow('group');
    expect(asked).toEqual([]);
  });
});

describe('groups', () => {
  test.each([
    ['new-api', '/api/user/self/groups', ['default', 'vip'], '默认分组'],
    ['new-api-old', '/api/user/self/groups', ['default', 'vip'], '默认分组'],
    ['veloera', '/api/user/self/groups', ['default', 'vip'], '默认分组'],
    ['one-hub', '/api/user_group_map', ['default'], '默认分组'],
  ] as const)('%s', async (family, path, ids, note) => {
    const step = exchange(recordings(family, ['self-and-quota']), 'GET', path);
    const { http } = cannedHttp(() => ({ body: step.response.body }));
    const groups = await KEY_EDITS[family].readGroups(http, credentials);
    expect(groups.ok && groups.value.map(({ id }) => id)).toEqual(ids);
    expect(groups.ok && groups.value[0]).toEqual({ id: 'default', name: 'default', note, ratio: 1 });
  });

  test('One API has none; Sub2API names them by number and tells what they speak', async () => {
    const { http, asked } = cannedHttp(() => success([]));
    expect(await KEY_EDITS['one-api'].readGroups(http, credentials)).toEqual({ ok: true, value: [] });
    expect(asked).toEqual([]);
    const step = exchange(recordings('sub2api', ['keys']), 'GET', '/api/v1/groups/available');
    const sub = cannedHttp(() => ({ body: step.response.body }));
    const groups = await KEY_EDITS.sub2api.readGroups(sub.http, credentials);
    expect(groups).toMatchObject({
      value: [
        { id: '1', note: 'anthropic' },
        { id: '2', note: 'openai' },
      ],
    });
  });
});

test.each([
  [{}, null],
  [{ model_limits_enabled: false, model_limits: 'a' }, null],
  [{ model_limits_enabled: true, model_limits: 'a, b,,a' }, ['a', 'b']],
  [{ model_limits_enabled: true, model_limits: '' }, []],
  [{ models: null }, null],
  [{ models: 'a,b' }, ['a', 'b']],
  [{ setting: { limits: { limit_model_setting: { enabled: true, models: ['a'] } } } }, ['a']],
  [{ setting: { limits: { limit_model_setting: { enabled: true, models: null } } } }, []],
  [{ setting: { limits: { limit_model_setting: { enabled: false, models: ['a'] } } } }, null],
  [{ setting: null }, null],
])('the model limits of %o are %o', (token, limits) => {
  expect(modelLimits(token)).toEqual(limits);
});

test('a Sub2API key is used as it is, and tells what its group speaks', async () => {
  const steps = recordings('sub2api', ['public', 'auth', 'keys']).filter(
    ({ note }) => note !== 'no keys yet',
  );
  const { origin } = await startReplayer(steps);
  const account = { siteUrl: origin, accessToken: 'lab.jwt.plain', userId: '' };
  const reading = await RELAYS.sub2api.readAccount(fetchHttp, account);
  expect(reading.ok && reading.value.keys[0]).toMatchObject({
    mask: 'sk-Labk**********0023',
    text: 'sk-Labkey23FakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFak0023',
    group: 'lab openai',
    platform: 'openai',
    models: null,
  });
  const own = exchange(steps, 'POST', '/api/v1/keys', 'a custom key need not begin with sk-');
  const { http } = cannedHttp(() => ({ body: own.response.body }));
  expect(await KEY_EDITS.sub2api.createKey(http, account, { ...DRAFT, group: '2' })).toMatchObject({
    value: { text: 'lab-custom-key-without-prefix-0001' },
  });
});
