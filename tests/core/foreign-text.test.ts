import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foreignText } from '../../src/core/foreign-text';
import { HIDDEN } from '../../src/core/hidden-signs';
import { growth, LINEAR } from './growth';

const [FSI, PDI] = ['\u2068', '\u2069'];
const FAMILY = '👩\u200d👩\u200d👧';

describe('a text of others', () => {
  test.each([
    ['gpt-4o', 'gpt-4o'],
    ['硅基流动 · 免费', '硅基流动 · 免费'],
    ['two\nlines\tof text', 'two\nlines\tof text'],
    ['gpt\u202e4o', 'gpt[U+202E]4o'],
    ['a\u200bb\u00adc\u0007d\u0085e\ufefff', 'a[U+200B]b[U+00AD]c[U+0007]d[U+0085]e[U+FEFF]f'],
    ['tag\u{e0041}', 'tag[U+E0041]'],
    [`${FAMILY} relay`, `${FAMILY} relay`],
    ['gpt-\u200d4o', 'gpt-[U+200D]4o'],
    ['שלום 5', `${FSI}שלום 5${PDI}`],
    [`${FSI}open`, '[U+2068]open'],
    [`shut${PDI}`, 'shut[U+2069]'],
    [`${FSI}${PDI}`, '[U+2068][U+2069]'],
    [`${FSI}שלום${PDI}, ${FSI}b${PDI}`, `${FSI}שלום${PDI}, ${FSI}b${PDI}`],
    [`ש${FSI}a${PDI}`, `${FSI}שa${PDI}`],
    [`${FSI}${FSI}a${PDI}${PDI}`, `[U+2068]${FSI}a${PDI}[U+2069]`],
  ])('%j is drawn as %j', (text, drawn) => expect(foreignText(text)).toBe(drawn));

  const signs = fc.constantFrom(
    'a',
    '5',
    ' ',
    'ש',
    '\u202e',
    '\u200b',
    '\u200d',
    '👩',
    FSI,
    PDI,
    '\0',
    '\u{e0041}',
  );
  const texts = fc.array(signs).map((parts) => parts.join(''));

  test('turns nothing around it, hides nothing, and is drawn the same a second time', () =>
    fc.assert(
      fc.property(texts, (text) => {
        const drawn = foreignText(text);
        expect(foreignText(drawn)).toBe(drawn);
        const rest = drawn.replace(/\u2068[^\u2068\u2069]*\u2069/g, '');
        expect(rest).not.toMatch(/(?!\u200d)[\p{Cc}\p{Cf}]|ש/u);
      }),
    ));

  test('takes as long as it is', () =>
    expect(growth(foreignText, (size) => `${FSI}a\u202e`.repeat(size / 3), { enough: 500 })).toBeLessThan(
      LINEAR,
    ));
});

test.each([
  ['gpt-4o', false],
  [FAMILY, false],
  ['gpt\u200b', true],
  ['gpt\n', true],
  ['gpt\u0085', true],
  ['\u202egpt', true],
])('%j hides signs: %s', (text, hides) => expect(HIDDEN.test(text)).toBe(hides));
