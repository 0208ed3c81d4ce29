import { expect, test } from 'vitest';
import { asMemory } from '../../../../src/core/cliproxyapi/v8/as-memory';

const URL = 'https://one.example';

test('an entry of memory is trimmed, and has nothing where its file has no value', () => {
  const group = {
    name: ' a ',
    'base-url': ` ${URL} `,
    prefix: '/p/',
    disabled: null,
    headers: { ' X-One ': ' 1 ', 'X-None': '' },
    keys: [{ 'api-key': ' k ', 'proxy-url': ' direct ' }],
    models: [{ name: ' m ', alias: null }],
  };
  expect(asMemory('openai-compatibility', [group])).toEqual([
    {
      name: 'a',
      'base-url': URL,
      prefix: 'p',
      headers: { 'X-One': '1' },
      'api-key-entries': [{ 'api-key': 'k', 'proxy-url': ' direct ' }],
      models: [{ name: ' m ' }],
    },
  ]);
});

test('what is never loaded is left out, and so is the second of what is loaded once', () => {
  const keys = [{ 'api-key': 'k' }, { 'api-key': 'k' }, { 'api-key': '' }];
  expect(asMemory('codex-api-key', [{ name: 'a', keys }])).toEqual([]);
  expect(asMemory('vertex-api-key', [{ name: 'a', 'base-url': URL, keys }])).toEqual([
    { 'api-key': 'k', 'base-url': URL },
  ]);
  expect(asMemory('gemini-api-key', [{ name: 'a', keys }])).toEqual([{ 'api-key': 'k' }]);
});

test('what should be text is shown as text, and nothing else is', () => {
  const keys = [{ 'api-key': 123, weight: 2, headers: { 'X-On': true } }];
  const group = { name: 'a', 'base-url': URL, priority: 3, keys, models: [{ name: 4, 'is-compat': true }] };
  expect(asMemory('claude-api-key', [group])).toEqual([
    {
      'api-key': '123',
      weight: 2,
      headers: { 'X-On': 'true' },
      'base-url': URL,
      priority: 3,
      models: [{ name: '4', 'is-compat': true }],
    },
  ]);
});
