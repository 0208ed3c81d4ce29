import { describe, expect, test } from 'vitest';
import type { Change } from '../../../src/core/import/change';
import { amountsOf, isIdle, sumChanges, sumPlans } from '../../../src/core/import/plan-sum';

const models = ['a', 'b'].map((name) => ({ name, alias: name }));
const provider = { kind: 'provider', name: 'Kumo', baseUrl: 'https://r1.example/v1', chosen: false } as const;

describe('a diff is summed up', () => {
  test('of a new provider, whose settings are part of it', () => {
    const changes: Change[] = [
      { sign: '+', ...provider },
      { sign: '+', kind: 'key', mask: 'sk-Labk…0001' },
      { sign: '+', kind: 'models', models },
      { sign: '+', kind: 'priority', from: '0', to: '5' },
      { sign: '=', kind: 'rest', providers: 3, keys: 5 },
    ];
    expect(sumChanges(changes)).toEqual({
      adds: amountsOf({ providers: 1, keys: 1, models: 2 }),
      changes: amountsOf({}),
      removes: amountsOf({}),
      stays: amountsOf({ providers: 3, keys: 5 }),
    });
  });

  test('of a provider that is joined: what stays in it counts with the rest, and is not counted twice', () => {
    const changes: Change[] = [
      { sign: '=', ...provider },
      { sign: '=', kind: 'key', mask: 'sk-Labk…0001' },
      { sign: '~', kind: 'alias', models: [{ name: 'a', from: 'x', to: 'y' }] },
      { sign: '~', kind: 'enabled', from: '', to: '' },
      { sign: '~', kind: 'priority', from: '0', to: '5' },
      { sign: '=', kind: 'in-it', keys: 2, models: 8, fields: ['headers'] },
      { sign: '=', kind: 'rest', providers: 1, keys: 1 },
    ];
    expect(sumChanges(changes)).toEqual({
      adds: amountsOf({}),
      changes: amountsOf({ aliases: 1, settings: 2 }),
      removes: amountsOf({}),
      stays: amountsOf({ providers: 1, keys: 3, models: 8, settings: 1 }),
    });
  });

  test('of what goes', () => {
    const changes: Change[] = [
      { sign: '−', ...provider },
      { sign: '−', kind: 'keys', masks: ['sk-Laba…0001', 'sk-Labb…0002'] },
      { sign: '−', kind: 'models', models },
    ];
    expect(sumChanges(changes).removes).toEqual(amountsOf({ providers: 1, keys: 2, models: 2 }));
  });
});

test('a plan that only names what stays writes nothing', () => {
  expect(isIdle(sumChanges([{ sign: '=', kind: 'rest', providers: 1, keys: 1 }]))).toBe(true);
  expect(isIdle(sumChanges([{ sign: '~', kind: 'paused', from: '', to: '' }]))).toBe(false);
});

test('several plans add up', () => {
  const one = sumChanges([{ sign: '+', kind: 'key', mask: 'sk-Labk…0001' }]);
  expect(sumPlans([one, {}, one]).adds).toEqual(amountsOf({ keys: 2 }));
});
