import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { GIVEN_NAMES, GLOSSARY, HALF_WIDTH, QUOTED, UNQUOTED } from './glossary';

type Tree = { [key: string]: string | Tree };

const flat = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : flat(value, `${path}${key}.`),
  );

const textsOf = (file: string): Map<string, string> =>
  new Map(flat(JSON.parse(readFileSync(`locales/${file}.json`, 'utf8')) as Tree));

const ENGLISH = textsOf('en');
const CHINESE = textsOf('zh-CN');

type Rule = (text: string, key: string) => boolean | undefined;

const startsOne = (key: string, starts: Record<string, string>): boolean =>
  Object.keys(starts).some((start) => key.startsWith(start));

const VALUE = /\{\{\s*(\w+)[^}]*\}\}/g;
/** A text as long as it is on the screen, where a value takes a few letters. */
const shown = (text: string): string => text.replace(VALUE, 'xxx');
/** The text without its values, whose names are no words. */
const words = (text: string): string => text.replace(VALUE, '…');

const CJK = /[\u3400-\u9fff]/;
/** Chinese letters and signs take the room of two. */
const width = (text: string): number =>
  [...shown(text)].reduce((sum, sign) => sum + (/[\u2e80-\uffef]/.test(sign) ? 2 : 1), 0);

/** A value that ends in Chinese: a number with its unit, a date. */
const WITH_UNIT = /\{\{(?:keys|models|providers|parts|date|ago)\b[^}]*\}\}/g;

const unquoted = (text: string): boolean =>
  [...text.matchAll(VALUE)].some(
    ({ 0: value, 1: name = '', index }) =>
      GIVEN_NAMES.includes(name) && (text[index - 1] !== '“' || text[index + value.length] !== '”'),
  );

/** What stands on a button alone: `<Button …>{t('…')}`, and what submits a form. */
function buttonKeys(): Set<string> {
  const sources = readdirSync('src/ui', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx'))
    .map((file) => readFileSync(`src/ui/${file}`, 'utf8'));
  const found = sources.flatMap((source) => [
    ...source.matchAll(/<Button\b[^<]*?>\s*\{t\(\s*'([\w.-]+)'/g),
    ...source.matchAll(/\bsubmit=\{t\(\s*'([\w.-]+)'/g),
  ]);
  return new Set(found.map(([, key = '']) => key));
}

const BUTTONS = buttonKeys();
const PLURAL = /_(?:zero|one|two|few|many|other)$/;
const LONGEST_BUTTON = 32;

const BOTH: Record<string, Rule> = {
  'quotes names that users gave': (text, key) => !startsOne(key, UNQUOTED) && unquoted(text),
  'is short on a button': (text, key) => BUTTONS.has(key.replace(PLURAL, '')) && width(text) > LONGEST_BUTTON,
};

const IN_ENGLISH: Record<string, Rule> = {
  ...BOTH,
  ...Object.fromEntries(
    GLOSSARY.map(({ en, never, but = {} }) => [
      `says “${en}”`,
      (text: string, key: string) => !startsOne(key, but) && never.en?.test(words(text)),
    ]),
  ),
  'has curly quotation marks': (text) => /['"]/.test(text) && !/\{"/.test(text),
};

const IN_CHINESE: Record<string, Rule> = {
  ...BOTH,
  ...Object.fromEntries(
    GLOSSARY.map(({ zh, never, but = {} }) => [
      `says “${zh}”`,
      (text: string, key: string) => !startsOne(key, but) && never.zh?.test(words(text)),
    ]),
  ),
  'has a blank between Chinese and Latin': (text) =>
    /[\u3400-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u3400-\u9fff]/.test(
      text.replace(WITH_UNIT, '…').replace(VALUE, 'x'),
    ),
  'has full-width signs': (text, key) =>
    !startsOne(key, HALF_WIDTH) &&
    CJK.test(text) &&
    /[\u3400-\u9fff”）] ?[,;:?!()]|[,;:?!] ?[\u3400-\u9fff]/.test(text),
  'has Chinese quotation marks': (text) => /[「」『』]|["']/.test(text) && !/\{"/.test(text),
  'takes little more room than English': (text, key) => {
    const english = ENGLISH.get(key);
    return english !== undefined && width(english) >= 24 && width(text) > 1.2 * width(english);
  },
};

/** What breaks a rule. */
function broken(texts: Map<string, string>, rules: Record<string, Rule>): string[] {
  return [...texts].flatMap(([key, text]) =>
    Object.entries(rules)
      .filter(([, breaks]) => breaks(text, key))
      .map(([rule]) => `${key} (${rule}): ${text}`),
  );
}

const LANGUAGES = [
  ['en', ENGLISH, IN_ENGLISH],
  ['zh-CN', CHINESE, IN_CHINESE],
] as const;

describe.each(LANGUAGES)('the texts of %s', (_language, texts, rules) => {
  test.each(Object.keys(rules))('%s', (rule) => {
    const found = broken(texts, { [rule]: rules[rule]! });
    expect(found).toEqual([]);
  });

  test('quote buttons and pages by the names that they have', () => {
    const all = new Set(texts.values());
    const unknown = [...texts].flatMap(([key, text]) =>
      [...text.matchAll(/“([^”{]+)”/g)]
        .filter(([, quoted = '']) => !all.has(quoted) && !startsOne(key, QUOTED))
        .map(([quoted]) => `${key}: ${quoted}`),
    );
    expect(unknown).toEqual([]);
  });
});

test('buttons are found in the source', () => {
  expect(BUTTONS.size).toBeGreaterThan(50);
  expect([...BUTTONS]).toEqual(expect.arrayContaining(['common.cancel', 'entry.again', 'newKey.submit']));
});
