import { describe, expect, test } from 'vitest';
import {
  editChanges,
  editedAddress,
  editTrouble,
  lostForGood,
  sendsKeyElsewhere,
} from '../../../src/core/channels/edit';
import { channel } from './channels';

const SITE = { gemini: 24, siteUrl: 'https://site.example' };

describe('the address of a channel', () => {
  test.each([
    [1, 'https://r.example/v1/', 'https://r.example'],
    [14, 'https://r.example/v1/messages', 'https://r.example'],
    [24, 'https://r.example/v1beta', 'https://r.example'],
    [1, ' ', ''],
    // A provider with ways of its own: as typed.
    [8, 'https://r.example/api/v3/chat/completions', 'https://r.example/api/v3/chat/completions'],
  ])('of type %i: %s becomes %s', (type, typed, value) => {
    expect(editedAddress(typed, type, SITE)).toEqual({ ok: true, value });
  });

  test.each([
    [1, 'https://r.example/v4', 'channel-version'],
    [1, 'http://site.example/v1', 'channel-own-site'],
    [8, 'https://site.example/v1', 'channel-own-site'],
    [8, 'no address at all', 'bad-url'],
    [8, 'sk-fake0000000000000000000000', 'address-is-key'],
    [1, 'https://sk-fake0000000000000000000000', 'address-is-key'],
  ])('of type %i is refused: %s', (type, typed, code) => {
    expect(editedAddress(typed, type, SITE)).toMatchObject({ ok: false, failure: { code } });
  });
});

test.each([
  [{ models: ' ' }, {}, 'channel-last-model'],
  [{ mapping: '{"a":1}' }, {}, 'channel-mapping'],
  [{}, { key: ' ' }, 'bad-key'],
  [{}, { key: 'sk-fake 1' }, 'bad-key'],
  [{}, { key: 'sk-fa****0001' }, 'bad-key'],
  [{ baseUrl: 'https://r.example/v4' }, {}, 'channel-version'],
])('an edit of %o with %o is not sent: %s', (fields, secrets, code) => {
  expect(editTrouble('x', { fields, secrets }, SITE, 1)).toMatchObject({ code });
});

test('the key of a provider with ways of its own may be a text with blanks', () => {
  expect(editTrouble('x', { fields: {}, secrets: { key: '{"a": 1}' } }, SITE, 41)).toBeUndefined();
});

test('an address is judged by the type that the channel is to have', () => {
  const asked = { fields: { baseUrl: 'https://r.example/v4', type: 8 } };
  expect(editTrouble('x', asked, SITE, 1)).toBeUndefined();
});

test('says what nobody can put back, and when a key goes to a server that has not had it', () => {
  const key = { fields: {}, secrets: { key: 'sk-fake-1', headerOverride: '{}' } };
  expect(lostForGood({ headers: 'set' }, key)).toEqual(['key', 'headers']);
  expect(lostForGood({ headers: 'none' }, key)).toEqual(['key']);
  const moved = { fields: { baseUrl: 'https://other.example' } };
  expect(lostForGood({ addressHidden: true }, moved)).toEqual(['address']);
  expect(lostForGood({}, moved)).toEqual([]);
  expect(sendsKeyElsewhere('https://r.example', moved)).toBe(true);
  expect(sendsKeyElsewhere('https://other.example/x', moved)).toBe(false);
  expect(sendsKeyElsewhere('https://r.example', { ...moved, secrets: { key: 'sk-fake-1' } })).toBe(false);
});

test('the diff tells of a secret only that it comes in the place of another', () => {
  const changes = editChanges(channel({ priority: 1 }), {
    fields: { priority: 2 },
    secrets: { key: 'sk-fake-1', headerOverride: '' },
  });
  expect(changes.map(({ field, to }) => [field, to])).toEqual([
    ['priority', '2'],
    ['key', '•'],
    ['headerOverride', ''],
  ]);
});
