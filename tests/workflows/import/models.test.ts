import { describe, expect, test } from 'vitest';
import { fail } from '../../../src/core/failures/result';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import { relistModels } from '../../../src/workflows/import/relist-models';
import {
  apply,
  deny,
  entryOf,
  failed,
  importNow,
  MODELS,
  must,
  noticesOf,
  opened,
  planDialog,
  planOf,
  RELAY_KEY,
  scene,
  SECOND_KEY,
  served,
} from '../scene';

describe('the models of the relay', () => {
  test('are asked for by the browser, once, at the saved base URL', async () => {
    const { relay, ports, keyId } = await scene();
    const open = await opened(ports, keyId);
    expect(open.models).toEqual({ kind: 'listed', names: MODELS.toSorted(), via: 'browser' });
    expect(relay.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v1/models']);
  });

  test('are asked for by the proxy where the browser may not reach the relay, and the dialog says so', async () => {
    const { proxy, relay, device, ports } = await scene();
    // Both stand-ins live on this host; the relay is reached under another name of it.
    const other = must(
      await addKey(ports, {
        relayName: 'far',
        baseUrl: relay.origin.replace('127.0.0.1', 'localhost'),
        key: SECOND_KEY,
      }),
    );
    deny(device, 'http://localhost');
    const open = await opened(ports, other);
    expect(open.models).toEqual({ kind: 'listed', names: MODELS.toSorted(), via: 'proxy' });
    expect(proxy.requests.map(({ path }) => path)).toContain('/v0/management/api-call');
  });

  test('cannot be had without permission and without a proxy', async () => {
    const { device, relay, ports } = await scene();
    const { listModels } = await import('../../../src/workflows/cliproxyapi/list-models');
    deny(device, relay.origin);
    const shut = async () => fail({ code: 'not-configured' as const });
    expect(await listModels(ports, shut, `${relay.origin}/v1`, RELAY_KEY)).toMatchObject({
      failure: { code: 'relay-permission' },
    });
    expect(relay.requests).toEqual([]);
  });

  test('are asked for by the proxy when the browser cannot reach the relay; its failure is told from ours', async () => {
    const { relay, ports, keyId } = await scene();
    await relay.stop();
    const open = await opened(ports, keyId);
    expect(open.models).toMatchObject({ kind: 'refused', failure: { code: 'relay-via-proxy' } });
    expect(open.planned).toMatchObject({ kind: 'failed', failure: { code: 'no-models' } });
  });

  test('are never asked for behind a redirect, which could carry the key elsewhere', async () => {
    const { proxy, relay, ports, keyId } = await scene();
    const other = await scene();
    relay.faults.redirectTo = `${other.relay.origin}/v1/models`;
    const open = await opened(ports, keyId);
    expect(open.models).toMatchObject({ kind: 'refused', failure: { code: 'relay-redirected' } });
    expect(other.relay.requests).toEqual([]);
    expect(proxy.requests.map(({ path }) => path)).not.toContain('/v0/management/api-call');
  });

  test.each([
    [401, 'relay-key-refused'],
    [402, 'relay-no-balance'],
    [403, 'relay-forbidden'],
    [404, 'relay-not-found'],
    [429, 'relay-rate-limited'],
    [500, 'relay-error'],
    [503, 'relay-error'],
  ] as const)('that are refused with %d are %s, and nothing is planned', async (status, code) => {
    const { relay, ports, keyId } = await scene();
    relay.faults.modelsStatus = status;
    expect(await opened(ports, keyId)).toMatchObject({
      models: { kind: 'refused', failure: { code } },
      planned: { kind: 'failed' },
    });
  });

  test('at an address that the user typed are asked for there, or the address is refused: it never breaks the worker', async () => {
    const { relay, ports, keyId } = await scene();
    expect(await relistModels(ports, keyId, ` ${relay.origin}/v1/ `)).toMatchObject({
      ok: true,
      value: { via: 'browser' },
    });
    expect(await relistModels(ports, keyId, '  ')).toMatchObject({ failure: { code: 'bad-url' } });
    expect(await relistModels(ports, keyId, 'ftp://x')).toMatchObject({ failure: { code: 'bad-url' } });
    expect(await relistModels(ports, 'nobody', relay.origin)).toMatchObject({
      failure: { code: 'unknown-item' },
    });
    const bare = await relistModels(ports, keyId, `${relay.origin.replace('http://', '')}/v1`).catch(String);
    expect(bare).toMatchObject({ ok: false, failure: { code: 'bad-url' } });
  });

  test('with signs that nobody can see are left out, and the import of the others goes on', async () => {
    const { ports, keyId } = await scene({ relay: { models: ['gpt\t4o', 'deepseek-chat'] } });
    const open = await opened(ports, keyId);
    expect(open.models).toMatchObject({ names: ['deepseek-chat', 'gpt\t4o'] });
    expect(open.draft.models.map(({ name }) => name)).toEqual(['deepseek-chat']);
    expect(await apply(ports, keyId, open.draft, planOf(open).hash)).toEqual(served(1));
  });
});

test('a key of which no chosen model is taken is not called served by the models of others', async () => {
  const { proxy, relay, ports, keyId } = await scene({ relay: { models: ['gpt-4o(free)'] } });
  await proxy.setLists('openai-compatibility', [entryOf(relay.origin)]);
  expect(await importNow(ports, keyId)).toMatchObject({ kind: 'proved', card: { keyOnly: true, served: 1 } });
  expect(await noticesOf(ports)).toEqual([expect.objectContaining({ kind: 'served', keyOnly: true })]);
});

test('a key that its relay refuses is not added to its provider unless the user asks for it', async () => {
  const made = await scene();
  await made.proxy.setLists('openai-compatibility', [entryOf(made.relay.origin)]);
  made.relay.faults.modelsStatus = 401;
  const { draft, planned } = await opened(made.ports, made.keyId);
  expect(planned).toEqual(failed('relay-key-refused'));
  expect(await planDialog(made.ports, new Map(), made.keyId, draft)).toMatchObject({ kind: 'plan' });
});
