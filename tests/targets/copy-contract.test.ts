import { expect, test } from 'vitest';
import { COPY_ENDING, copyHere } from '../../src/core/channels/copy';
import { ALL_USER_ID_HEADERS } from '../../src/core/accounts/user-id-headers';
import { fetchHttp } from '../../src/platform/fetch-http';
import type { Site } from '../../src/relays/ask';
import { siteOf } from '../../src/relays/site/sign-in';
import { copyAtSite, readOriginal } from '../../src/targets/new-api/copy-channel';
import { createChannel } from '../../src/targets/new-api/create-channel';
import { DIALECTS } from '../../src/targets/new-api/dialects';
import { listChannels } from '../../src/targets/new-api/list-channels';
import { newTrail } from '../../src/targets/new-api/write-trail';
import { exchange, recordings } from '../relays/recordings.ts';
import { startReplayer, type Replayer } from '../relays/replayer.ts';

const ADMIN = { accessToken: 'LabPatAdminFakeKeyFakeKeyFak0001', userId: '1' };
const LESSER = { accessToken: 'LabPatLesserFakeKeyFakeKeyFa0003', userId: '3' };
const newApi = recordings('new-api', ['channels-copy-and-tags']);
const hub = recordings('one-hub', ['channels-copy']);

async function open(user = ADMIN): Promise<{ replayer: Replayer; site: Site }> {
  const replayer = await startReplayer([]);
  return { replayer, site: siteOf({ siteUrl: replayer.origin, ...user }, ALL_USER_ID_HEADERS) };
}

const original = async (): Promise<Parameters<typeof copyAtSite>[2]> => {
  const { replayer, site } = await open();
  replayer.script(exchange(newApi, 'GET', '/api/channel/2', 'before'));
  const read = await readOriginal(fetchHttp, site, 2);
  if (!read.ok) throw new Error(read.failure.code);
  expect(read.value.key).toBe('');
  return { id: 2, ending: COPY_ENDING, trail: newTrail(), above: 5, ...copyHere(read.value.channel) };
};

test('a recorded New API copies a channel by itself, under the name and with the number that it tells', async () => {
  const copy = await original();
  const { replayer, site } = await open();
  replayer.script(
    exchange(newApi, 'POST', '/api/channel/copy/2', 'as it is'),
    exchange(newApi, 'GET', '/api/channel/6', 'the copy'),
  );
  const made = await copyAtSite(fetchHttp, site, copy);
  expect(made).toMatchObject({ ok: true, value: { id: 6, name: copy.fields.name, state: 'on' } });
  expect(copy.trail.step).toBe('taken');
  expect(replayer.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `POST /api/channel/copy/2?suffix=${encodeURIComponent(COPY_ENDING)}&reset_balance=true`,
    'GET /api/channel/6',
  ]);
});

test.each([
  ['an admin who may not write what is sensitive', 2, LESSER, 'relay-forbidden'],
  ['no such channel', 99, ADMIN, 'relay-refusal'],
])('a recorded New API copies nothing: %s', async (note, id, user, code) => {
  const copy = { ...(await original()), id };
  const { replayer, site } = await open(user);
  replayer.script(exchange(newApi, 'POST', /^\/api\/channel\/copy\//, note));
  expect(await copyAtSite(fetchHttp, site, copy)).toMatchObject({ failure: { code } });
  expect([replayer.calls.length, copy.trail.step]).toEqual([1, 'sent']);
});

test('a recorded One Hub has no such call', async () => {
  const copy = await original();
  const { replayer, site } = await open();
  replayer.script(exchange(hub, 'POST', '/api/channel/copy/2'));
  expect(await copyAtSite(fetchHttp, site, copy)).toMatchObject({ failure: { code: 'relay-not-found' } });
});

test('a recorded One Hub gets the whole channel as a new one, off', async () => {
  const { replayer, site } = await open();
  const before = exchange(hub, 'GET', '/api/channel/2', 'before');
  const post = exchange(hub, 'POST', '/api/channel/', 'the whole channel as a new one, off');
  const list = exchange(hub, 'GET', '/api/channel/?page=1&size=100');
  replayer.script(before, post, list);
  const read = await readOriginal(fetchHttp, site, 2);
  if (!read.ok) throw new Error(read.failure.code);
  const { channel, key, like } = read.value;
  const { fields } = copyHere(channel);
  const made = await createChannel(fetchHttp, site, DIALECTS['one-hub'], {
    fields,
    key,
    like,
    off: true,
    above: 3,
  });
  expect(made).toMatchObject({ ok: true, value: { id: 4, name: 'mine_复制', state: 'off' } });
  expect(replayer.calls[1]!.body).toEqual(post.request.body);
});

test('a recorded One Hub lists all channels of a tag, of which the list shows one', async () => {
  const { replayer, site } = await open();
  const list = exchange(hub, 'GET', '/api/channel/?page=1&size=100');
  const tagged = structuredClone(exchange(hub, 'GET', '/api/channel_tag/lab:1/list'));
  // The recorded server takes both for the same.
  tagged.request.path = '/api/channel_tag/lab%3A1/list';
  replayer.script(list, tagged);
  const listed = await listChannels(fetchHttp, site);
  expect(listed.ok && listed.value.channels.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([
    1, 2, 3, 4,
  ]);
  expect(JSON.stringify(listed)).not.toContain('sk-LabUpstream');
});
