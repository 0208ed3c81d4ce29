import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { upstreamName } from '../../../src/core/channels/models';
import { ANY_MODEL, passesRules } from '../../../src/core/sync/model-rules';
import {
  applyChoice,
  findChanges,
  isNothing,
  NOTHING_FOUND,
  type SyncFound,
} from '../../../src/core/sync/model-sync';
import { channelNames, modelName } from '../channels/channels';
import { namesOf } from '../../../src/core/channels/compare';

const names = (models: string, mapping = '') => ({ models, mapping });
const find = (models: string, upstream: string[], mapping = '', rules = ANY_MODEL): SyncFound =>
  findChanges(names(models, mapping), upstream, rules);

describe('a look at the upstream', () => {
  test('finds what has come and what has gone', () => {
    expect(find('a,b', ['b', 'c'])).toEqual({
      added: ['c'],
      removed: [{ name: 'a', upstream: 'a' }],
      renamed: [],
    });
  });

  test('looks for mapped models by their upstream name, also through a chain', () => {
    expect(isNothing(find('fast,slow', ['a', 'b'], '{"fast":"step","step":"a","slow":"b"}'))).toBe(true);
    expect(find('fast', ['b'], '{"fast":"a"}').removed).toEqual([{ name: 'fast', upstream: 'a' }]);
  });

  test('follows one step only where the server does no more', () => {
    const some = names('fast', '{"fast":"step","step":"a"}');
    expect(findChanges(some, ['step'], ANY_MODEL, { chains: false })).toEqual(NOTHING_FOUND);
    expect(findChanges(some, ['a'], ANY_MODEL, { chains: false }).removed).toEqual([
      { name: 'fast', upstream: 'step' },
    ]);
    expect(find('fast', ['a'], some.mapping)).toEqual(NOTHING_FOUND);
  });

  test('proposes to take nothing from a channel of several keys', () => {
    const found = findChanges(names('a,m-2024-05-13'), ['m-2024-08-06'], ANY_MODEL, { manyKeys: true });
    expect(found).toEqual({ added: ['m-2024-08-06'], removed: [], renamed: [] });
  });

  test.each([
    ['gpt-4o', 'text-embedding-3-small', ANY_MODEL, false],
    ['gpt-4o', 'dall-e-3', ANY_MODEL, false],
    ['gpt-4o', 'gpt-5', ANY_MODEL, true],
    ['gpt-4o,bge-large', 'text-embedding-3-small', ANY_MODEL, true],
    ['gpt-4o,bge-large', 'dall-e-3', ANY_MODEL, false],
    ['gpt-4o', 'text-embedding-3-small', { include: ['embedding'], exclude: [] }, true],
    ['gpt-4o', 'text-embedding-3-small', { include: [' '], exclude: [] }, false],
    ['gpt-4o,bge-large', 'text-embedding-3-small', { include: [], exclude: ['embed'] }, false],
  ])('of a channel with %s takes %s for new, by %j: %s', (models, listed, rules, isNew) => {
    const { added } = find(models, [...models.split(','), listed], '', rules);
    expect(added).toEqual(isNew ? [listed] : []);
  });

  test('finds nothing in an empty list, or where the mapping is not understood', () => {
    expect(find('a', [])).toEqual(NOTHING_FOUND);
    expect(find('a', [' ', ''])).toEqual(NOTHING_FOUND);
    expect(find('a', ['b'], '{"a":1}')).toEqual(NOTHING_FOUND);
  });

  test('pairs a model that is gone with the one that took its place, and keeps the name for clients', () => {
    const found = find('gpt-4o-2024-05-13,x', ['gpt-4o-2024-08-06', 'x']);
    expect(found).toEqual({
      added: [],
      removed: [],
      renamed: [{ name: 'gpt-4o-2024-05-13', from: 'gpt-4o-2024-05-13', to: 'gpt-4o-2024-08-06' }],
    });
    const after = applyChoice(names('gpt-4o-2024-05-13,x'), { add: [], remove: [], rename: found.renamed });
    expect(after).toEqual(names('gpt-4o-2024-05-13,x', '{"gpt-4o-2024-05-13":"gpt-4o-2024-08-06"}'));
  });

  test('turns no name to a model that the rules keep out', () => {
    const rules = { include: [], exclude: ['08-06'] };
    expect(find('gpt-4o-2024-05-13', ['gpt-4o-2024-08-06'], '', rules)).toMatchObject({
      added: [],
      removed: [{ name: 'gpt-4o-2024-05-13' }],
      renamed: [],
    });
  });

  test('pairs nothing where two could be meant', () => {
    expect(find('m', ['v1/m-latest', 'v2/m-latest']).renamed).toEqual([]);
  });

  test('proposes only what the rules let in, and never takes away by rule', () => {
    const rules = { include: ['gpt', 'claude-*'], exclude: ['preview'] };
    const listed = ['gpt-4o', 'gpt-5-preview', 'claude-4', 'my-claude-4', 'llama'];
    expect(find('llama', listed, '', rules)).toEqual({
      added: ['gpt-4o', 'claude-4'],
      removed: [],
      renamed: [],
    });
  });

  test('leaves names with a star alone, and adds none with a comma', () => {
    expect(find('gpt-*', ['a,b'])).toEqual(NOTHING_FOUND);
  });
});

test.each([
  ['GPT-4o', ['gpt'], [], true],
  ['GPT-4o', [' '], [], true],
  ['a.b', ['a?b'], [], false],
  ['gpt-4o', ['gpt*'], ['*4o'], false],
  ['my-gpt', ['gpt*'], [], false],
  ['my-gpt-4', ['*gpt*4'], [], true],
  ['aba', ['ab*ba'], [], false],
  ['a-b-c', ['a*b*c'], [], true],
  ['a-c', ['a*b*c'], [], false],
  ['anything', ['*'], [], true],
])('%s by include %j and exclude %j: %s', (name, include, exclude, passes) => {
  expect(passesRules(name, { include, exclude })).toBe(passes);
});

describe('a choice', () => {
  test('takes the mapping of a removed name along, unless another name goes by way of it', () => {
    const some = names('a,b', '{"a":"u","b":"a","left":"over"}');
    expect(applyChoice(some, { add: [], remove: ['b'], rename: [] })).toEqual(
      names('a', '{"a":"u","left":"over"}'),
    );
    expect(applyChoice(some, { add: [], remove: ['a'], rename: [] })).toEqual(names('b', some.mapping));
  });

  test('that leaves no name, or stands on a mapping that is not understood, is none', () => {
    expect(applyChoice(names('a'), { add: [], remove: ['a'], rename: [] })).toBeUndefined();
    expect(applyChoice(names('a', '[]'), { add: ['b'], remove: [], rename: [] })).toBeUndefined();
  });
});

const upstream = fc.uniqueArray(modelName, { maxLength: 6 });

test('over any names: what is found and applied is found no more, nothing else is lost, the input stays', () => {
  fc.assert(
    fc.property(channelNames, upstream, (some, listed) => {
      const before = structuredClone({ some, listed });
      const found = findChanges(some, listed, ANY_MODEL);
      const choice = { add: found.added, remove: [], rename: found.renamed };
      const after = applyChoice(some, choice);
      expect({ some, listed }).toEqual(before);
      if (!after) return;
      const [was, is] = [namesOf(some)!, namesOf(after)!];
      for (const name of was.models) expect(is.models).toContain(name);
      const renamed = new Set(found.renamed.map(({ name }) => name));
      const touched = (name: string): boolean => {
        const steps = new Set<string>();
        for (let step: string | undefined = name; step !== undefined && !steps.has(step);) {
          if (renamed.has(step)) return true;
          steps.add(step);
          step = was.mapping.get(step);
        }
        return false;
      };
      for (const name of was.models.filter((one) => !touched(one)))
        expect(upstreamName(name, is.mapping)).toBe(upstreamName(name, was.mapping));
      const again = findChanges(after, listed, ANY_MODEL);
      expect(again.added).toEqual([]);
      expect(again.renamed).toEqual([]);
      expect(applyChoice(after, choice)).toEqual(after);
    }),
  );
});

test('over any names: an empty list finds nothing, and nothing is in two lists at once', () => {
  fc.assert(
    fc.property(channelNames, upstream, (some, listed) => {
      expect(isNothing(findChanges(some, [], ANY_MODEL))).toBe(true);
      const { added, removed, renamed } = findChanges(some, listed, ANY_MODEL);
      const gone = [...removed, ...renamed].map(({ name }) => name);
      const come = [...added, ...renamed.map(({ to }) => to)];
      expect(new Set(gone).size).toBe(gone.length);
      expect(come.filter((name) => namesOf(some)!.models.includes(name))).toEqual([]);
      expect(added.filter((name) => renamed.some(({ to }) => to === name))).toEqual([]);
    }),
  );
});
