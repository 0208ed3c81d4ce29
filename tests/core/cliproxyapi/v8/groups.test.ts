import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../../src/core/json';
import { readGroups } from '../../../../src/core/cliproxyapi/v8/groups';

const KEY = { 'api-key': 'sk-fake-1' };

describe('what is no answer of the families', () => {
  test.each([
    ['nothing', undefined],
    ['a list', []],
    ['a text', 'codex'],
    ['a family that is no list', { codex: {} }],
    ['a family without a value', { codex: null }],
    ['a group that is no object', { codex: ['a'] }],
    ['keys that are no list', { codex: [{ keys: {} }] }],
    ['a key that is no object', { codex: [{ keys: ['sk-fake-1'] }] }],
  ])('%s', (_, json) => {
    expect(readGroups(json)).toBeUndefined();
  });
});

test('no family at all is an answer', () => {
  expect(readGroups({})).toEqual({ families: {}, others: {}, notText: [], withoutKeys: [] });
});

test('groups come as they are, without the index of the server, which is data further inside', () => {
  const headers = { auth_index: 'kept' };
  const read = readGroups({
    codex: [
      {
        name: 'a',
        auth_index: '0123456789abcdef',
        headers,
        later: { auth_index: 1 },
        keys: [{ ...KEY, weight: 3, auth_index: 'fedcba9876543210', 'auth-index': 'x', prefix: null }],
      },
    ],
    'openai-compatibility': [],
  });
  expect(read).toEqual({
    families: {
      codex: [{ name: 'a', headers, later: { auth_index: 1 }, keys: [{ ...KEY, weight: 3, prefix: null }] }],
      'openai-compatibility': [],
    },
    others: {},
    notText: [],
    withoutKeys: [],
  });
});

test('families that are not known stay as they came, whatever they are', () => {
  const json: unknown = JSON.parse('{"kimi":[{"auth_index":"a"}],"odd":7,"__proto__":[1],"claude":[]}');
  const { families, others } = readGroups(json)!;
  expect(Object.keys(families)).toEqual(['claude']);
  expect(JSON.stringify(others)).toBe('{"kimi":[{"auth_index":"a"}],"odd":7,"__proto__":[1]}');
});

test('keys without a value are named, and stay', () => {
  const groups = [{ name: 'a', keys: null }, { name: 'b' }, { name: 'c', keys: [] }];
  const { families, withoutKeys } = readGroups({ 'openai-compatibility': groups })!;
  expect(families['openai-compatibility']).toEqual(groups);
  expect(withoutKeys.map(({ group, field }) => [group, field])).toEqual([
    [0, 'keys'],
    [1, 'keys'],
  ]);
});

test('every place is named where a text is none, and no value is told', () => {
  const group = {
    name: 123,
    'base-url': true,
    prefix: null,
    headers: { 'X-A': 1, 'X-B': 'b', 'X-C': null },
    models: [
      { name: 4, alias: 'four' },
      { name: 'm', 'display-name': false },
    ],
    'excluded-models': ['a', 5],
    priority: 2,
    keys: [KEY, { 'api-key': 83, 'proxy-url': 1, weight: 1 }],
  };
  const { notText } = readGroups({ claude: [{ name: 'fine', keys: [KEY] }, group] })!;
  expect(notText.every(({ family, group: at }) => family === 'claude' && at === 1)).toBe(true);
  expect(notText.map(({ field }) => field)).toEqual([
    'name',
    'base-url',
    'headers.X-A',
    'models[0].name',
    'models[1].display-name',
    'excluded-models[1]',
    'keys[1].api-key',
    'keys[1].proxy-url',
  ]);
});

test('a number that JavaScript cannot hold is no text, either', () => {
  const json = parseJson('{"xai":[{"keys":[{"api-key":12345678901234567890}]}]}');
  expect(readGroups(json)!.notText).toEqual([{ family: 'xai', group: 0, field: 'keys[0].api-key' }]);
});
