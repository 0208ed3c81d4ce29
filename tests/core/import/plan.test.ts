import type { BaseUrl } from '../../../src/core/base-url';
import { describe, expect, test } from 'vitest';
import type { Provider } from '../../../src/core/cliproxyapi/provider';
import { KEY, noticesOf, other, pick, planned, relay, typed } from './planning';

describe('a relay that is not in the list', () => {
  test('becomes a provider at its end, with names and aliases written out', () => {
    const plan = planned([other], {
      options: { prefix: '/p/', priority: 2, proxyUrl: ' direct ', headers: { ' X-A ': ' 1 ' } },
    });
    expect(plan).toMatchObject({ kind: 'create', index: 1, before: null, keyIndex: 0 });
    expect(plan.after).toEqual({
      name: 'Relay',
      priority: 2,
      prefix: 'p',
      'base-url': 'https://relay.example/v1',
      'api-key-entries': [{ 'api-key': KEY, 'proxy-url': 'direct' }],
      models: [
        { name: 'gpt-4o', alias: 'gpt-4o' },
        { name: 'claude', alias: 'claude' },
      ],
      headers: { 'X-A': '1' },
    });
  });

  test('is named after its host when it has no name, and beside one of its name with the host', () => {
    expect(planned([], { providerName: ' ' }).after.name).toBe('relay.example');
    const same: Provider = { ...other, name: ' relay ' };
    const plan = planned([same]);
    expect(plan.after.name).toBe('Relay (relay.example)');
    expect(plan.notices).toContainEqual({
      kind: 'name-taken',
      ref: { index: 0, name: 'relay', baseUrl: 'https://other.example/v1' },
      newName: 'Relay (relay.example)',
    });
    expect(planned([same, { ...other, name: 'Relay (relay.example)' }]).after.name).toBe(
      'Relay (relay.example) 2',
    );
  });

  test('may be added beside the one that is there, when the user says so', () => {
    expect(planned([relay], { target: { kind: 'create' } })).toMatchObject({ kind: 'create', index: 1 });
  });
});

describe('a relay that is in the list', () => {
  test('keeps its name, its URL and every field; the key is appended and new models are added', () => {
    const plan = planned([other, relay]);
    expect(plan).toMatchObject({
      kind: 'update',
      index: 1,
      keyIndex: 1,
      fields: ['api-key-entries', 'models'],
    });
    expect(plan.after).toEqual({
      ...relay,
      'api-key-entries': [...relay['api-key-entries']!, { 'api-key': KEY }],
      models: [...relay.models!, { name: 'claude', alias: 'claude' }],
    });
    expect(plan.expected).toEqual([
      { name: 'gpt-4o', alias: 'big' },
      { name: 'claude', alias: 'claude' },
    ]);
    expect(plan.notices).toContainEqual({ kind: 'kept-alias', count: 1 });
  });

  test('that holds the key and the models is unchanged, with or without sk- and whatever its aliases are', () => {
    const bare: Provider = { ...relay, 'api-key-entries': [{ 'api-key': KEY.slice(3), weight: 2 }] };
    const plan = planned([bare], { models: pick('gpt-4o') });
    expect(plan).toMatchObject({ kind: 'unchanged', fields: [], keyIndex: 0, onlyAdds: false });
    expect(plan.after).toBe(bare);
    expect(planned([bare], { models: pick('gpt-4o'), optionalPrefix: undefined }).kind).toBe('update');
  });

  test('gets another alias only for a model for which one was typed', () => {
    const plan = planned([relay], { models: [typed('gpt-4o', 'huge')] });
    expect(plan.after.models).toEqual([{ ...relay.models![0], alias: 'huge' }]);
    expect(plan.changes).toContainEqual({
      sign: '~',
      kind: 'alias',
      models: [{ name: 'gpt-4o', from: 'big', to: 'huge' }],
    });
    expect(plan.onlyAdds).toBe(false);
  });

  test('gets the proxy that was typed for this key, and the other keys keep theirs', () => {
    const two: Provider = {
      ...relay,
      'api-key-entries': [{ 'api-key': KEY, weight: 4 }, ...relay['api-key-entries']!],
    };
    const plan = planned([two], { options: { proxyUrl: 'socks5://u:pw@10.0.0.1:1080' } });
    expect(plan.after['api-key-entries']).toEqual([
      { 'api-key': KEY, weight: 4, 'proxy-url': 'socks5://u:pw@10.0.0.1:1080' },
      relay['api-key-entries']![0],
    ]);
    expect(plan.changes).toContainEqual({ sign: '~', kind: 'proxy', from: '', to: 'socks5://10.0.0.1:1080' });
  });

  test('without /v1 is dead at most relays: the plan says so and corrects it when asked', () => {
    const dead: Provider = { ...relay, 'base-url': 'https://relay.example/' };
    expect(planned([dead]).notices).toContainEqual({
      kind: 'no-version',
      name: 'My relay',
      baseUrl: 'https://relay.example/',
      proposed: 'https://relay.example/v1',
      corrected: false,
    });
    expect(planned([dead]).after['base-url']).toBe('https://relay.example/');
    expect(planned([dead], { correctBaseUrl: true }).after['base-url']).toBe('https://relay.example/v1');
  });

  test.each([
    ['http://relay.example/v1', true],
    ['https://relay.example/v1', false],
    ['http://127.0.0.1:3000/v1', false],
    ['http://nas.lan:3000/v1', false],
  ])('to be made for %s: that its key goes in clear is said: %s', (baseUrl, said) => {
    const kinds = planned([], { baseUrl: baseUrl as BaseUrl }).notices.map(({ kind }) => kind);
    expect(kinds.includes('open-http')).toBe(said);
  });

  test('that is switched off stays off unless the user says otherwise, and the plan says so', () => {
    const off: Provider = { ...relay, disabled: true };
    expect(planned([off]).after.disabled).toBe(true);
    expect(planned([off]).notices).toContainEqual({ kind: 'disabled', name: 'My relay', enabled: false });
    expect(planned([off], { enable: true }).after.disabled).toBe(false);
  });

  test('without keys is told: a key ends its keyless use', () => {
    const keyless: Provider = { ...relay, 'api-key-entries': null };
    expect(noticesOf(planned([keyless]))).toContain('keyless');
  });

  test('keeps its headers and gets those that were typed', () => {
    const withHeaders: Provider = { ...relay, headers: { 'X-A': 'secret', 'X-B': 'b' } };
    expect(planned([withHeaders], { options: { headers: { 'X-B': 'c' } } }).after.headers).toEqual({
      'X-A': 'secret',
      'X-B': 'c',
    });
  });

  test('gets the prefix and the priority that were typed, and loses none that were not', () => {
    const plan = planned([{ ...relay, prefix: 'p' }], { options: { priority: 0, prefix: '' } });
    expect([plan.after['priority'], plan.after.prefix]).toEqual([0, '']);
    expect(plan.changes).toContainEqual({ sign: '~', kind: 'priority', from: '3', to: '0' });
    expect(planned([{ ...relay, prefix: 'p' }]).after).toMatchObject({ prefix: 'p', priority: 3 });
  });
});
