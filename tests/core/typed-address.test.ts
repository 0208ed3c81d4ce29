import { describe, expect, test } from 'vitest';
import { addressTrouble, typedAddress } from '../../src/core/typed-address';

const KEYS = [
  'sk-Labk0000000000000000000000000000000000000000one1',
  'sk-proj-Lab_0000-1111',
  'sk-12345678',
  'AIzaLab0000000000000000000000000000000',
  'gsk_Lab0000000000000000',
  '0123456789abcdef0123456789abcdef',
  '0123456789abcdef0123456789abcdef.Lab0123456789ab',
  '01234567-89ab-4def-8123-456789abcdef',
];

describe('a key in the place of an address', () => {
  test.each([...KEYS, ...KEYS.filter((key) => key.length >= 20).map((key) => `https://${key}/v1`)])(
    '%s is refused, and is not in the refusal',
    (text) => {
      expect(typedAddress(` ${text} `)).toEqual({ ok: false, failure: { code: 'address-is-key' } });
      expect(addressTrouble(text)).toBe('key');
    },
  );

  test.each([
    'relay.example',
    'sk-relay.example',
    'sk-api.relay-number-1.example/v1/chat/completions',
    'https://sk-relay.example',
    'http://sk-server01:3000',
    'sk-server01:3000',
    'nas',
    '192.168.1.20:8317',
    '[fd00::1]:8317',
    'https://0123456789abcdef0123456789abcdef.relay.example',
    'https://0123456789abcdef0123456789abcdef.xn--p1ai',
    'localhost:8317/v0/management',
  ])('%s is an address', (text) => {
    expect(typedAddress(text)).toMatchObject({ ok: true });
    expect(addressTrouble(text)).toBeUndefined();
  });
});

test.each([
  ['http://relay.example', 'open-http'],
  ['HTTP://relay.example:3000/v1', 'open-http'],
  ['http://8.8.8.8', 'open-http'],
  ['https://relay.example', undefined],
  ['http://192.168.1.20:3000', undefined],
  ['http://localhost:3000', undefined],
  ['http://nas.lan', undefined],
  ['http://', undefined],
  ['', undefined],
])('of %s is said: %s', (text, said) => expect(addressTrouble(text)).toBe(said));

test('what is no address at all is refused as such', () =>
  expect(typedAddress('two words')).toMatchObject({ failure: { code: 'bad-url', text: 'two words' } }));
