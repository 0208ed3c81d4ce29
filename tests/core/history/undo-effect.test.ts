import { expect, test } from 'vitest';
import { undoEffect } from '../../../src/core/history/undo-effect';

const provider = (sign: '+' | '=' | '−', name: string) =>
  ({ sign, kind: 'provider', name, baseUrl: 'https://r.example', chosen: false }) as const;
const models = (sign: '+' | '−', ...names: string[]) =>
  ({ sign, kind: 'models', models: names.map((name) => ({ name, alias: name })) }) as const;

test('what was added goes, what was taken out comes back, what was changed is as before, the rest is not spoken of', () => {
  expect(
    undoEffect([
      provider('+', 'New'),
      provider('=', 'Old'),
      provider('−', 'Gone'),
      { sign: '+', kind: 'key', mask: 'sk-1' },
      { sign: '=', kind: 'key', mask: 'sk-2' },
      { sign: '−', kind: 'keys', masks: ['sk-3', 'sk-4'] },
      models('+', 'a', 'b'),
      models('−', 'c'),
      { sign: '~', kind: 'alias', models: [{ name: 'd', from: 'd', to: 'e' }] },
      { sign: '+', kind: 'prefix', from: '', to: 'team' },
      { sign: '=', kind: 'in-it', keys: 1, models: 2, fields: [] },
      { sign: '=', kind: 'rest', providers: 1, keys: 1 },
    ]),
  ).toEqual({
    removed: ['New'],
    kept: ['Old'],
    keys: ['sk-1'],
    models: 2,
    back: { providers: ['Gone'], keys: 2, models: 1 },
    settings: 2,
  });
});
