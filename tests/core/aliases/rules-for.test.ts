import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { quickRules } from '../../../src/core/aliases/alias-models';
import type { RuleSet } from '../../../src/core/aliases/rule-set';
import { rememberRules, rulesFor, ruleSetIdFor } from '../../../src/core/aliases/rules-for';
import { savedV1ToV2 } from '../../../src/storage/migrations/saved-v1-to-v2';
import { settingsSchema } from '../../../src/core/view/settings';

const made = (id: string): RuleSet => ({ id, name: id, rules: [{ kind: 'lower-case' }], keepOriginal: true });
const sets = { rules: ['strip-date' as const], ruleSets: [made('a'), made('b')], relayRules: {} };
const HERE = 'https://R1.example/v1';

describe('the rules of an import', () => {
  test('are the switches, until a set is made the default', () => {
    expect(rulesFor(sets, HERE)).toEqual(quickRules(['strip-date']));
    expect(rulesFor({ ...sets, ruleSet: 'a' }, HERE)).toEqual(made('a'));
  });

  test('are those chosen for its relay, whatever the default is, the switches included', () => {
    const chosen = { ...sets, ruleSet: 'a', ...rememberRules(sets, ['https://r1.example'], 'b') };
    expect(ruleSetIdFor(chosen, HERE)).toBe('b');
    expect(ruleSetIdFor(chosen, 'https://r2.example')).toBe('a');
    expect(ruleSetIdFor({ ...chosen, ...rememberRules(chosen, [HERE], '') }, HERE)).toBe('');
  });

  test('are those chosen for this import before all', () => {
    expect(rulesFor({ ...sets, ruleSet: 'a' }, HERE, 'b')).toEqual(made('b'));
    expect(rulesFor({ ...sets, ruleSet: 'a' }, HERE, '')).toEqual(quickRules(['strip-date']));
  });

  test('fall back where a set was deleted: to the default, then to the switches', () => {
    const chosen = { ...sets, ruleSet: 'a', relayRules: { 'r1.example': 'gone' } };
    expect(ruleSetIdFor(chosen, HERE)).toBe('a');
    expect(ruleSetIdFor({ ...chosen, ruleSet: 'gone' }, HERE)).toBe('');
  });

  test('of another relay are left alone when one is remembered', () => {
    const before = { ...sets, relayRules: { 'r2.example': 'a' } };
    expect(rememberRules(before, [HERE], 'b').relayRules).toEqual({ 'r1.example': 'b', 'r2.example': 'a' });
  });
});

test('settings that were stored before there were sets are read as they are', () => {
  const frozen = JSON.parse(readFileSync('tests/fixtures/storage/kept-v1.json', 'utf8')) as {
    data: { settings: object };
  };
  const old = { ...frozen.data.settings, rules: ['strip-vendor', 'lower-case'] };
  const { settings } = savedV1ToV2({ ...frozen.data, settings: old }) as { settings: object };
  expect(v.parse(settingsSchema, settings)).toMatchObject({ ...old, ruleSets: [], relayRules: {} });
});
