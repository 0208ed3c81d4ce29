import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  baseUrlAsTyped,
  baseUrlFromAddress,
  hostOf,
  isLoopbackHost,
  isOpenHttp,
  isPrivateHost,
  lacksVersion,
  modelsUrl,
  oddBaseUrl,
  relayIdentity,
  sameServer,
} from '../../src/core/base-url';

describe('a base URL from the address of a relay', () => {
  test.each([
    ['https://relay.example', 'https://relay.example/v1'],
    ['https://relay.example/', 'https://relay.example/v1'],
    ['  https://relay.example///  ', 'https://relay.example/v1'],
    ['relay.example', 'https://relay.example/v1'],
    ['//relay.example', 'https://relay.example/v1'],
    ['relay.example:8443/v1', 'https://relay.example:8443/v1'],
    ['localhost:3000', 'http://localhost:3000/v1'],
    ['192.168.1.9:3000', 'http://192.168.1.9:3000/v1'],
    ['nas:3000', 'http://nas:3000/v1'],
    ['[::1]:3000', 'http://[::1]:3000/v1'],
    ['8.8.8.8:3000', 'https://8.8.8.8:3000/v1'],
    ['HTTPS://Relay.Example/V1', 'https://relay.example/V1'],
    ['https://relay.example:443/v1/', 'https://relay.example/v1'],
    ['https://relay.example/v1/chat/completions', 'https://relay.example/v1'],
    ['https://relay.example/v1/models', 'https://relay.example/v1'],
    ['https://relay.example/v1/embeddings/', 'https://relay.example/v1'],
    ['https://relay.example/v1/responses', 'https://relay.example/v1'],
    ['https://relay.example/v1/responses/compact', 'https://relay.example/v1'],
    ['https://relay.example/v1/messages', 'https://relay.example/v1'],
    ['https://relay.example/v1/images/generations', 'https://relay.example/v1'],
    ['https://relay.example/v1/audio/speech', 'https://relay.example/v1'],
    ['https://relay.example/chat/completions', 'https://relay.example/v1'],
    ['https://relay.example/v1?key=1#top', 'https://relay.example/v1'],
    ['https://ark.example/api/v3', 'https://ark.example/api/v3'],
    ['https://glm.example/api/paas/v4/', 'https://glm.example/api/paas/v4'],
    ['https://google.example/v1beta/openai', 'https://google.example/v1beta/openai'],
    ['https://google.example/v1beta/openai/chat/completions', 'https://google.example/v1beta/openai'],
    ['https://relay.example/openai', 'https://relay.example/openai/v1'],
    ['https:/relay.example', 'https://relay.example/v1'],
    ['http:/192.168.1.9:3000', 'http://192.168.1.9:3000/v1'],
    ['https://relay.example/version1', 'https://relay.example/version1/v1'],
  ])('%s gives %s', (address, baseUrl) => {
    expect(baseUrlFromAddress(address)).toEqual({ ok: true, value: baseUrl });
  });

  test.each([
    '',
    '   ',
    'ftp://relay.example',
    'https://',
    'http:///',
    'two words',
    'javascript:alert(1)',
    'https://good.example\\@evil.example/v1',
    'https:\\\\relay.example',
    'https://*',
    'https://*.com',
    '*.example',
    'https://a b.c',
  ])('%j gives none', (address) => {
    expect(baseUrlFromAddress(address)).toMatchObject({ ok: false, failure: { code: 'bad-url' } });
  });

  test('names a version and no endpoint, is never empty, and stays as it is when it goes in again', () => {
    const path = fc.array(
      fc.constantFrom('v1', 'api', 'v3', 'openai', 'models', 'chat', 'completions', 'x'),
      {
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(
        fc.webAuthority({ withPort: true }),
        path,
        fc.constantFrom('', '/', '//'),
        (host, parts, end) => {
          const once = baseUrlFromAddress(`https://${host}/${parts.join('/')}${end}`);
          fc.pre(once.ok);
          expect(once.value).toMatch(/^https:\/\/[^/]+.*\/v\d[^/]*(?:\/openai)?$/);
          expect(baseUrlFromAddress(once.value)).toEqual(once);
          expect(lacksVersion(once.value)).toBe(false);
        },
      ),
    );
  });
});

describe('a base URL that the user typed', () => {
  test.each([
    ' https://relay.example/odd ',
    'http://127.0.0.1:9/',
    'https://relay.example/v1/chat/completions',
  ])('%j is kept as it was typed', (text) =>
    expect(baseUrlAsTyped(text)).toEqual({ ok: true, value: text.trim() }),
  );

  test.each(['', ' ', 'relay.example/v1', 'ftp://relay.example', 'https://', '/v1', 'https://a b'])(
    '%j is refused: the proxy could not call it, or would delete the provider',
    (text) => expect(baseUrlAsTyped(text)).toMatchObject({ ok: false, failure: { code: 'bad-url' } }),
  );

  test.each([
    ['https://relay.example/v1', undefined],
    ['https://relay.example/v1/', undefined],
    ['https://relay.example', 'no-version'],
    ['https://relay.example/v1/chat/completions', 'endpoint'],
    ['https://relay.example//v1', 'slashes'],
    ['https://relay.example/v1//', 'slashes'],
    ['https://relay.example/v1?x=1', 'query'],
    ['https://relay.example/v1#x', 'query'],
  ])('%s looks %s', (text, hint) => expect(oddBaseUrl(text)).toBe(hint));
});

describe('the identity of a relay', () => {
  const same = [
    'https://relay.example',
    'https://relay.example/',
    'https://RELAY.example:443/v1',
    'https://relay.example/v1//',
  ];
  test('does not depend on case of the host, default port, slashes and /v1', () => {
    expect(new Set(same.map(relayIdentity)).size).toBe(1);
  });

  test.each([
    'http://relay.example/v1',
    'https://relay.example:8443/v1',
    'https://relay.example/openai/v1',
    'https://relay.example/V2',
    'https://user:pw@relay.example/v1',
    'https://relay.example/v1?tenant=2',
    'https://relay2.example/v1',
    '',
  ])('%j is another relay', (other) => {
    expect(relayIdentity(other)).not.toBe(relayIdentity(same[0]!));
  });
});

test('models are asked for with one slash', () => {
  expect(modelsUrl('https://relay.example/v1')).toBe('https://relay.example/v1/models');
  expect(modelsUrl('https://relay.example/v1//')).toBe('https://relay.example/v1/models');
});

test('a host for sentences has its port', () => {
  expect(hostOf('https://relay.example:8443/v1')).toBe('relay.example:8443');
  expect(hostOf(' no url ')).toBe('no url');
});

test.each(['localhost', 'LOCALHOST', 'app.localhost', '127.0.0.1', '127.9.9.9', '[::1]'])(
  '%s is this computer',
  (host) => expect(isLoopbackHost(host)).toBe(true),
);

test.each(['localhost.example', '127.0.0.1.example', '128.0.0.1', '10.0.0.1', 'relay'])(
  '%s is not this computer',
  (host) => expect(isLoopbackHost(host)).toBe(false),
);

test.each([
  '10.1.2.3',
  '192.168.0.1',
  '172.16.0.1',
  '172.31.255.1',
  '169.254.1.1',
  '100.64.0.1',
  'nas',
  'nas.local',
  'box.lan',
  'x.home.arpa',
  '[fd00::1]',
  '[fe80::1]',
])('%s is a private network', (host) => expect(isPrivateHost(host)).toBe(true));

test.each([
  ['http://relay.example/v1', true],
  ['http://8.8.8.8:3000', true],
  ['https://relay.example/v1', false],
  ['http://127.0.0.1:3000/v1', false],
  ['http://nas.lan:3000', false],
  ['http://192.168.1.9', false],
])('whether a key sent to %s can be read on the way: %s', (url, open) =>
  expect(isOpenHttp(new URL(url))).toBe(open),
);

test.each([
  '172.32.0.1',
  '172.15.0.1',
  '100.63.0.1',
  '100.128.0.1',
  '11.0.0.1',
  '8.8.8.8',
  'relay.example',
  '[2001:db8::1]',
])('%s is not', (host) => expect(isPrivateHost(host)).toBe(false));

test.each([
  ['https://r.example/v1', 'https://R.example:443/api/v4', true],
  ['r.example', 'https://r.example/v1', true],
  ['https://r.example', 'http://r.example', false],
  ['https://r.example', 'https://r.example:8443', false],
  ['https://r.example', 'https://r.example.evil.example', false],
  ['https://good.example', 'https://good.example@evil.example', false],
  ['not a url', 'not a url', false],
])('%s and %s are of one server: %s', (one, other, same) => {
  expect(sameServer(one, other)).toBe(same);
  expect(sameServer(other, one)).toBe(same);
});
