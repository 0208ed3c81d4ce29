import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aliasModels } from '../../../src/core/aliases/alias-models';
import { applyRuleSet, tracer, withoutDropped } from '../../../src/core/aliases/apply-rule-set';
import { RULE_KINDS, type Rule } from '../../../src/core/aliases/rule-set';

const aliasBy = (name: string, ...rules: Rule[]): string => tracer(rules).trace(name).alias;
const set = (rules: Rule[], keepOriginal = false) => ({ rules, keepOriginal });

describe('a rule', () => {
  test.each<[Rule, string, string]>([
    [{ kind: 'strip-brackets', find: 'free, 官转' }, '[free] a [az]（官转）', '[free] a （官转）'],
    [{ kind: 'strip-version' }, 'gpt-4-0613', 'gpt-4'],
    [{ kind: 'strip-version' }, 'gemini-1.5-pro-002', 'gemini-1.5-pro'],
    [{ kind: 'strip-version' }, 'chatgpt-4o-latest', 'chatgpt-4o'],
    [{ kind: 'strip-version' }, 'anthropic.claude-3-haiku-v1:0', 'anthropic.claude-3-haiku'],
    [{ kind: 'strip-version' }, 'DeepSeek-V3', 'DeepSeek-V3'],
    [{ kind: 'strip-version' }, 'llama-3-405b', 'llama-3-405b'],
    [{ kind: 'replace', find: '-INSTRUCT' }, 'a-instruct-b-instruct', 'a-b'],
    [{ kind: 'replace', find: '-INSTRUCT', exact: true }, 'a-instruct', 'a-instruct'],
    [{ kind: 'replace', find: '.', put: '$&' }, 'a.b', 'a$&b'],
    [{ kind: 'replace' }, 'a', 'a'],
    [
      { kind: 'pattern', find: '^claude-(\\d)-(\\w+)', put: 'claude-$2-$1' },
      'Claude-3-opus',
      'claude-opus-3',
    ],
    [{ kind: 'pattern', find: '^claude', put: 'x', exact: true }, 'Claude', 'Claude'],
    [{ kind: 'pattern' }, 'a', 'a'],
    [{ kind: 'prefix', put: 'my/' }, 'a', 'my/a'],
    [{ kind: 'prefix', put: 'my/' }, 'my/a', 'my/a'],
    [{ kind: 'prefix' }, 'a', 'a'],
    [{ kind: 'suffix', put: '-x' }, 'a', 'a-x'],
    [{ kind: 'suffix', put: '-x' }, 'a-x', 'a-x'],
  ])('%j makes of %s %s', (rule, name, result) => expect(aliasBy(name, rule)).toBe(result));

  test.each<[Rule, string, boolean]>([
    [{ kind: 'only', find: 'GPT, claude' }, 'gpt-4o', true],
    [{ kind: 'only', find: 'gpt，claude' }, 'claude', true],
    [{ kind: 'only', find: 'gpt' }, 'claude', false],
    [{ kind: 'only', find: ' , ' }, 'claude', true],
    [{ kind: 'without', find: 'Preview' }, 'a-preview', false],
    [{ kind: 'without', find: 'preview' }, 'a', true],
    [{ kind: 'without' }, 'a', true],
  ])('%j on %s keeps it: %s', (rule, name, kept) => {
    expect(withoutDropped([name], set([rule]))).toEqual(kept ? [name] : []);
  });

  test.each<[Rule, string]>([
    [{ kind: 'replace', find: 'gpt' }, 'gpt'],
    [{ kind: 'replace', find: 'gpt-4o', put: 'auto' }, 'gpt-4o'],
    [{ kind: 'suffix', put: '\u0007' }, 'a'],
    [{ kind: 'suffix', put: '(free)' }, 'a'],
    [{ kind: 'replace', find: 'a', put: 'a'.repeat(200) }, 'aa'],
  ])('%j would leave a name that cannot be used of %s, and is passed over', (rule, name) =>
    expect(aliasBy(name, rule)).toBe(name),
  );

  test('sees the name as the ones before it left it', () => {
    const strip: Rule = { kind: 'strip-vendor' };
    const drop: Rule = { kind: 'without', find: 'openai' };
    expect(withoutDropped(['openai/a'], set([strip, drop]))).toEqual(['openai/a']);
    expect(withoutDropped(['openai/a'], set([drop, strip]))).toEqual([]);
  });

  test('that cannot be used is named by its place, and the others go on', () => {
    const { trace, problems } = tracer([{ kind: 'pattern', find: '(?=a)' }, { kind: 'lower-case' }]);
    expect([...problems]).toEqual([[0, { problem: 'unknown', part: '(?=' }]]);
    expect(trace('A').alias).toBe('a');
  });

  test('that takes too long for a name is named, and passed over for it', () => {
    const { trace } = tracer([
      { kind: 'pattern', find: '[a-z]{0,40}z' },
      { kind: 'suffix', put: '!' },
    ]);
    expect(trace('a'.repeat(5_000)).slow).toEqual([0]);
    expect(trace('abz')).toEqual({ alias: 'abz!', droppedBy: null, by: [1], slow: [] });
  });
});

describe('a set', () => {
  test('says what becomes of every name', () => {
    const rules: Rule[] = [
      { kind: 'strip-vendor' },
      { kind: 'without', find: 'preview' },
      { kind: 'lower-case' },
    ];
    const ruled = applyRuleSet(['gpt-4o', 'openai/gpt-4o', 'a/X', 'b/X', 'g-preview'], set(rules, true));
    expect(ruled).toMatchObject([
      { name: 'gpt-4o', alias: 'gpt-4o', collision: null, original: false },
      { alias: 'openai/gpt-4o', collision: { wanted: 'gpt-4o', owner: 'gpt-4o' }, original: false },
      { alias: 'x', collision: null, original: true },
      { alias: 'b/X', collision: { wanted: 'x', owner: 'a/X' }, original: false },
      { droppedBy: 1, collision: null, original: false },
    ]);
  });

  test('does not let a dropped model keep a name from others', () => {
    const rules: Rule[] = [
      { kind: 'without', find: 'old' },
      { kind: 'replace', find: '-new' },
    ];
    expect(applyRuleSet(['gpt-old', 'gpt-new'], set(rules))[1]).toMatchObject({
      alias: 'gpt',
      collision: null,
    });
  });

  test('that keeps originals serves a model under both names, except where they are the same', () => {
    const keep = set([{ kind: 'strip-vendor' }, { kind: 'lower-case' }], true);
    expect(aliasModels(['openai/gpt-4o', 'GPT-5'], keep, {})).toEqual([
      { name: 'openai/gpt-4o', alias: 'gpt-4o', typed: false },
      { name: 'openai/gpt-4o', alias: 'openai/gpt-4o', typed: false },
      { name: 'GPT-5', alias: 'gpt-5', typed: false },
    ]);
    // Not where the user gave that name to another model.
    expect(aliasModels(['a/x', 'y'], keep, { y: 'a/x' })).toEqual([
      { name: 'a/x', alias: 'x', typed: false },
      { name: 'y', alias: 'a/x', typed: true },
      { name: 'y', alias: 'y', typed: false },
    ]);
  });

  const words = fc.constantFrom('', 'gpt', 'a, b', '/', '-', '(\\d)', '[ab]+', 'x*', '(', '$1-$1', '4o', ' ');
  const rule = fc.record({
    kind: fc.constantFrom(...RULE_KINDS),
    find: words,
    put: words,
    exact: fc.boolean(),
  });
  const names = fc.uniqueArray(
    fc.string({ unit: fc.constantFrom(...'aB/-4o[]() '), minLength: 1, maxLength: 8 }),
    {
      maxLength: 12,
    },
  );

  test('keeps or drops every name, and says the same each time', () => {
    fc.assert(
      fc.property(names, fc.array(rule, { maxLength: 6 }), fc.boolean(), (list, rules, keepOriginal) => {
        const ruled = applyRuleSet(list, set(rules, keepOriginal));
        expect(ruled.map(({ name }) => name)).toEqual(list);
        expect(applyRuleSet(list, set(rules, keepOriginal))).toEqual(ruled);
        const kept = ruled.filter(({ droppedBy }) => droppedBy === null);
        expect(kept.map(({ name }) => name)).toEqual(withoutDropped(list, set(rules)));
        const models = aliasModels(withoutDropped(list, set(rules)), set(rules, keepOriginal), {});
        expect(models.filter(({ name }, at) => models[at - 1]?.name !== name)).toEqual(
          kept.map(({ name, alias }) => ({ name, alias, typed: false })),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('never gives two models one name without regard to case, unless the relay itself does', () => {
    fc.assert(
      fc.property(names, fc.array(rule, { maxLength: 6 }), fc.boolean(), (list, rules, keepOriginal) => {
        const models = aliasModels(list, set(rules, keepOriginal), {});
        for (const a of models)
          for (const b of models)
            if (a.name.toLowerCase() !== b.name.toLowerCase())
              expect(a.alias.toLowerCase()).not.toBe(b.alias.toLowerCase());
      }),
      { numRuns: 500 },
    );
  });

  test('of 2,000 names with the worst pattern is done in bounded steps', () => {
    const list = Array.from({ length: 2_000 }, (_, at) => `vendor/${'a'.repeat(40)}-${at}`);
    const ruled = applyRuleSet(list, set([{ kind: 'pattern', find: '(?:a+)+(?:a|aa)+$' }]));
    expect(ruled).toHaveLength(2_000);
  });
});
