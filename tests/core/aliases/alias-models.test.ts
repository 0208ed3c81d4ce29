import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALIAS_RULES,
  aliasModels,
  parseManualModels,
  quickRules,
  ruleEffects,
  type AliasRule,
} from '../../../src/core/aliases/alias-models';
import { tracer } from '../../../src/core/aliases/apply-rule-set';

const applyRules = (name: string, rules: readonly AliasRule[]): string =>
  tracer(quickRules(rules).rules).trace(name).alias;

describe('a rule', () => {
  test.each<[AliasRule, string, string]>([
    ['strip-vendor', 'openai/gpt-4o', 'gpt-4o'],
    ['strip-vendor', 'Pro/deepseek-ai/DeepSeek-V3', 'DeepSeek-V3'],
    ['strip-vendor', 'gpt-4o', 'gpt-4o'],
    ['strip-vendor', 'openai/', 'openai/'],
    ['strip-date', 'gpt-4o-2024-11-20', 'gpt-4o'],
    ['strip-date', 'claude-sonnet-4-5-20250929', 'claude-sonnet-4-5'],
    ['strip-date', 'claude-sonnet-4@20250514', 'claude-sonnet-4'],
    ['strip-date', 'claude-3-7-sonnet-20250219-thinking', 'claude-3-7-sonnet-thinking'],
    ['strip-date', 'deepseek-r1-20250528:free', 'deepseek-r1:free'],
    ['strip-date', 'gpt-4-0613', 'gpt-4-0613'],
    ['strip-date', 'qwen-2024', 'qwen-2024'],
    ['strip-date', '-2024-11-20', '-2024-11-20'],
    ['lower-case', 'DeepSeek-V3', 'deepseek-v3'],
    ['strip-brackets', '[free] gpt-4o', 'gpt-4o'],
    ['strip-brackets', 'gpt-4o（官转）', 'gpt-4o'],
    ['strip-brackets', '【az】gpt-4o', 'gpt-4o'],
    ['strip-brackets', '[限时]-claude-opus-4', 'claude-opus-4'],
    ['strip-brackets', '[all]', '[all]'],
    ['strip-vendor', 'openrouter/auto', 'openrouter/auto'],
    ['strip-brackets', 'gemini-2.5-pro', 'gemini-2.5-pro'],
  ])('%s makes of %s %s', (rule, name, alias) => expect(applyRules(name, [rule])).toBe(alias));

  test('never leaves nothing, and says nothing new the second time', () => {
    const name = fc
      .string({ unit: fc.constantFrom(...'aB/-_@[]()【】 20241120:.'), minLength: 1 })
      .filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(name, fc.subarray([...ALIAS_RULES]), (text, rules) => {
        expect(applyRules(text, rules).trim()).not.toBe('');
      }),
    );
  });

  test('is told by the names that it changes by itself, with the first as an example; a rule without any is not', () => {
    expect(ruleEffects(['gpt-4o', 'openai/GPT-4o', '[x] a', 'b/c'])).toEqual([
      { rule: 'strip-brackets', count: 1, name: '[x] a', alias: 'a' },
      { rule: 'strip-vendor', count: 2, name: 'openai/GPT-4o', alias: 'GPT-4o' },
      { rule: 'lower-case', count: 1, name: 'openai/GPT-4o', alias: 'openai/gpt-4o' },
    ]);
  });

  test('is applied in one order, whatever order they are switched on in', () => {
    expect(applyRules('[free] OpenAI/GPT-4o-2024-11-20', [...ALIAS_RULES].reverse())).toBe('gpt-4o');
  });
});

describe('aliases', () => {
  const names = fc.uniqueArray(
    fc.constantFrom(
      'gpt-4o',
      'GPT-4o',
      'openai/gpt-4o',
      'azure/GPT-4o',
      '[free] gpt-4o',
      'gpt-4o-2024-11-20',
      'claude',
      'a/claude',
      'Claude',
      'claude-20250101',
      'x',
      'X',
      'b/X',
    ),
    { minLength: 1 },
  );
  const typed = fc.dictionary(
    fc.constantFrom('gpt-4o', 'openai/gpt-4o', 'x', 'claude'),
    fc.constantFrom('gpt-4o', 'mine', ' X ', '', 'GPT-4O'),
  );

  test('never give two models one name without regard to case, unless the user typed it or the relay itself does', () => {
    fc.assert(
      fc.property(names, fc.subarray([...ALIAS_RULES]), typed, (chosen, rules, own) => {
        const models = aliasModels(chosen, quickRules(rules), own);
        for (const a of models) {
          for (const b of models) {
            if (a === b || a.typed || b.typed || a.alias.toLowerCase() !== b.alias.toLowerCase()) continue;
            expect(a.name.toLowerCase()).toBe(b.name.toLowerCase());
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('by rules never take a name that the user typed for another model, or that another model has', () => {
    fc.assert(
      fc.property(names, fc.subarray([...ALIAS_RULES]), typed, (chosen, rules, own) => {
        for (const model of aliasModels(chosen, quickRules(rules), own)) {
          if (model.typed || model.alias === model.name) continue;
          const others = chosen.filter((name) => name.toLowerCase() !== model.name.toLowerCase());
          expect(others.map((name) => own[name]?.trim().toLowerCase())).not.toContain(
            model.alias.toLowerCase(),
          );
          const untyped = others.filter((name) => !own[name]?.trim()).map((name) => name.toLowerCase());
          expect(untyped).not.toContain(model.alias.toLowerCase());
        }
      }),
      { numRuns: 500 },
    );
  });

  test('that were typed win, trimmed, and say so', () => {
    expect(
      aliasModels(['openai/gpt-4o'], quickRules(['strip-vendor']), { 'openai/gpt-4o': ' mine ' }),
    ).toEqual([{ name: 'openai/gpt-4o', alias: 'mine', typed: true }]);
    expect(aliasModels(['openai/gpt-4o'], quickRules(['strip-vendor']), { 'openai/gpt-4o': '  ' })).toEqual([
      { name: 'openai/gpt-4o', alias: 'gpt-4o', typed: false },
    ]);
  });

  test('keep every model, in order, with the name of the relay', () => {
    fc.assert(
      fc.property(names, fc.subarray([...ALIAS_RULES]), (chosen, rules) => {
        expect(aliasModels(chosen, quickRules(rules), {}).map((model) => model.name)).toEqual(chosen);
      }),
    );
  });
});

test('manual entry takes one model a line', () => {
  expect(
    parseManualModels(
      'gpt-4o\r\n# comment\n\n up = alias \nb=>c\nd -> e\nf =\n= g\nsame = same\ngpt-4o = other\n',
    ),
  ).toEqual([
    { name: 'gpt-4o', alias: 'other', typed: true },
    { name: 'up', alias: 'alias', typed: true },
    { name: 'b', alias: 'c', typed: true },
    { name: 'd', alias: 'e', typed: true },
    { name: 'f', alias: 'f', typed: false },
    { name: 'same', alias: 'same', typed: false },
  ]);
  expect(parseManualModels(' \n#\n')).toEqual([]);
});
