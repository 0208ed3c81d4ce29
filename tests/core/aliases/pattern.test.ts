import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePattern } from '../../../src/core/aliases/pattern';

const replaced = (source: string, by: string, text: string, ignoreCase = false): unknown => {
  const pattern = compilePattern(source, ignoreCase);
  return 'problem' in pattern ? pattern : pattern.replace(text, by);
};

describe('a pattern', () => {
  test.each([
    ['-\\d{4,8}$', '', 'gpt-4-0613', 'gpt-4'],
    ['^(?:openai|azure)/', '', 'azure/gpt-4o', 'gpt-4o'],
    ['^claude-(.+?)-(\\d)-(\\d)', 'claude-$2.$3-$1', 'claude-sonnet-4-5', 'claude-4.5-sonnet'],
    ['o', '[$&]', 'foo', 'f[o][o]'],
    ['(a)|b', '<$1>', 'ab', '<a><>'],
    ['x*', '-', 'axb', '-a--b-'],
    ['a{2}', '$$', 'aaa', '$a'],
    ['a{', '', 'a{b', 'b'],
    ['[\\]^-]', '', 'a]b^c-', 'abc'],
    ['\\-', '_', 'a-b', 'a_b'],
    ['模型', 'm', '模型-1', 'm-1'],
    ['a', '$2$1', 'a', '$2$1'],
  ])('%s by %s makes of %s %s', (source, by, text, result) => {
    expect(replaced(source, by, text)).toBe(result);
    expect(text.replace(new RegExp(source, 'g'), by)).toBe(result);
  });

  test('can pass over upper and lower case', () => {
    expect(replaced('^GPT', 'x', 'gpt-4', true)).toBe('x-4');
    expect(replaced('[^a]', '', 'aAb', true)).toBe('aA');
  });

  test.each([
    ['(', 'broken', ''],
    ['(?=a)', 'unknown', '(?='],
    ['(?<!a)b', 'unknown', '(?<!'],
    ['(a)\\1', 'unknown', '\\1'],
    ['\\p{L}', 'unknown', '\\p'],
    ['[\\x41]', 'unknown', '\\x'],
    ['(a*)*', 'endless', '*'],
    ['(a{100}){100}', 'long', ''],
    ['a'.repeat(201), 'long', ''],
  ])('%s is not used, and it is said why', (source, problem, part) => {
    expect(compilePattern(source, false)).toEqual({ problem, part });
  });

  test('of the sort that hangs a browser ends at once', () => {
    const name = `${'a'.repeat(60)}!`;
    expect(replaced('(a+)+$', 'x', name)).toBe(name);
    expect(replaced('(?:a|aa)+b', 'x', name)).toBe(name);
  });

  test('that takes too many steps for a name says so', () => {
    expect(replaced('[a-z]{0,40}z', '', 'a'.repeat(5_000))).toBeUndefined();
  });

  const sign = fc.constantFrom(
    'a',
    'b',
    '-',
    '1',
    '.',
    '\\d',
    '\\w',
    '[ab]',
    '[^a]',
    '\\.',
    '\\b',
    '^',
    '$',
    'A',
  );
  const source = fc.letrec<{ all: string }>((tie) => ({
    all: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      sign,
      fc.tuple(tie('all'), tie('all')).map((parts) => parts.join('')),
      fc.tuple(tie('all'), tie('all')).map(([a, b]) => `(?:${a}|${b})`),
      tie('all').map((inner) => `(${inner})`),
      fc
        .tuple(
          tie('all'),
          fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,2}', '{2,}'),
          fc.constantFrom('', '?'),
        )
        .map(([inner, many, lazy]) => `(${inner})${many}${lazy}`),
    ),
  })).all;

  test('does what the browser does', () => {
    let used = 0;
    fc.assert(
      fc.property(
        source,
        fc.string({ unit: fc.constantFrom(...'abA-1._'), maxLength: 12 }),
        fc.boolean(),
        (pattern, text, ignoreCase) => {
          const result = replaced(pattern, '<$1|$2|$&>', text, ignoreCase);
          if (typeof result !== 'string') return;
          used++;
          expect(result).toBe(text.replace(new RegExp(pattern, ignoreCase ? 'gi' : 'g'), '<$1|$2|$&>'));
        },
      ),
      { numRuns: 3000 },
    );
    expect(used).toBeGreaterThan(500);
  });

  test('of any signs is either understood as the browser does, or not used', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'ab-1.[]{}()|^$*+?\\,dw '), maxLength: 10 });
    fc.assert(
      fc.property(
        signs,
        fc.string({ unit: fc.constantFrom(...'ab1-{}],'), maxLength: 8 }),
        (pattern, text) => {
          const result = replaced(pattern, '<$&>', text);
          if (typeof result === 'string') expect(result).toBe(text.replace(new RegExp(pattern, 'g'), '<$&>'));
        },
      ),
      { numRuns: 3000 },
    );
  });
});
