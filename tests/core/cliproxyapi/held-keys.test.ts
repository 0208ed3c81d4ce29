import { describe, expect, test } from 'vitest';
import { heldKeys, presenceOf, type HeldKeys } from '../../../src/core/cliproxyapi/held-keys';
import { readConfig } from '../../../src/core/cliproxyapi/proxy-config';
import { maskKey, showRelayMask } from '../../../src/core/mask';

const KEY = 'sk-fakeAAAAAAAAAAAAAAAAAAAA0001';
const OTHER = 'sk-fakeBBBBBBBBBBBBBBBBBBBB0002';

const held = (lists: Record<string, unknown>): HeldKeys => {
  const server = { root: 'http://localhost:8317', version: null, supportsPlugins: true };
  const config = readConfig({ 'openai-compatibility': [], ...lists }, server);
  if (!config) throw new Error('not understood');
  return heldKeys(config);
};
const provider = (text: string, baseUrl = 'https://r1.example/v1') => ({
  'openai-compatibility': [{ name: 'R', 'base-url': baseUrl, 'api-key-entries': [{ 'api-key': text }] }],
});
const key = (mask = maskKey(KEY), host = 'r1.example') => ({ mask, host });

describe('what CLIProxyAPI holds', () => {
  test('is not known before it was asked', () => {
    expect(presenceOf(null, key())).toBe('unknown');
  });

  test('is a key of that host with that mask, in any list', () => {
    expect(presenceOf(held(provider(KEY)), key())).toBe('present');
    expect(presenceOf(held(provider(OTHER)), key())).toBe('absent');
    const claude = { 'claude-api-key': [{ 'api-key': KEY, 'base-url': 'https://r1.example' }] };
    expect(presenceOf(held(claude), key())).toBe('present');
  });

  test('is found by the mask of a relay too, with and without `sk-`', () => {
    const listed = key(showRelayMask('fake**********0001', 'sk-'));
    expect(presenceOf(held(provider(KEY)), listed)).toBe('present');
    expect(presenceOf(held(provider(KEY.slice(3))), listed)).toBe('present');
    expect(presenceOf(held(provider(KEY)), key(maskKey(KEY.slice(3))))).toBe('present');
  });

  test('is not said where the mask shows too little, or another address has its like', () => {
    expect(presenceOf(held(provider('sk-fake-short-1')), key(maskKey('sk-fake-short-1')))).toBe('unknown');
    expect(presenceOf(held(provider(OTHER)), key('…'))).toBe('unknown');
    expect(presenceOf(held(provider(OTHER)), key('sk-fa…01'))).toBe('unknown');
    expect(presenceOf(held(provider(KEY, 'https://r2.example/v1')), key())).toBe('unknown');
  });

  test('is not said to lack a key as long as a list was not understood', () => {
    const strange = { ...provider(OTHER), 'gemini-api-key': 'something else' };
    expect(presenceOf(held(strange), key())).toBe('unknown');
    expect(presenceOf(held({ ...strange, ...provider(KEY) }), key())).toBe('present');
  });

  test('is kept without the texts and without what an address holds', () => {
    const marks = JSON.stringify(held(provider(KEY, 'https://user:secret@r1.example/v1?token=secret')));
    expect(marks).not.toContain(KEY.slice(3, 12));
    expect(marks).not.toContain('secret');
    expect(marks).toContain('r1.example sk-fake…0001');
  });
});
