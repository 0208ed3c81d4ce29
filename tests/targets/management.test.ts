import { describe, expect, test } from 'vitest';
import type { Provider } from '../../src/core/cliproxyapi/provider';
import { fail, ok } from '../../src/core/failures/result';
import { callThroughProxy } from '../../src/targets/cliproxyapi/api-call';
import { knowsDisabled, readWholeConfig } from '../../src/targets/cliproxyapi/read-config';
import { readRegistry } from '../../src/targets/cliproxyapi/read-registry';
import type { ManagementCall, SendManagement } from '../../src/targets/cliproxyapi/send';
import { deleteProvider, putProviders, writeChange } from '../../src/targets/cliproxyapi/write-change';

const a: Provider = { name: 'a', 'base-url': 'https://a.example/v1', models: [{ name: 'm' }], future: 1 };
const b: Provider = { name: 'b', 'base-url': 'https://b.example/v1' };

function recorder(
  reply: unknown = { status: 'ok' },
  headers: Record<string, string> = {},
): { send: SendManagement; calls: ManagementCall[] } {
  const calls: ManagementCall[] = [];
  const text = typeof reply === 'string' ? reply : JSON.stringify(reply);
  return {
    calls,
    send: async (call) => {
      calls.push(call);
      return ok({ status: 200, text, header: (name) => headers[name.toLowerCase()] ?? null });
    },
  };
}

async function written(before: Provider | null, after: Provider, fields: string[], list?: Provider[]) {
  const { send, calls } = recorder();
  const kind = before ? 'update' : 'create';
  await writeChange(send, 'cpa.example', {
    kind,
    list: 'openai-compatibility',
    before,
    after,
    fields,
    providers: list ?? [after, b],
  });
  expect(calls).toHaveLength(1);
  return { method: calls[0]!.method, path: calls[0]!.path, body: calls[0]!.body };
}

describe('a plan is carried out with one write', () => {
  test('a new entry: the whole list', async () => {
    expect(await written(null, a, ['name'], [b, a])).toEqual({
      method: 'PUT',
      path: '/openai-compatibility',
      body: [b, a],
    });
  });

  test('a changed entry: only its changed fields, by name, so that nobody else is even sent', async () => {
    const after = { ...a, models: [{ name: 'm' }, { name: 'n' }], 'api-key-entries': [{ 'api-key': 'k' }] };
    expect(await written(a, after, ['models', 'api-key-entries'])).toEqual({
      method: 'PATCH',
      path: '/openai-compatibility',
      body: { name: 'a', value: { models: after.models, 'api-key-entries': after['api-key-entries'] } },
    });
  });

  test.each<[string, Provider, Provider, string[], Provider[]?]>([
    ['a field that PATCH answers with 200 and ignores', a, { ...a, priority: 2 }, ['priority']],
    ['a field that is taken away', { ...a, headers: { x: '1' } }, a, ['headers']],
    ['a name that two entries have', a, { ...a, prefix: 'p' }, ['prefix'], [{ ...a, prefix: 'p' }, a]],
    ['no name', { ...a, name: '' }, { ...a, name: '', prefix: 'p' }, ['prefix']],
    ['a name with blanks around it', { ...a, name: ' a ' }, { ...a, name: ' a ', prefix: 'p' }, ['prefix']],
    ['a field of tomorrow', a, { ...a, tomorrow: 1 }, ['tomorrow']],
  ])('%s: the whole list', async (_name, before, after, fields, list) => {
    expect((await written(before, after, fields, list)).method).toBe('PUT');
  });

  test('a list with an entry without base URL is never sent: it would be dropped, or clear the list', () => {
    const { send, calls } = recorder();
    for (const list of [[{ name: 'x' }], [a, { ...b, 'base-url': ' ' }]])
      expect(() => putProviders(send, 'openai-compatibility', list)).toThrow('no base URL');
    expect(calls).toEqual([]);
  });

  test('an entry is deleted by its name, which may hold any sign', async () => {
    const { send, calls } = recorder();
    await deleteProvider(send, 'a & b/中 #1');
    expect(calls[0]).toMatchObject({
      method: 'DELETE',
      path: '/openai-compatibility?name=a%20%26%20b%2F%E4%B8%AD%20%231',
    });
  });

  test('writes are given 30 s, reads 10', async () => {
    const { send, calls } = recorder({ 'openai-compatibility': [] });
    await putProviders(send, 'openai-compatibility', [a]);
    await readWholeConfig(send, { root: 'http://h', host: 'h' });
    expect(calls.map(({ timeoutMs }) => timeoutMs)).toEqual([30_000, 10_000]);
  });
});

describe('reading', () => {
  test('the configuration comes with the version, or without one', async () => {
    const config = { 'openai-compatibility': [a], 'api-keys': ['k'] };
    const { send } = recorder(config, { 'x-cpa-version': 'v7.2.140', 'x-cpa-support-plugin': '1' });
    expect(await readWholeConfig(send, { root: 'http://h', host: 'h' })).toMatchObject({
      ok: true,
      value: { lists: { 'openai-compatibility': [a] }, version: 'v7.2.140', supportsPlugins: true },
    });
    expect(await readWholeConfig(recorder(config).send, { root: 'http://h', host: 'h' })).toMatchObject({
      value: { version: null, supportsPlugins: false },
    });
  });

  test.each([
    ['<html>', 'reply-html'],
    ['{"cut', 'reply-not-json'],
    ['', 'reply-not-json'],
    [{}, 'reply-shape'],
    [{ 'openai-compatibility': {} }, 'reply-shape'],
  ])('%j is a failure, never an empty list', async (reply, code) => {
    expect(await readWholeConfig(recorder(reply).send, { root: 'http://h', host: 'h' })).toMatchObject({
      ok: false,
      failure: { code },
    });
  });

  test('what the registry lists for a credential; nothing is nothing, another shape is a failure', async () => {
    const { send, calls } = recorder({ models: [{ id: 'm', type: 'x' }, { id: 'n' }] });
    expect(await readRegistry(send, 'h', 'openai-compatibility:a:123')).toEqual(ok(new Set(['m', 'n'])));
    expect(calls[0]!.path).toBe('/auth-files/models?name=openai-compatibility%3Aa%3A123');
    for (const reply of [{ models: [] }, { models: null }, {}])
      expect(await readRegistry(recorder(reply).send, 'h', 'x')).toEqual(ok(new Set()));
    for (const reply of [{ models: 'x' }, { models: [{}] }, []])
      expect(await readRegistry(recorder(reply).send, 'h', 'x')).toMatchObject({
        failure: { code: 'reply-shape' },
      });
  });

  test('a build without a number knows "disabled" if every entry shows it', async () => {
    const knows = (list: unknown) => knowsDisabled(recorder({ 'openai-compatibility': list }).send, 'h');
    expect(await knows([{ disabled: false }, { disabled: true }])).toEqual(ok(true));
    expect(await knows([{ disabled: false }, {}])).toEqual(ok(false));
    expect(await knows([])).toEqual(ok(true));
    expect(await knows('x')).toMatchObject({ failure: { code: 'reply-shape' } });
  });
});

describe('a request through the proxy', () => {
  const request = {
    method: 'GET' as const,
    url: 'https://relay.example/v1/models',
    header: { Authorization: 'Bearer k' },
  };

  test('comes back with the status of the other side, whatever that is', async () => {
    const { send, calls } = recorder({ status_code: 429, header: { 'Retry-After': ['7'] }, body: 'slow' });
    expect(await callThroughProxy(send, 'h', request)).toEqual(
      ok({ status: 429, text: 'slow', retryAfter: '7' }),
    );
    expect(calls[0]).toMatchObject({ method: 'POST', path: '/api-call', body: request });
  });

  test('without an answer, or with an odd one, is a failure', async () => {
    expect(await callThroughProxy(recorder({ status: 'ok' }).send, 'h', request)).toMatchObject({
      failure: { code: 'reply-shape' },
    });
    const refused: SendManagement = async () => fail({ code: 'server-error', host: 'h', status: 502 });
    expect(await callThroughProxy(refused, 'h', request)).toMatchObject({
      failure: { code: 'server-error', status: 502 },
    });
  });
});
