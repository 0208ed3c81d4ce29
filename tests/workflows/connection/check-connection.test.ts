import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkConnection } from '../../../src/workflows/connection/check-connection';
import { forgetConnection, saveConnection } from '../../../src/workflows/connection/save-connection';
import type { Ports } from '../../../src/workflows/ports';
import { file, onFile } from '../cliproxyapi/scene';
import { deny, must, never, nextLife, opened, openImport, scene, type Scene } from '../scene';

const check = async (ports: Ports) => must(await checkConnection(ports, never()));
const managed = ({ proxy }: Scene): string[] =>
  proxy.requests
    .filter(({ path }) => path.startsWith('/v0/'))
    .map(({ method, status }) => `${method} ${status}`);

/** Something else that listens: answers all requests the same way. */
async function listener(
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ origin: string; seen: string[] }> {
  const seen: string[] = [];
  const server: Server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

async function at(made: Scene, address: string): Promise<Ports> {
  must(await saveConnection(made.ports, { address, managementKey: 'mk-secret', remember: 'device' }));
  return made.ports;
}

describe('Test connection', () => {
  test('of a sound proxy finds version, providers, keys, models and those that serve nothing', async () => {
    const made = await scene();
    expect(await check(made.ports)).toMatchObject({
      passed: ['reachable', 'product', 'access', 'key', 'content'],
      failure: null,
      found: {
        version: '7.2.140',
        providers: 2,
        keys: 2,
        models: 2,
        empty: [],
        exampleKeys: false,
        readOnly: null,
      },
    });
    await made.proxy.setLists('openai-compatibility', [
      { name: 'hollow', 'base-url': 'https://x.example/v1' },
    ]);
    expect(await check(made.ports)).toMatchObject({ found: { empty: ['hollow'] } });
  });

  test('sends the key once, and only after it knows what listens there', async () => {
    const made = await scene();
    await check(made.ports);
    expect(made.proxy.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /',
      'GET /v0/management/config',
    ]);
  });

  test('finds example keys and a server that may only be read', async () => {
    expect(await check((await scene({ proxy: { proxyKeys: ['your-api-key-1'] } })).ports)).toMatchObject({
      found: { exampleKeys: true },
    });
    expect(await check((await scene({ proxy: { version: '6.9.38' } })).ports)).toMatchObject({
      failure: null,
      found: { readOnly: { code: 'too-old', version: '6.9.38', floor: '6.9.39' } },
    });
  });

  test.each([
    ['of 8.x, as it was on 7.x', { version: '8.0.20' }, 'old'],
    ['of 8.x, in the layout of its own', { version: '8.0.20', layout: 'new' }, 'new'],
    ['of 8.x, half and half', { version: '8.0.20', layout: 'mixed' }, 'mixed'],
    ['of a build that names no version', { version: 'dev', layout: 'new' }, 'new'],
    ['of 7.x', { version: '7.2.140' }, null],
  ] as const)('tells the layout of the file %s', async (_, proxy, layout) => {
    const { ports } = await scene({ proxy });
    expect(await check(ports)).toMatchObject({ found: { version: proxy.version, layout, readOnly: null } });
  });

  test.each([
    [
      'a field that it may not know',
      'prefix: 7\n          note: x',
      {
        readOnly: null,
        file: [
          { kind: 'unknown-field', family: 'codex', place: '1: keys[0].note' },
          { kind: 'not-text', family: 'codex', place: '1: keys[0].prefix' },
        ],
      },
    ],
    [
      'groups that stop every write',
      'prefix: a\n    - name: b\n      keys:',
      {
        readOnly: { code: 'file-without-keys', family: 'codex', place: '2: keys' },
        file: [],
      },
    ],
  ])('names what is in the way of writes to the file: %s', async (_, rest, found) => {
    const groups = `  codex:\n    - name: a\n      base-url: https://a.example/v1\n      keys:\n        - api-key: sk-fake-1\n          ${rest}\n`;
    const { ports } = await onFile(file(groups));
    expect(await check(ports)).toMatchObject({ failure: null, found: { layout: 'new', ...found } });
  });

  test('says so where the file cannot be read', async () => {
    const made = await scene({ proxy: { version: '8.0.20' } });
    made.proxy.faults.answer = (_method, path) =>
      path.endsWith('/config.yaml') ? { status: 500 } : undefined;
    expect(await check(made.ports)).toMatchObject({ found: { layout: 'unknown' } });
  });

  test('tells management that is off from a wrong address', async () => {
    const made = await scene({ proxy: { managementKey: null } });
    expect(await check(made.ports)).toMatchObject({
      passed: ['reachable', 'product'],
      failure: { code: 'management-off' },
    });
  });

  test('tells a proxy that has lost its configuration', async () => {
    const made = await scene();
    await opened(made.ports, made.keyId);
    made.proxy.faults.collapseWithPassword = true;
    expect(await check(made.ports)).toMatchObject({ failure: { code: 'collapsed' } });
  });

  test.each([
    ['a page', 200, '<!doctype html><title>Router</title>', 'reply-html'],
    ['other JSON', 200, '{"message":"hello"}', 'not-cliproxyapi'],
    ['text', 200, 'hello', 'not-cliproxyapi'],
    ['a redirect', 302, '', 'redirected'],
  ])('never sends the key to something else: %s', async (_name, status, body, code) => {
    const { origin, seen } = await listener(
      status,
      body,
      status === 302 ? { Location: 'http://127.0.0.1:9/' } : {},
    );
    expect(await check(await at(await scene(), origin))).toMatchObject({
      passed: ['reachable'],
      failure: { code },
    });
    expect(seen.join()).not.toContain('mk-secret');
  });

  test('tells a closed port, a time-out, plain http where https is spoken, and a bad certificate', async () => {
    const made = await scene();
    expect(await check(await at(made, 'http://127.0.0.1:9'))).toMatchObject({
      passed: [],
      failure: { code: 'unreachable' },
    });
    made.proxy.faults.hang = () => true;
    expect(await check(await at(made, made.proxy.origin))).toMatchObject({
      passed: [],
      failure: { code: 'timeout' },
    });
    const tls = await listener(400, 'Client sent an HTTP request to an HTTPS server.\n');
    expect(await check(await at(made, tls.origin))).toMatchObject({ failure: { code: 'wants-https' } });
    const plain = await listener(200, 'x');
    expect(await check(await at(made, plain.origin.replace('http:', 'https:')))).toMatchObject({
      failure: { code: 'tls' },
    });
  });

  test('asks for the permission of the host before anything is sent', async () => {
    const made = await scene();
    deny(made.device, made.proxy.origin);
    expect(await check(made.ports)).toMatchObject({
      passed: [],
      failure: { code: 'host-permission', host: new URL(made.proxy.origin).host },
    });
    expect(await openImport(made.ports, new Map(), made.keyId)).toMatchObject({
      failure: { code: 'host-permission' },
    });
    expect(made.proxy.requests).toEqual([]);
  });

  test.each([
    [403, { error: 'remote management disabled' }, 'remote-disabled', ['reachable', 'product']],
    [403, { error: 'remote management key not set' }, 'key-not-set', ['reachable', 'product']],
    [401, { error: 'missing management key' }, 'key-not-received', ['reachable', 'product', 'access']],
    [401, 'Basic realm', 'forbidden', ['reachable', 'product']],
    [403, '<html>Forbidden by the gateway</html>', 'forbidden', ['reachable', 'product']],
    [500, '<html></html>', 'server-error', ['reachable', 'product']],
    [404, undefined, 'management-off', ['reachable', 'product']],
  ] as const)('tells a %d %j apart as %s', async (status, body, code, passed) => {
    const made = await scene();
    made.proxy.faults.answer = (_method, path) => (path.startsWith('/v0/') ? { status, body } : undefined);
    expect(await check(made.ports)).toMatchObject({ failure: { code }, passed });
  });

  test('knows the proxy also behind a reverse proxy that hides its root', async () => {
    const made = await scene();
    made.proxy.faults.answer = (method, path) =>
      method === 'GET' && path === '/' ? { status: 200, body: '<html>my site</html>' } : undefined;
    expect(await check(made.ports)).toMatchObject({ failure: null });
  });

  test('without a connection or without a key says so, and sends nothing', async () => {
    const made = await scene({ remember: 'session' });
    made.device.session.clear();
    const ports = nextLife(made);
    expect(await check(ports)).toMatchObject({ failure: { code: 'key-missing' } });
    expect(managed(made)).toEqual([]);
    must(await forgetConnection(ports));
    expect(await checkConnection(ports, never())).toMatchObject({ failure: { code: 'not-configured' } });
    expect(await openImport(ports, new Map(), made.keyId)).toMatchObject({
      failure: { code: 'not-configured' },
    });
  });
});
