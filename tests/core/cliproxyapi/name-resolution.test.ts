import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clientNameOf,
  servedModelsOf,
  upstreamOf,
  type ModelMapping,
} from '../../../src/core/cliproxyapi/provider';
import { judge } from '../../../src/core/cliproxyapi/verdict';
import { shadowsIn, isHeaderName, isHeaderValue } from '../../../src/core/cliproxyapi/name-resolution';
import { growth, LINEAR } from '../growth';
import { namesBehind } from '../../fakes/cliproxyapi/serving/selection.ts';

const m = (name: string, alias?: string): ModelMapping => ({ name, ...(alias !== undefined && { alias }) });
const shadowedBy = (models: readonly ModelMapping[], index: number, prefix?: string) =>
  shadowsIn(models, prefix)(index);
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

/** The rule as it reads, for one model at a time: its time grows with the square of the models. */
function shadowedByRule(
  models: readonly ModelMapping[],
  index: number,
  prefix: string,
): ModelMapping | undefined {
  const lower = (text: string): string => text.toLowerCase();
  const hasAlias = (model: ModelMapping): boolean => Boolean(model.alias?.trim());
  const model = models[index];
  if (!model) return undefined;
  const name = lower(clientNameOf(model));
  const start = prefix && `${lower(prefix)}/`;
  if (start && name.startsWith(start)) {
    const rest = name.slice(start.length);
    const other = models.find((candidate) => lower(clientNameOf(candidate)) === rest);
    if (other && upstreamOf(other) !== upstreamOf(model)) return other;
  }
  for (const [i, other] of models.entries()) {
    if (i === index || upstreamOf(other) === upstreamOf(model)) continue;
    if (!hasAlias(model) && i < index && lower(upstreamOf(other)) === name) return other;
    if (lower(clientNameOf(other)) !== name) continue;
    if (!hasAlias(model)) {
      if (hasAlias(other)) return other;
    } else if (hasAlias(other) && i < index && lower(upstreamOf(other)) === lower(upstreamOf(model))) {
      return other;
    }
  }
  return undefined;
}

describe('the index of the names', () => {
  test('says of every model what the rule says', () => {
    const text = fc.constantFrom('a', 'A', 'b', 'B', 'p/a', 'P/b', 'p/p/a', ' a ', '');
    const mapping = fc.record({ name: text, alias: fc.option(text, { nil: undefined }) });
    const given = fc.record({
      models: fc.array(mapping, { maxLength: 8 }),
      prefix: fc.constantFrom('', 'p', 'P'),
    });
    fc.assert(
      fc.property(given, ({ models, prefix }) => {
        const shadows = shadowsIn(models, prefix);
        for (let at = 0; at <= models.length; at += 1)
          expect(shadows(at)).toBe(shadowedByRule(models, at, prefix));
      }),
      { numRuns: 5000 },
    );
  });

  const bits = (at: number): string =>
    [...'abcdefghijklmnop'].map((letter, bit) => (at & (1 << bit) ? letter.toUpperCase() : letter)).join('');
  test.each<[string, (at: number) => ModelMapping]>([
    ['names of their own', (at) => m(`model-${at}`)],
    ['one name in every case', (at) => m(bits(at))],
    ['one name', () => m('same')],
    ['one alias', (at) => m(`model-${at}`, 'same')],
    ['one alias and one name in every case', (at) => m(bits(at), 'same')],
    ['names behind the prefix', (at) => m(at % 2 ? `p/model-${at - 1}` : `model-${at}`)],
  ])('judges 60,000 models of %s within 200 ms, or in a time that grows with their number', (_, mapping) => {
    const known = { exampleKeys: false, answersAsIs: true };
    const judging = (models: ModelMapping[]): unknown => {
      const provider = { 'base-url': 'https://relay.example/v1', prefix: 'p', models };
      const expected = servedModelsOf(provider);
      const registered = new Set(expected.map(({ alias }) => alias));
      return judge('openai-compatibility', provider, expected, registered, false, known);
    };
    const ofSize = (size: number): ModelMapping[] =>
      Array.from({ length: size }, (_value, at) => mapping(at));
    expect(growth(judging, ofSize, { whole: 60_000, enough: 200 })).toBeLessThan(LINEAR);
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
