import { readdirSync, readFileSync } from 'node:fs';
import type { NotServedReason } from '../../src/core/cliproxyapi/verdict';
import { describe, expect, test } from 'vitest';
import { ALIAS_RULES } from '../../src/core/aliases/alias-models';
import { FAILURE_CODES, FAILURE_PARAMS } from '../core/failures/failure-codes';

type Tree = { [key: string]: string | Tree };

const FILES = readdirSync('locales').filter((name) => name.endsWith('.json'));
const treeOf = (file: string): Tree => JSON.parse(readFileSync(`locales/${file}`, 'utf8')) as Tree;

function flat(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : flat(value, `${path}${key}.`),
  );
}

const PLURAL = /_(?:zero|one|two|few|many|other)$/;
const placeholders = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)].map(([, name]) => name!))].sort();

/** What each key needs, all its plural forms together: languages differ in how many they have. */
function needs(file: string): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const [key, text] of flat(treeOf(file))) {
    const base = key.replace(PLURAL, '');
    const names = found.get(base) ?? new Set<string>();
    placeholders(text).forEach((name) => names.add(name));
    found.set(base, names);
  }
  return new Map([...found].map(([key, names]) => [key, [...names].sort().join()]));
}

/** The compiler holds the table against the union. */
const REASONS = {
  'not-listed': true,
  disabled: true,
  hidden: true,
  brackets: true,
  reserved: true,
  'no-version': true,
  'url-form': true,
  excluded: true,
  'bad-header': true,
  'example-keys': true,
  refused: true,
  barred: true,
  unspoken: true,
  'key-disabled': true,
  'key-expired': true,
  'key-used-up': true,
  'key-no-balance': true,
  unknown: true,
} satisfies Record<NotServedReason, true>;

test('there are at least English and Chinese', () => {
  expect(FILES).toEqual(expect.arrayContaining(['en.json', 'zh-CN.json']));
});

describe.each(FILES)('%s', (file) => {
  const texts = new Map(flat(treeOf(file)));

  test('has the same keys as English, each with the same placeholders', () => {
    expect(Object.fromEntries(needs(file))).toEqual(Object.fromEntries(needs('en.json')));
  });

  test('has no empty text, no text with blanks around it, and no bracket left open', () => {
    const odd = [...texts].filter(
      ([key, text]) => (text.trim() !== text || text === '') && !/comma|betweenSentences/i.test(key),
    );
    expect(odd.map(([key]) => key)).toEqual([]);
    expect(
      [...texts]
        .filter(([, text]) => /\{\{[^}]*$|\{\{[^}]*\}(?!\})|(?<!\{)\{\w+\}(?!\})/.test(text))
        .map(([key]) => key),
    ).toEqual([]);
  });

  test.each(FAILURE_CODES)(
    'says of %s what happened and what to do, with nothing that the failure does not know',
    (code) => {
      for (const part of ['what', 'next']) {
        const text = texts.get(`failure.${code}.${part}`);
        expect(text, `failure.${code}.${part}`).toBeTruthy();
        const known: string[] = [...FAILURE_PARAMS[code], 'time', 'why'];
        for (const name of placeholders(text!)) expect(known).toContain(name);
      }
    },
  );

  test('says nothing of failures that there are not', () => {
    const said = new Set([...texts.keys()].flatMap((key) => /^failure\.([^.]+)\./.exec(key)?.[1] ?? []));
    expect([...said].filter((code) => !(FAILURE_CODES as string[]).includes(code))).toEqual([]);
  });

  test('says every reason why a model is not served, and every alias rule', () => {
    const reasons = Object.keys(REASONS).map((reason) => `reason.${reason}`);
    expect([...texts.keys()]).toEqual(expect.arrayContaining(reasons));
    const rules = ALIAS_RULES.filter((rule) => [...texts.keys()].some((key) => key.includes(rule)));
    expect(rules).toEqual(ALIAS_RULES);
  });
});

test('manifest texts have the same names in every language', () => {
  const directories = readdirSync('public/_locales');
  const keys = directories.map((name) =>
    Object.keys(JSON.parse(readFileSync(`public/_locales/${name}/messages.json`, 'utf8')) as object).sort(),
  );
  expect(directories.length).toBeGreaterThanOrEqual(2);
  for (const each of keys) expect(each).toEqual(keys[0]);
});
