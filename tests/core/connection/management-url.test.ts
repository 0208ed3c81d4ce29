import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseManagementUrl, SUGGESTED_ADDRESS } from '../../../src/core/connection/management-url';

const rootOf = (text: string): string | undefined => {
  const url = parseManagementUrl(text);
  return url.ok ? url.value.root : undefined;
};

describe('whatever is pasted, the management URL is found', () => {
  test.each([
    ['localhost:8317', 'http://localhost:8317'],
    ['127.0.0.1:8317', 'http://127.0.0.1:8317'],
    ['localhost', 'http://localhost'],
    ['[::1]:8317', 'http://[::1]:8317'],
    ['nas:8317', 'http://nas:8317'],
    ['nas.local:8317/', 'http://nas.local:8317'],
    ['192.168.1.5:8317', 'http://192.168.1.5:8317'],
    ['proxy.example', 'https://proxy.example'],
    ['proxy.example:8317', 'https://proxy.example:8317'],
    ['http://proxy.example:8317', 'http://proxy.example:8317'],
    ['http:/localhost:8317', 'http://localhost:8317'],
    ['  http://localhost:8317/  ', 'http://localhost:8317'],
    ['http://localhost:8317//', 'http://localhost:8317'],
    [SUGGESTED_ADDRESS, 'http://localhost:8317'],
    ['http://localhost:8317/v0/management/', 'http://localhost:8317'],
    ['http://localhost:8317//v0//management//', 'http://localhost:8317'],
    ['localhost:8317/v0/management/openai-compatibility', 'http://localhost:8317'],
    ['http://localhost:8317/v0/management/config.yaml', 'http://localhost:8317'],
    ['http://localhost:8317/v8/management/config', 'http://localhost:8317'],
    ['http://localhost:8317/management.html', 'http://localhost:8317'],
    ['http://localhost:8317/management.html#/ai-providers', 'http://localhost:8317'],
    ['http://localhost:8317/management.html?x=1#/login', 'http://localhost:8317'],
    ['http://localhost:8317/v1', 'http://localhost:8317'],
    ['http://localhost:8317/V0/Management', 'http://localhost:8317'],
    ['https://host.example/cpa', 'https://host.example/cpa'],
    ['https://host.example/cpa/', 'https://host.example/cpa'],
    ['https://host.example/cpa/v0/management', 'https://host.example/cpa'],
    ['https://host.example/a/b/v0/management/openai-compatibility/', 'https://host.example/a/b'],
    ['https://host.example/cpa/management.html#/', 'https://host.example/cpa'],
    ['HTTPS://Host.Example:443/', 'https://host.example'],
  ])('%s', (text, root) => {
    expect(rootOf(text)).toBe(root);
    expect(parseManagementUrl(text)).toMatchObject({
      ok: true,
      value: { management: `${root}/v0/management` },
    });
  });

  test.each(['', '   ', 'ftp://localhost:8317', 'http://', 'local host:8317', 'localhost:port'])(
    '%j is none',
    (text) => {
      expect(parseManagementUrl(text)).toMatchObject({ ok: false, failure: { code: 'bad-url' } });
    },
  );

  test('never has a slash too many, which the server answers with a redirect or a counted failure', () => {
    const parts = fc.array(
      fc.constantFrom('/', '//', 'a', 'v0', 'management', '/v0/management', '/management.html', 'v1'),
    );
    fc.assert(
      fc.property(parts, (tail) => {
        const url = parseManagementUrl(`http://localhost:8317/${tail.join('')}`);
        fc.pre(url.ok);
        expect(url.value.management).toMatch(/^http:\/\/localhost:8317(?:\/[^/]+)*\/v0\/management$/);
        expect(parseManagementUrl(url.value.management)).toEqual(url);
      }),
    );
  });
});

test.each([
  ['localhost:8317', 'loopback'],
  ['https://localhost:8317', 'loopback'],
  ['http://127.0.0.1:8317', 'loopback'],
  ['http://192.168.1.5:8317', 'private'],
  ['http://nas:8317', 'private'],
  ['https://proxy.example', 'https'],
  ['http://proxy.example', 'open'],
  ['http://8.8.8.8:8317', 'open'],
])('%s is reached by %s', (text, transport) => {
  expect(parseManagementUrl(text)).toMatchObject({ ok: true, value: { transport } });
});

test('the browser is asked for that host alone, whatever the port', () => {
  expect(parseManagementUrl('https://proxy.example:8443/cpa')).toMatchObject({
    value: { pattern: '*://proxy.example/*', host: 'proxy.example:8443' },
  });
  expect(parseManagementUrl('http://nas:8317')).toMatchObject({ value: { pattern: '*://nas/*' } });
});

test('for plain http to this computer it is asked for exactly what was granted at install', () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]'])
    expect(parseManagementUrl(`${host}:8317`)).toMatchObject({ value: { pattern: `http://${host}/*` } });
  expect(parseManagementUrl('https://localhost')).toMatchObject({ value: { pattern: '*://localhost/*' } });
});
