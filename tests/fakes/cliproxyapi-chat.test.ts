import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCliproxyapi, type FakeCliproxyapi, type JsonObject } from './cliproxyapi.ts';
import { startUpstream, type FakeUpstream } from './upstream.ts';

/** What a chat does beyond the recorded exchanges; each of these was seen on the real server. */
let fake: FakeCliproxyapi;
let upstream: FakeUpstream;

beforeAll(async () => {
  upstream = await startUpstream();
  fake = await startCliproxyapi({ reloadDelayMs: 0 });
});

afterAll(async () => {
  await fake.stop();
  await upstream.stop();
});

const store = (...providers: JsonObject[]): Promise<void> =>
  fake.setLists(
    'openai-compatibility',
    providers.map((provider, i) => ({
      name: `p${i}`,
      'base-url': `${upstream.origin}/v1`,
      'api-key-entries': [{ 'api-key': 'sk-test' }],
      ...provider,
    })),
  );

async function chat(model: string) {
  const response = await fetch(`${fake.origin}/v1/chat/completions`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${fake.proxyKeys[0]}` },
    body: JSON.stringify({ model, messages: [] }),
  });
  const body = (await response.json()) as { model?: string; error?: { message: string } };
  return { status: response.status, model: body.model, message: body.error?.message };
}

async function answering(...models: string[]): Promise<unknown[]> {
  const answers = [];
  for (const model of models) answers.push((await chat(model)).model);
  return answers;
}

describe('one model in front of another of its provider', () => {
  test('a name is hidden by an alias that equals it', async () => {
    await store({ models: [{ name: 'a' }, { name: 'b', alias: 'a' }] });
    expect(await answering('a', 'a')).toEqual(['b', 'b']);
  });

  test('letter case does not tell them apart', async () => {
    await store({ models: [{ name: 'GPT' }, { name: 'gpt' }] });
    expect(await answering('GPT', 'gpt')).toEqual(['GPT', 'GPT']);
    await store({ models: [{ name: 'GPT' }, { name: 'other', alias: 'gpt' }] });
    expect(await answering('GPT', 'gpt')).toEqual(['other', 'other']);
  });

  test('equal aliases are a pool', async () => {
    await store({ models: ['x', 'y'].map((name) => ({ name, alias: 'pool' })) });
    expect(await answering('pool', 'pool', 'pool')).toEqual(['x', 'y', 'x']);
  });
});

describe('several credentials for one model', () => {
  test('take turns, and the highest priority goes first', async () => {
    const shared = (name: string, priority = 0): JsonObject => ({
      models: [{ name, alias: 'shared' }],
      priority,
    });
    await store(shared('one'), shared('two'));
    expect(await answering('shared', 'shared', 'shared')).toEqual(['one', 'two', 'one']);
    await store(shared('one'), shared('two', 1));
    expect(await answering('shared', 'shared')).toEqual(['two', 'two']);
  });

  test('stand in for one that fails', async () => {
    const keys = ['dead-401', 'sk-test'].map((key) => ({ 'api-key': key }));
    await store({ 'api-key-entries': keys, models: [{ name: 'm' }] });
    expect((await chat('m')).status).toBe(200);
    upstream.seen.length = 0;
    expect((await chat('m')).status).toBe(200);
    expect(upstream.seen).toHaveLength(1);
  });
});

test('a header name that HTTP does not allow makes every chat fail', async () => {
  await store({ headers: { 'X Bad': 'v' }, models: [{ name: 'm' }] });
  expect(await chat('m')).toMatchObject({
    status: 500,
    message: expect.stringContaining('invalid header field name'),
  });
  expect(await chat('m')).toMatchObject({
    status: 503,
    message: expect.stringContaining('auth_unavailable'),
  });
});

test('an address without /v1 is used as it is', async () => {
  upstream.seen.length = 0;
  await store({ 'base-url': `${upstream.origin}/`, models: [{ name: 'm' }] });
  await chat('m');
  expect(upstream.seen.map(({ url }) => url)).toEqual(['/chat/completions']);
});

test('nothing listening is told with the address', async () => {
  await store({ 'base-url': 'http://127.0.0.1:9/v1', models: [{ name: 'm' }] });
  expect(await chat('m')).toMatchObject({
    status: 500,
    message: expect.stringContaining('connection refused'),
  });
});

test('brackets after a model ask for an effort', async () => {
  upstream.seen.length = 0;
  await store({ models: [{ name: 'm', alias: 'nice' }] });
  expect(await answering('nice(high)')).toEqual(['m']);
  expect(upstream.seen[0]?.body).toMatchObject({ model: 'm', reasoning_effort: 'high' });
});

test('a reset of the quota has a failed model tried again', async () => {
  await store({ models: [{ name: 'fail-401' }] });
  expect((await chat('fail-401')).status).toBe(401);
  expect((await chat('fail-401')).status).toBe(503);
  const headers = { Authorization: `Bearer ${fake.managementKey}` };
  const list = await fetch(`${fake.origin}/v0/management/openai-compatibility`, { headers });
  const index = /"auth-index":"(\w+)"/.exec(await list.text())?.[1];
  const reset = await fetch(`${fake.origin}/v0/management/reset-quota`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ auth_index: index }),
  });
  expect(await reset.json()).toEqual({ auth_index: index, models: ['fail-401'], status: 'ok' });
  expect((await chat('fail-401')).status).toBe(401);
});
