import { describe, expect, test } from 'vitest';
import type { RuleSet } from '../../../src/core/aliases/rule-set';
import {
  freeName,
  joinSets,
  readRuleSetFile,
  ruleSetFile,
  sameRules,
} from '../../../src/core/aliases/rule-set-file';

const set: RuleSet = {
  id: 'x',
  name: 'Team',
  keepOriginal: true,
  rules: [{ kind: 'replace', find: 'a', put: 'b', exact: true }, { kind: 'lower-case' }],
};
const file = (change: object): string =>
  JSON.stringify({ ...(JSON.parse(ruleSetFile([set])) as object), ...change });
const many = <T>(count: number, thing: T): T[] => Array.from({ length: count }, () => thing);

describe('a file of rule sets', () => {
  test('holds sets without their ids, and is read back as it was', () => {
    expect(ruleSetFile([set])).not.toContain('"id"');
    const { id: _id, ...content } = set;
    expect(readRuleSetFile(`\uFEFF${ruleSetFile([set])}`)).toEqual({ ok: true, value: [content] });
  });

  test.each([
    ['no JSON', '{', 'foreign'],
    ['nothing', 'null', 'foreign'],
    ['a backup', '{"format":"keyferry-backup","version":1}', 'foreign'],
    ['of a newer version', file({ version: 2 }), 'newer'],
    ['without sets', file({ sets: undefined }), 'broken'],
    ['with a rule of an unknown kind', file({ sets: [{ ...set, rules: [{ kind: 'run' }] }] }), 'broken'],
    ['with a set without a name', file({ sets: [{ ...set, name: ' ' }] }), 'broken'],
    ['with too many sets', file({ sets: many(51, set) }), 'large'],
    ['with too many rules', file({ sets: [{ ...set, rules: many(101, set.rules[1]) }] }), 'large'],
    ['with a long text', file({ sets: [{ ...set, name: 'x'.repeat(501) }] }), 'large'],
  ])('%s is not taken', (_what, text, failure) => {
    expect(readRuleSetFile(text)).toEqual({ ok: false, failure });
  });
});

test('a set is the same as another by what it does', () => {
  expect(sameRules(set, { ...set, name: 'Other' })).toBe(true);
  expect(
    sameRules({ ...set, rules: [{ kind: 'only', find: '' }] }, { ...set, rules: [{ kind: 'only' }] }),
  ).toBe(true);
  expect(sameRules(set, { ...set, keepOriginal: false })).toBe(false);
  expect(sameRules(set, { ...set, rules: set.rules.toReversed() })).toBe(false);
});

test('a name that is taken gets a number', () => {
  expect(freeName(' A ', [])).toBe('A');
  expect(freeName('A', ['A', 'A 2'])).toBe('A 3');
});

test('sets of a backup come beside those that are here, which stay as they are', () => {
  const changed = { ...set, rules: [] };
  expect(joinSets([changed], [set])).toEqual([changed]);
  expect(joinSets([set], [{ ...set, id: 'y' }])).toEqual([set]);
  expect(joinSets([set], [{ ...set, id: 'y', rules: [] }])).toEqual([
    set,
    { ...set, id: 'y', name: 'Team 2', rules: [] },
  ]);
});
