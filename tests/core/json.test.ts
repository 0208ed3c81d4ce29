import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { canonicalJson, isPlainObject, parseJson } from '../../src/core/json';

type Json = typeof import('../../src/core/json');

const BIG = '{"id":9007199254740993,"rate":1.0,"exp":1e400,"zero":-0,"plain":5,"text":"1.0"}';

describe('where the engine gives numbers back as they came (Chromium 114)', () => {
  let json: Json;
  // Node 20 has it behind a flag, which counts for new realms: the module is loaded anew with the JSON of such a realm.
  beforeEach(async () => {
    setFlagsFromString('--harmony-json-parse-with-source');
    vi.stubGlobal('JSON', runInNewContext('JSON'));
    vi.resetModules();
    json = await import('../../src/core/json');
  });
  afterEach(() => void vi.unstubAllGlobals());

  test('a number that JavaScript cannot hold survives reading and writing', () => {
    expect(JSON.stringify(json.parseJson(BIG))).toBe(BIG);
  });

  test('it survives at any depth, and in the canonical form', () => {
    const text = '{"a":[{"b":12345678901234567890}]}';
    expect(JSON.stringify(json.parseJson(text))).toBe(text);
    expect(json.canonicalJson(json.parseJson(text))).toBe(text);
  });

  test('other numbers stay numbers', () => {
    expect(json.parseJson('{"a":5,"b":-1.5,"c":0}')).toEqual({ a: 5, b: -1.5, c: 0 });
  });

  test('such a number as a priority does not break the planner', async () => {
    const { priorityOf } = await import('../../src/core/cliproxyapi/provider');
    const provider = json.parseJson('{"name":"a","priority":9223372036854775807}') as { name: string };
    expect(priorityOf(provider)).toBeGreaterThan(9e18);
  });
});

test('JSON is read as JSON.parse reads it, and what is none is a SyntaxError', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
  for (const text of ['', '{', '<html>', '{"a":1}x']) expect(() => parseJson(text)).toThrow(SyntaxError);
});

test('equal values have one canonical text, whatever the order of their keys', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value: unknown = JSON.parse(text);
      fc.pre(isPlainObject(value));
      const turned = Object.fromEntries(Object.entries(value).reverse());
      expect(canonicalJson(turned)).toBe(canonicalJson(value));
      expect(JSON.parse(canonicalJson(value))).toEqual(value);
    }),
  );
  expect(canonicalJson({ b: [2, 1], a: { d: 1, c: null } })).toBe('{"a":{"c":null,"d":1},"b":[2,1]}');
  expect(canonicalJson(undefined)).toBe('null');
});

test('only what came out of JSON as an object is a plain object', () => {
  expect(isPlainObject({})).toBe(true);
  for (const value of [null, [], 'x', 1, undefined, Object.create(null)])
    expect(isPlainObject(value)).toBe(false);
});
