import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitsWildcard } from '../../src/core/wildcard';

test.each([
  ['gpt-4o', 'gpt-4o', true],
  ['gpt-4o', 'gpt-4', false],
  ['gpt-4o', 'gpt-*', true],
  ['gpt-4o', '*4o', true],
  ['gpt-4o', '*-*', true],
  ['gpt-4o', '*', true],
  ['', '*', true],
  ['', '', true],
  ['aba', 'ab*ba', false],
  ['abba', 'ab*ba', true],
  ['a.c', 'a.c', true],
  ['abc', 'a.c', false],
])('%j fits %j: %s', (text, pattern, fits) => {
  expect(fitsWildcard(text, pattern)).toBe(fits);
});

test('says what a regular expression of the same meaning says', () => {
  const piece = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 4 });
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 }),
      fc.array(piece),
      (text, pieces) => {
        const escaped = pieces.map((part) => part.replaceAll('.', String.raw`\.`)).join('.*');
        expect(fitsWildcard(text, pieces.join('*'))).toBe(new RegExp(`^${escaped}$`).test(text));
      },
    ),
  );
});
