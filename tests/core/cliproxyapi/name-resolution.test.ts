import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModelMapping } from '../../../src/core/cliproxyapi/provider';
import { shadowedBy, isHeaderName, isHeaderValue } from '../../../src/core/cliproxyapi/name-resolution';
import { namesBehind } from '../../fakes/cliproxyapi/serving/selection.ts';

const m = (name: string, alias?: string): ModelMapping => ({ name, ...(alias !== undefined && { alias }) });
const hidden = (...models: ModelMapping[]): (string | undefined)[] =>
  models.map((_, index) => shadowedBy(models, index)?.name);

/** As 7.2.140 answered (seen on running servers). */
describe('inside one provider', () => {
  test('a plain name is hidden behind an explicit alias, wherever that stands', () => {
    expect(hidden(m('gpt-4o'), m('mini', 'gpt-4o'))).toEqual(['mini', undefined]);
    expect(hidden(m('mini', 'gpt-4o'), m('gpt-4o', ''))).toEqual([undefined, 'mini']);
    expect(hidden(m('mini', 'GPT-4o'), m('gpt-4o'))).toEqual([undefined, 'mini']);
  });

  test('two explicit aliases that are equal form a pool: both are reached', () => {
    expect(hidden(m('a', 'gpt-4o'), m('b', 'gpt-4o'))).toEqual([undefined, undefined]);
    expect(hidden(m('gpt-4o', 'gpt-4o'), m('mini', 'gpt-4o'))).toEqual([undefined, undefined]);
    expect(hidden(m('a', 'gpt-4o'), m('b', 'GPT-4O'))).toEqual([undefined, undefined]);
  });

  test('of case twins the first answers, or the one with an explicit alias', () => {
    expect(hidden(m('GPT-4o'), m('gpt-4o'))).toEqual([undefined, 'GPT-4o']);
    expect(hidden(m('GPT-4o'), m('gpt-4o', 'gpt-4o'))).toEqual(['gpt-4o', undefined]);
    expect(hidden(m('GPT-4o', 'GPT-4o'), m('gpt-4o', 'gpt-4o'))).toEqual([undefined, 'GPT-4o']);
  });

  test('a model is not hidden behind another mapping of itself, nor behind other names', () => {
    expect(hidden(m('gpt-4o'), m('gpt-4o', 'gpt-4o'), m('gpt-4o', 'x'))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(hidden(m('a'), m('b'), m('c', 'd'))).toEqual([undefined, undefined, undefined]);
  });

  test('a name that begins like the prefix goes to the model behind the prefix', () => {
    const models = [m('p/gpt-4o'), m('GPT-4o')];
    expect(shadowedBy(models, 0, 'p')?.name).toBe('GPT-4o');
    expect(shadowedBy(models, 1, 'p')).toBeUndefined();
    expect(shadowedBy(models, 0, 'q')).toBeUndefined();
    expect(shadowedBy(models, 0)).toBeUndefined();
  });

  test('what is called reachable is reached by the stand-in that passes the recorded exchanges', () => {
    const text = fc.constantFrom('a', 'A', 'b', 'B', 'c', ' a ', '');
    const models = fc.uniqueArray(
      fc.record({ name: text, alias: text }).filter(({ name }) => name.trim() !== ''),
      {
        maxLength: 5,
        selector: ({ name }) => name.trim(),
      },
    );
    fc.assert(
      fc.property(models, (list) => {
        for (const [index, model] of list.entries()) {
          const name = model.name.trim();
          const id = model.alias.trim() || name;
          const credential = { entry: { models: list } } as unknown as Parameters<typeof namesBehind>[0];
          const reached = namesBehind(credential, id).map((behind) => behind.name);
          expect([list, index, shadowedBy(list, index) === undefined]).toEqual([
            list,
            index,
            reached.includes(name),
          ]);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

test('header names are what HTTP allows', () => {
  for (const name of ['X-Title', 'x_y', 'HTTP-Referer', "a!#$%&'*+.^_`|~9"])
    expect(isHeaderName(name)).toBe(true);
  for (const name of ['', 'X Title', 'X:Y', 'Ü', 'a(b)', 'x\n', 'a/b'])
    expect(isHeaderName(name)).toBe(false);
  for (const value of ['', 'a b', 'x\ty', 'caf\u00e9']) expect(isHeaderValue(value)).toBe(true);
  for (const value of ['a\nb', '中文', 'x\r']) expect(isHeaderValue(value)).toBe(false);
});
