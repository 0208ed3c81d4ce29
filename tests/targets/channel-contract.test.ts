import { describe, expect, test } from 'vitest';
import type { ChannelFields } from '../../src/core/channels/channel';
import type { AccountFamily } from '../../src/core/accounts/relay-family';
import { ALL_USER_ID_HEADERS } from '../../src/core/accounts/user-id-headers';
import { fetchHttp } from '../../src/platform/fetch-http';
import type { Site } from '../../src/relays/ask';
import { siteOf } from '../../src/relays/site/sign-in';
import { createChannel } from '../../src/targets/new-api/create-channel';
import { deleteChannel, deleteMany } from '../../src/targets/new-api/delete-channels';
import { DIALECTS } from '../../src/targets/new-api/dialects';
import { listChannels } from '../../src/targets/new-api/list-channels';
import { readChannel } from '../../src/targets/new-api/read-channel';
import { readChannelGroups, readRights } from '../../src/targets/new-api/read-rights';
import { switchChannel, switchMany } from '../../src/targets/new-api/switch-channel';
import { testChannel } from '../../src/targets/new-api/test-channel';
import { updateChannel } from '../../src/targets/new-api/update-channel';
import { upstreamModels } from '../../src/targets/new-api/upstream-models';
import { exchange, recordings, type Exchange } from '../relays/recordings.ts';
import { startReplayer, type Replayer } from '../relays/replayer.ts';

const ADMIN = { accessToken: 'LabPatAdminFakeKeyFakeKeyFak0001', userId: '1' };
const PLAIN = { accessToken: 'LabPatPlainFakeKeyFakeKeyFak0002', userId: '2' };
const KEY = 'sk-LabUpstreamKey0001';
const WANTED: ChannelFields = {
  name: 'with tag',
  type: 1,
  baseUrl: 'lab-upstream',
  models: 'gpt-4o,deepseek-chat',
  mapping: '',
  group: 'default',
  priority: 5,
  weight: 2,
  tag: 'lab:1',
};

/** What is special about a recorded server, next to its dialect. Veloera has kept the empty channels of the wrapped form. */
const SERVERS: { family: AccountFamily; as: AccountFamily; wrapped: boolean; count: number }[] = [
  { family: 'new-api', as: 'new-api', wrapped: true, count: 12 },
  { family: 'new-api-old', as: 'new-api-old', wrapped: false, count: 9 },
  { family: 'one-api', as: 'one-api', wrapped: false, count: 9 },
  { family: 'one-hub', as: 'one-hub', wrapped: false, count: 9 },
  { family: 'veloera', as: 'veloera', wrapped: false, count: 12 },
  // A fork that nothing tells apart may be any of them.
  { family: 'new-api', as: 'compatible', wrapped: true, count: 12 },
  { family: 'one-hub', as: 'compatible', wrapped: false, count: 9 },
  { family: 'veloera', as: 'compatible', wrapped: false, count: 12 },
];

describe.each(SERVERS)('channels of a recorded $family taken for $as', ({ family, as, wrapped, count }) => {
  const made = recordings(family, ['channels-create']);
  const edits = recordings(family, ['channels-edit-delete']);
  const dialect = DIALECTS[as];
  const list = made.find(
    ({ request }) => request.method === 'GET' && /(?:page_size|size)=100$/.test(request.path),
  )!;
  const past = structuredClone(list);
  past.response.body = { success: true, message: '', data: [] };
  const unlisted: Exchange[] = Array.isArray((list.response.body as { data: unknown }).data) ? [past] : [];
  // Recorded of other channels (one-hub/channels-tags): those of a tag come as a bare list.
  const rows = (list.response.body as { data: { data?: { tag?: string }[] } }).data.data ?? [];
  const ofTag = structuredClone(list);
  ofTag.request.path = '/api/channel_tag/lab%3A1/list';
  ofTag.response.body = { success: true, message: '', data: rows.filter(({ tag }) => tag === 'lab:1') };
  const everything = [list, ...unlisted, ...(family === 'one-hub' ? [ofTag] : [])];
  const two = exchange(edits, 'GET', '/api/channel/2');
  const after = exchange(edits, 'GET', '/api/channel/2', 'after');

  const open = async (user = ADMIN): Promise<{ replayer: Replayer; site: Site }> => {
    const replayer = await startReplayer([]);
    return { replayer, site: siteOf({ siteUrl: replayer.origin, ...user }, ALL_USER_ID_HEADERS) };
  };

  test('are listed whole, each once, and without a key', async () => {
    const { replayer, site } = await open();
    replayer.script(...everything);
    const listed = await listChannels(fetchHttp, site);
    if (!listed.ok) throw new Error(listed.failure.code);
    const ids = listed.value.channels.map(({ id }) => id);
    expect([new Set(ids).size, ids.length, listed.value.more]).toEqual([count, count, false]);
    if (family !== 'veloera')
      expect(listed.value.channels.find(({ name }) => name === 'status off')).toMatchObject({ state: 'off' });
    expect(JSON.stringify(listed.value)).not.toContain('sk-LabUpstream');
  });

  test('are made in the form that this server wants, and found by what was sent', async () => {
    const { replayer, site } = await open();
    const refusedFlat =
      wrapped && as === 'compatible' ? [exchange(made, 'POST', '/api/channel/', 'flat form')] : [];
    replayer.script(
      ...refusedFlat,
      exchange(made, 'POST', '/api/channel/', 'tag and remark'),
      list,
      ...unlisted,
    );
    const found = await createChannel(fetchHttp, site, dialect, { fields: WANTED, key: KEY, above: 0 });
    expect(found).toMatchObject({ ok: true, value: { name: 'with tag', models: WANTED.models } });
    const bodies = replayer.calls.filter(({ method }) => method === 'POST').map(({ body }) => body);
    expect(bodies.map((body) => 'mode' in (body as object))).toEqual([
      ...refusedFlat.map(() => false),
      wrapped,
    ]);
    expect(JSON.stringify(bodies.at(-1))).toContain('"models":"gpt-4o,deepseek-chat"');
    expect(replayer.calls.map(({ path }) => path).join()).not.toContain(KEY);
  });

  test('are changed in some fields, and keep what was not named', async () => {
    const { replayer, site } = await open();
    const change = { id: 2, fields: { models: 'gpt-4o' }, agreed: () => true };
    const whole = (two.response.body as { data: Record<string, unknown> }).data;
    // The recorded changes named a few fields; a whole channel comes back whole.
    const back = structuredClone(two);
    back.response.body = { success: true, message: '', data: { ...whole, models: 'gpt-4o' } };
    const sendsAll = family === 'one-hub' || (as === 'compatible' && whole['key'] !== '');
    replayer.script(two, exchange(edits, 'PUT', '/api/channel/', 'new models'), sendsAll ? back : after);
    const changed = await updateChannel(fetchHttp, site, dialect, change);
    // Nobody knows whether it would be emptied, and its key is not there to be sent along.
    if (as === 'compatible' && !sendsAll) {
      expect(changed).toMatchObject({ failure: { code: 'channel-feature' } });
      expect(replayer.calls.map(({ method }) => method)).toEqual(['GET']);
      return;
    }
    expect(changed).toMatchObject({ ok: true, value: { models: 'gpt-4o' } });
    const sent = replayer.calls[1]!.body as Record<string, unknown>;
    expect(sent).toMatchObject({ id: 2, models: 'gpt-4o' });
    expect(sent).toEqual(sendsAll ? { ...whole, models: 'gpt-4o' } : { id: 2, models: 'gpt-4o' });
  });

  test('get another key, which is said to be there only where the server shows it', async () => {
    const { replayer, site } = await open();
    const key = 'sk-LabUpstreamKey0002';
    const secrets = { key };
    const whole = (two.response.body as { data: Record<string, unknown> }).data;
    const back = structuredClone(two);
    back.response.body = { success: true, message: '', data: { ...whole, key: whole['key'] && key } };
    const put = exchange(edits, 'PUT', '/api/channel/', 'new key');
    const change = { id: 2, fields: {}, secrets, agreed: () => true };
    replayer.script(two, put, back);
    expect(await updateChannel(fetchHttp, site, dialect, change)).toMatchObject({ ok: true });
    const sendsAll = family === 'one-hub' || (as === 'compatible' && whole['key'] !== '');
    expect(replayer.calls[1]!.body).toEqual({ ...(sendsAll ? whole : { id: 2 }), key });
    if (whole['key'] === '') return;
    replayer.script(two, put, two);
    expect(await updateChannel(fetchHttp, site, dialect, change)).toMatchObject({
      failure: { code: 'channel-not-saved' },
    });
  });

  test('that come back with less than they were sent with are not said to be saved', async () => {
    if (family !== 'one-hub') return;
    const { replayer, site } = await open();
    replayer.script(two, exchange(edits, 'PUT', '/api/channel/', 'new models'), after);
    const change = { id: 2, fields: { models: 'gpt-4o' }, agreed: () => true };
    expect(await updateChannel(fetchHttp, site, dialect, change)).toMatchObject({
      failure: { code: 'channel-not-saved' },
    });
  });

  test('are not written back with a mask for a key', async () => {
    if (family !== 'one-hub') return;
    for (const key of ['sk-Lab...0001', 'sk-xxxx0001', 'sk-L****0001']) {
      const { replayer, site } = await open();
      const masked = structuredClone(two);
      (masked.response.body as { data: { key: string } }).data.key = key;
      replayer.script(masked);
      const change = { id: 2, fields: { models: 'gpt-4o' }, agreed: () => true };
      expect(await updateChannel(fetchHttp, site, dialect, change)).toMatchObject({
        failure: { code: 'channel-feature' },
      });
      expect(replayer.calls.length).toBe(1);
    }
  });

  test('are left alone when they are no longer what the change was made for', async () => {
    const { replayer, site } = await open();
    replayer.script(two);
    const change = { id: 2, fields: { models: 'gpt-4o' }, agreed: () => false };
    expect(await updateChannel(fetchHttp, site, dialect, change)).toEqual({
      ok: false,
      failure: { code: 'channel-changed', name: 'mine' },
    });
    expect(replayer.calls.map(({ method }) => method)).toEqual(['GET']);
  });

  test('that were not changed in spite of a success are no success', async () => {
    const { replayer, site } = await open();
    replayer.script(two, exchange(edits, 'PUT', '/api/channel/', 'only a name'), two);
    const change = { id: 2, fields: { name: 'other' }, agreed: () => true };
    expect(await updateChannel(fetchHttp, site, dialect, change)).toEqual({
      ok: false,
      failure: { code: 'channel-not-saved', name: 'mine' },
    });
  });

  test('that are gone are said to be gone, and nothing is written', async () => {
    const { replayer, site } = await open();
    replayer.script(exchange(edits, 'GET', '/api/channel/9999'));
    const change = { id: 9999, fields: { name: 'x' }, agreed: () => true };
    expect(await updateChannel(fetchHttp, site, dialect, change)).toEqual({
      ok: false,
      failure: { code: 'channel-gone' },
    });
    expect(replayer.calls.length).toBe(1);
  });

  test('are switched by the call that this server has', async () => {
    const { replayer, site } = await open();
    const call = exchange(edits, 'POST', '/api/channel/2/status');
    const put = exchange(edits, 'PUT', '/api/channel/', 'status inside PUT');
    const off = family === 'new-api' ? edits.filter(({ note }) => note === 'after').at(-1)! : after;
    const steps = dialect.switching[0] === 'call' ? [call, ...(family === 'new-api' ? [] : [put])] : [put];
    replayer.script(two, ...steps, off);
    expect(await switchChannel(fetchHttp, site, dialect, 2, 'off')).toMatchObject({ ok: true });
    const sent = replayer.calls.at(-2)!.body as Record<string, unknown>;
    expect(sent['status']).toBe(2);
    if (family === 'one-hub') expect(sent['key']).toBe(KEY);
  });

  test('are read without the key that older servers tell', async () => {
    const { replayer, site } = await open();
    replayer.script(two);
    expect(JSON.stringify(await readChannel(fetchHttp, site, 2))).not.toContain(KEY);
  });

  test('are deleted, also twice, and many at once where there is a call', async () => {
    const { replayer, site } = await open();
    replayer.script(
      exchange(edits, 'DELETE', '/api/channel/2', 'again'),
      exchange(edits, 'POST', '/api/channel/batch'),
    );
    expect(await deleteChannel(fetchHttp, site, 2)).toMatchObject({ ok: true });
    const many = await deleteMany(fetchHttp, site, [1]);
    if (dialect.many.delete) expect(many.ok).toBe(true);
  });

  test('are tested by the server, whose words are passed on', async () => {
    const { replayer, site } = await open();
    replayer.script(exchange(edits, 'GET', '/api/channel/test/2'));
    const tested = await testChannel(fetchHttp, site, dialect, 2, {});
    if (family === 'one-hub') expect(tested).toMatchObject({ failure: { code: 'channel-test' } });
    else expect(tested).toEqual({ ok: true, value: true });
  });

  test('are closed to a user who is no admin', async () => {
    const { replayer, site } = await open(PLAIN);
    const refused = exchange(edits, 'POST', '/api/channel/', 'a plain user');
    replayer.script(refused);
    const result = await createChannel(
      fetchHttp,
      site,
      { ...dialect, forms: [dialect.forms[0]] },
      {
        fields: WANTED,
        key: KEY,
        above: 0,
      },
    );
    const code = family === 'new-api' ? 'relay-forbidden' : 'relay-refusal';
    expect(result).toMatchObject({ ok: false, failure: { code } });
    expect(replayer.calls.length).toBe(1);
  });
});

describe('an upstream’s models', () => {
  const siteFor = (replayer: Replayer): Site =>
    siteOf({ siteUrl: replayer.origin, ...ADMIN }, ALL_USER_ID_HEADERS);
  const five = ['gpt-4o-mini', 'gpt-4o', 'claude-3-5-haiku-20241022', 'deepseek-chat', 'lab-unpriced-1'];

  test('are asked for by the channel’s number at New API', async () => {
    const replayer = await startReplayer(recordings('new-api', ['channels-models']));
    const site = siteFor(replayer);
    expect(await upstreamModels(fetchHttp, site, DIALECTS['new-api'], 1)).toEqual({ ok: true, value: five });
    expect((await readChannelGroups(fetchHttp, site)).ok).toBe(true);
  });

  test('are asked for with the whole channel at One Hub, a proxy among it', async () => {
    const models = recordings('one-hub', ['channels-models']);
    const replayer = await startReplayer([]);
    replayer.script(
      exchange(recordings('one-hub', ['channels-edit-delete']), 'GET', '/api/channel/2'),
      exchange(models, 'POST', /provider_models_list/, 'with proxy as a string'),
    );
    expect(await upstreamModels(fetchHttp, siteFor(replayer), DIALECTS['one-hub'], 2)).toEqual({
      ok: true,
      value: five,
    });
    expect(replayer.calls[1]!.body).toMatchObject({ key: KEY, proxy: '' });
  });

  test('cannot be asked for at One API, and a 404 elsewhere means the same', async () => {
    const replayer = await startReplayer(recordings('one-hub', ['channels-models']));
    const site = siteFor(replayer);
    for (const family of ['one-api', 'compatible'] as const)
      expect(await upstreamModels(fetchHttp, site, DIALECTS[family], 1)).toMatchObject({
        failure: { code: 'channel-feature' },
      });
  });

  test('that the relay refuses to show are a refusal in the server’s words', async () => {
    const refused = exchange(
      recordings('new-api', ['channels-models']),
      'POST',
      '/api/channel/fetch_models',
      'the upstream refuses the key',
    );
    const replayer = await startReplayer([]);
    const path = '/api/channel/fetch_models/1';
    replayer.script({ ...refused, request: { ...refused.request, method: 'GET', path } });
    expect(await upstreamModels(fetchHttp, siteFor(replayer), DIALECTS['new-api'], 1)).toMatchObject({
      failure: { code: 'channel-upstream', text: expect.stringContaining('401') as string },
    });
  });
});

describe('a fork that nothing tells apart', () => {
  const fields = WANTED;

  test('is sent the wrapped form for no refusal but New API’s own', async () => {
    const made = recordings('new-api', ['channels-create']);
    const refused = structuredClone(exchange(made, 'POST', '/api/channel/', 'flat form'));
    (refused.response.body as { message: string }).message = 'quota of channels is used up';
    const replayer = await startReplayer([]);
    replayer.script(refused);
    const site = siteOf({ siteUrl: replayer.origin, ...ADMIN }, ALL_USER_ID_HEADERS);
    expect(
      await createChannel(fetchHttp, site, DIALECTS.compatible, { fields, key: KEY, above: 0 }),
    ).toMatchObject({ failure: { code: 'relay-refusal' } });
    expect(replayer.calls.length).toBe(1);
  });

  test('and a site taken for New API that has become One Hub gets the whole channel back', async () => {
    const edits = recordings('one-hub', ['channels-edit-delete']);
    const two = exchange(edits, 'GET', '/api/channel/2');
    const replayer = await startReplayer([]);
    replayer.script(two, exchange(edits, 'PUT', '/api/channel/', 'new models'), two);
    const site = siteOf({ siteUrl: replayer.origin, ...ADMIN }, ALL_USER_ID_HEADERS);
    await updateChannel(fetchHttp, site, DIALECTS['new-api'], {
      id: 2,
      fields: { models: 'gpt-4o' },
      agreed: () => true,
    });
    const { data } = two.response.body as { data: object };
    expect(replayer.calls[1]!.body).toEqual({ ...data, models: 'gpt-4o' });
  });

  test('shows all its channels, whatever kind the fields of one are of', async () => {
    const data = [
      { id: 1, name: 'odd', type: '1', status: '1', weight: '3', priority: null, models: ['a', 'b'], tag: 7 },
      { id: 2 },
      { id: 3, name: 'plain', type: 1, status: 2, models: 'c', weight: 0, key: 'sk-LabUpstream' },
    ];
    const list = structuredClone(
      recordings('veloera', ['channels-create']).find(({ request }) => request.path.endsWith('size=100'))!,
    );
    const [all, none] = [structuredClone(list), structuredClone(list)];
    all.response.body = { success: true, message: '', data };
    none.response.body = { success: true, message: '', data: [] };
    const replayer = await startReplayer([]);
    replayer.script(all, none);
    const site = siteOf({ siteUrl: replayer.origin, ...ADMIN }, ALL_USER_ID_HEADERS);
    const listed = await listChannels(fetchHttp, site);
    expect(listed.ok && listed.value.channels).toMatchObject([
      { id: 1, type: 1, state: 'on', weight: 3, priority: 0, models: 'a,b', tag: '7' },
      { id: 2, name: '', state: 'off', models: '' },
      { id: 3, name: 'plain', state: 'off', weight: 0 },
    ]);
    expect(JSON.stringify(listed)).not.toContain('sk-Lab');
  });
});

test('what an account may do is read where the server says it, and taken from its role where not', async () => {
  const replayer = await startReplayer(recordings('new-api', ['self-and-quota']));
  const rights = await readRights(
    fetchHttp,
    siteOf({ siteUrl: replayer.origin, ...PLAIN }, ALL_USER_ID_HEADERS),
    '2',
  );
  expect(rights).toEqual({ ok: true, value: { admin: false, write: false, sensitive: false } });
});

test('many are switched with one call', async () => {
  const edits = recordings('new-api', ['channels-edit-delete']);
  const replayer = await startReplayer(edits);
  const site = siteOf({ siteUrl: replayer.origin, ...ADMIN }, ALL_USER_ID_HEADERS);
  expect(await switchMany(fetchHttp, site, [1, 2], 'off')).toEqual({ ok: true, value: 2 });
});
