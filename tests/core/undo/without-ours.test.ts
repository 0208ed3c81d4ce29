import { describe, expect, test } from 'vitest';
import type { Provider } from '../../../src/core/cliproxyapi/provider';
import { planUndo } from '../../../src/core/undo/plan-undo';
import { undoChanges } from '../../../src/core/undo/undo-changes';
import { withoutOurs } from '../../../src/core/undo/without-ours';
import { knownOf, listOf, other, relay, writtenAs } from './known';

const key = (name: string, more: object = {}) => ({ 'api-key': `sk-${name}`, ...more });
const keys = (...names: string[]) => names.map((name) => key(name));
const model = (name: string, alias = name, more: object = {}) => ({ name, alias, ...more });
const models = (...names: string[]) => names.map((name) => model(name));

const made = (more: Partial<Provider>) =>
  relay({ 'api-key-entries': keys('ours'), models: models('a'), ...more });
const had = (more: Partial<Provider>) =>
  relay({ 'api-key-entries': keys('first'), models: models('a'), ...more });

type Row = [
  what: string,
  before: Provider | null,
  left: Provider,
  now: Provider,
  expected: Partial<Provider>,
];

describe('an entry that others changed loses only our part', () => {
  test.each<Row>([
    [
      'our key and our models go, theirs stay',
      null,
      made({}),
      made({ 'api-key-entries': keys('ours', 'theirs'), models: models('a', 'b') }),
      { 'api-key-entries': keys('theirs'), models: models('b') },
    ],
    [
      'our models stay where their keys would have none',
      null,
      made({}),
      made({ 'api-key-entries': keys('ours', 'theirs') }),
      { 'api-key-entries': keys('theirs'), models: models('a') },
    ],
    [
      'what everybody’s requests go by stays in an entry that we made; the rest goes where it is still ours',
      null,
      made({ prefix: 'p', headers: { 'X-A': '1' }, priority: 3 }),
      made({ prefix: 'p', headers: { 'X-A': '1' }, priority: 3, 'api-key-entries': keys('ours', 'theirs') }),
      { 'api-key-entries': keys('theirs'), prefix: 'p', headers: { 'X-A': '1' }, priority: undefined },
    ],
    [
      'a field that others changed since is theirs, the other one is as it was',
      had({ priority: 1, prefix: 'old' }),
      had({ priority: 2, prefix: 'new' }),
      had({ priority: 7, prefix: 'new' }),
      { priority: 7, prefix: 'old' },
    ],
    [
      'headers go one by one',
      had({ headers: { 'X-A': '1', 'X-B': '1' } }),
      had({ headers: { 'X-A': '2', 'X-C': '1' } }),
      had({ headers: { 'X-A': '2', 'X-C': '5', 'X-D': '1' } }),
      { headers: { 'X-A': '1', 'X-C': '5', 'X-D': '1', 'X-B': '1' } },
    ],
    [
      'headers that are called as what every object has are headers',
      had({}),
      had({ headers: { constructor: 'ours' } }),
      had({ headers: { constructor: 'ours', toString: 'theirs' } }),
      { headers: { toString: 'theirs' } },
    ],
    [
      'so do patterns of excluded models',
      had({ 'excluded-models': ['x'] }),
      had({ 'excluded-models': ['x', '*'] }),
      had({ 'excluded-models': ['x', '*', 'y'] }),
      { 'excluded-models': ['x', 'y'] },
    ],
    [
      'a switch is as it was, a number of theirs stays',
      had({}),
      had({ disabled: true }),
      had({ disabled: true, 'request-retry': 0 }),
      { disabled: undefined, 'request-retry': 0 },
    ],
    [
      'a key that we took out comes back',
      had({ 'api-key-entries': keys('first', 'second') }),
      had({}),
      had({ 'api-key-entries': keys('first', 'theirs') }),
      { 'api-key-entries': keys('first', 'theirs', 'second') },
    ],
    [
      'a key that others took out stays out, and one that we took out and they put back is theirs',
      had({ 'api-key-entries': keys('first', 'second', 'third') }),
      had({ 'api-key-entries': keys('first', 'third', 'ours') }),
      had({ 'api-key-entries': [...keys('third', 'ours'), key('second', { weight: 3 })] }),
      { 'api-key-entries': [key('third'), key('second', { weight: 3 })] },
    ],
    [
      'at a key that stays, what we set goes and what they set stays',
      had({}),
      had({ 'api-key-entries': [key('first', { weight: 5 })] }),
      had({ 'api-key-entries': [key('first', { weight: 5, 'proxy-url': 'direct' })] }),
      { 'api-key-entries': [key('first', { 'proxy-url': 'direct' })] },
    ],
    [
      'our key goes whatever they set at it',
      had({}),
      had({ 'api-key-entries': keys('first', 'ours') }),
      had({ 'api-key-entries': [key('first'), key('ours', { weight: 2 })] }),
      { 'api-key-entries': keys('first') },
    ],
    [
      'a model that we renamed has its old name in its place',
      had({ models: models('m', 'n') }),
      had({ models: [model('m', 'fast'), model('n')] }),
      had({ models: [model('m', 'fast'), model('n'), model('theirs')] }),
      { models: models('m', 'n', 'theirs') },
    ],
    [
      'a model that we renamed and they renamed again keeps their name',
      had({ models: models('m') }),
      had({ models: [model('m', 'fast')], priority: 2 }),
      had({ models: [model('m', 'faster')], priority: 2 }),
      { models: [model('m', 'faster')], priority: undefined },
    ],
    [
      'a second name that they gave to our model stays',
      had({}),
      had({ models: models('a', 'm') }),
      had({ models: [...models('a', 'm'), model('m', 'fast')] }),
      { models: [model('a'), model('m', 'fast')] },
    ],
    [
      'fields nobody knows stay',
      had({ future: { deep: [1] } }),
      had({ future: { deep: [1] }, priority: 2 }),
      had({ future: { deep: [2] }, priority: 2 }),
      { future: { deep: [2] }, priority: undefined },
    ],
  ])('%s', (_what, before, left, now, expected) => {
    const { priority: _, disabled: __, ...rest } = now;
    const merged = withoutOurs({ before, left, now });
    expect(merged).toEqual({ entry: { ...rest, ...expected } });
  });

  test.each<[string, Provider, Provider, Provider]>([
    [
      'others took out all models but ours, and other keys live on them',
      had({}),
      had({ models: models('a', 'b') }),
      had({ models: models('b'), prefix: 'p' }),
    ],
    [
      'others renamed the one model that we added',
      had({}),
      had({ models: models('a', 'm') }),
      had({ models: [model('a'), model('m', 'fast')] }),
    ],
  ])('or nothing, where %s', (_what, before, left, now) => {
    expect(withoutOurs({ before, left, now })).toBe('nothing');
  });

  test('is not there where its only key is ours', () => {
    const left = made({});
    expect(withoutOurs({ before: null, left, now: made({ prefix: 'p' }) })).toBe('no-key');
    const theirs = { 'api-key': 'sk-one', 'base-url': 'https://a.example' };
    expect(withoutOurs({ before: null, left: theirs, now: { ...theirs, prefix: 'p' } })).toBe('no-key');
    const empty = made({ 'api-key-entries': [...keys('ours'), { 'api-key': '', weight: 2 }] });
    expect(withoutOurs({ before: null, left, now: empty })).toBe('no-key');
    const joined = had({ 'api-key-entries': keys('first', 'ours') });
    expect(withoutOurs({ before: had({}), left: joined, now: made({ prefix: 'p' }) })).toBe('no-key');
  });

  test('is there without a key where there was none before', () => {
    const bare = relay({ 'api-key-entries': [] });
    const now = { ...bare, priority: 2, prefix: 'p' };
    const merged = withoutOurs({ before: bare, left: { ...bare, priority: 2 }, now });
    expect(merged).toEqual({ entry: { ...bare, prefix: 'p' } });
  });
});

describe('an undo of our part only', () => {
  const left = made({});
  const now = made({ 'api-key-entries': keys('ours', 'theirs'), models: models('a', 'b') });
  const plan = (providers: Provider[]) =>
    planUndo([writtenAs(null, left)], listOf(providers), knownOf(...providers, left), { force: 'ours' });

  test('changes the entry and no other', () => {
    const after = made({ 'api-key-entries': keys('theirs'), models: models('b') });
    expect(plan([other, now])).toMatchObject({
      ok: true,
      value: { change: { kind: 'update', before: now, after, providers: [other, after] } },
    });
  });

  test('takes out whole what nobody changed', () => {
    expect(plan([other, left])).toMatchObject({ value: { change: { kind: 'remove' } } });
  });

  test('is refused where no other key would be left, and where nothing of ours is', () => {
    expect(plan([made({ prefix: 'p' })])).toEqual({ ok: false, failure: { code: 'last-key' } });
    const record = writtenAs(had({}), had({ priority: 2 }));
    const theirs = had({ priority: 3 });
    expect(planUndo([record], listOf([theirs]), knownOf(theirs), { force: 'ours' })).toEqual({
      ok: false,
      failure: { code: 'undo-gone' },
    });
  });

  test('needs the secrets that come back', () => {
    const record = writtenAs(had({ 'api-key-entries': keys('lost') }), had({}));
    const theirs = had({ 'api-key-entries': keys('first', 'theirs') });
    const undone = planUndo([record], listOf([theirs]), knownOf(theirs), { force: 'ours' });
    expect(undone).toEqual({ ok: false, failure: { code: 'undo-secret-gone' } });
  });
});

test('its diff tells keys by masks, models by what becomes of them, and headers by names', () => {
  const now = had({
    'api-key-entries': [key('ours-000000000000001'), key('theirs-0000000000002', { weight: 3 })],
    models: [model('a'), model('b', 'fast'), model('c')],
    headers: { 'X-A': 'secret-of-header' },
    priority: 2,
  });
  const after = had({
    'api-key-entries': [key('theirs-0000000000002'), key('back-000000000000003')],
    models: [model('b'), model('c'), model('d')],
  });
  const changes = undoChanges('openai-compatibility', now, after);
  expect(changes).toEqual([
    { sign: '=', kind: 'provider', name: 'relay', baseUrl: 'https://relay.example/v1' },
    { sign: '−', kind: 'keys', masks: ['sk-ours…0001'] },
    { sign: '+', kind: 'key', mask: 'sk-back…0003' },
    { sign: '~', kind: 'weight', from: '3', to: '' },
    { sign: '−', kind: 'models', models: [model('a')] },
    { sign: '+', kind: 'models', models: [model('d')] },
    { sign: '~', kind: 'alias', models: [{ name: 'b', from: 'fast', to: 'b' }] },
    { sign: '~', kind: 'priority', from: '2', to: '0' },
    { sign: '~', kind: 'headers', from: 'X-A', to: '' },
    { sign: '=', kind: 'in-it', keys: 1, models: 1, fields: [] },
  ]);
  expect(JSON.stringify(changes)).not.toContain('secret-of-header');
});
