import { describe, expect, test } from 'vitest';
import { compareEntries, compareProxies } from '../../../src/core/carry-over/compare';
import { droppedFields, isCarried, placeOfCarried } from '../../../src/core/carry-over/held';
import { planCarries, planCarry } from '../../../src/core/carry-over/plan';
import type { ListName } from '../../../src/core/cliproxyapi/lists/list-traits';
import type { Provider } from '../../../src/core/cliproxyapi/provider';
import { selectList } from '../../../src/core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../../src/core/cliproxyapi/proxy-config';

const COMPAT = 'openai-compatibility';
const proxy = (lists: ProxyConfig['lists'], version: string | null = '7.2.140'): ProxyConfig => ({
  root: 'http://localhost:8317',
  lists,
  forcePrefix: false,
  proxyKeys: [],
  version,
  supportsPlugins: true,
});
const relay = (keys: string[], more: Provider = {}): Provider => ({
  name: 'R',
  'base-url': 'https://r.example/v1',
  'api-key-entries': keys.map((key) => ({ 'api-key': key })),
  models: [{ name: 'm', alias: 'm' }],
  ...more,
});
const claude = (more: Provider = {}): Provider => ({
  'api-key': 'k1',
  'base-url': 'https://c.example',
  ...more,
});

/** What is missing, in short. */
const missingOf = (list: ListName, from: Provider[], to: Provider[]) =>
  compareEntries(list, from, to).missing.map(({ kind, into, keys, models }) => [
    kind,
    into && to.indexOf(into),
    keys.map((key) => key['api-key']),
    models.map(({ name }) => name),
  ]);

/** The plan for all of it. */
function planned(there: ProxyConfig, here: ProxyConfig, list: ListName = COMPAT) {
  const selected = selectList(here, list);
  if (!selected.ok) throw new Error('no such list');
  return planCarry(
    selected.value,
    compareProxies(there, here).missing.filter((one) => one.list === list),
  );
}

describe('relays with keys', () => {
  test('are the same by relay and key, however they are called and written', () => {
    const other = relay(['k1'], { name: 'X', 'base-url': 'HTTPS://R.example:443/v1/' });
    expect(missingOf(COMPAT, [relay(['k1'])], [other])).toEqual([]);
  });

  test('lack single keys', () => {
    expect(missingOf(COMPAT, [relay(['k1', 'k2', ' k3 '])], [relay(['k1', 'k3'])])).toEqual([
      ['keys', 0, ['k2'], []],
    ]);
  });

  test('that are two there and one here stay two: only the namesake gets the keys', () => {
    const there = [relay(['k1'], { name: 'paid' }), relay(['k2'], { name: 'free' })];
    const here = [relay(['k3'], { name: 'free' })];
    expect(missingOf(COMPAT, there, here)).toEqual([
      ['keys', null, ['k1'], ['m']],
      ['keys', 0, ['k2'], []],
    ]);
  });

  test('with a key of their own bring the models that the entry here lacks', () => {
    const there = relay(['k2'], { models: [{ name: 'm' }, { name: 'n' }] });
    expect(missingOf(COMPAT, [there], [relay(['k1'])])).toEqual([['keys', 0, ['k2'], ['n']]]);
  });

  test('with a key that both have lack the models of it, and no others', () => {
    const there = relay(['k1'], { models: [{ name: 'm', alias: 'other' }, { name: 'n' }] });
    expect(missingOf(COMPAT, [there], [relay(['k1'])])).toEqual([['models', 0, [], ['n']]]);
  });

  test('that are paused there do not pour their keys into one that is on', () => {
    const there = relay(['k1', 'k2'], { disabled: true });
    const plan = planned(proxy({ [COMPAT]: [there] }), proxy({ [COMPAT]: [relay(['k1'])] }));
    expect(plan.providers).toEqual([
      relay(['k1']),
      { ...there, name: 'R (r.example)', 'api-key-entries': [{ 'api-key': 'k2' }] },
    ]);
  });

  test('say which models find their name taken, or reach no relay', () => {
    const there = relay(['k1'], { models: [{ name: 'x', alias: 'm' }, { name: 'y(free)' }] });
    expect(compareEntries(COMPAT, [there], [relay(['k1'])]).uncarried).toMatchObject([
      { reason: 'taken', names: ['x'] },
      { reason: 'brackets', names: ['y(free)'] },
    ]);
  });

  test('without a base URL are not carried, since the server would take them for a removal', () => {
    const there = relay(['k1'], { 'base-url': ' ' });
    expect(compareEntries(COMPAT, [there], [])).toMatchObject({
      missing: [],
      uncarried: [{ reason: 'no-address' }],
    });
  });
});

describe('entries that are keys', () => {
  test('are told apart by relay and key, and counted', () => {
    const twin = claude({ prefix: 'p' });
    expect(missingOf('claude-api-key', [claude(), twin], [claude({ priority: 2 })])).toEqual([
      ['keys', null, ['k1'], []],
    ]);
    expect(missingOf('claude-api-key', [claude(), claude()], [claude()])).toEqual([]);
  });

  test('without a key are said', () => {
    expect(compareEntries('claude-api-key', [claude({ 'api-key': ' ' })], []).uncarried).toMatchObject([
      { reason: 'no-key' },
    ]);
  });

  test('that name no models are not made to, nor is a catalogue cut down', () => {
    const named = claude({ models: [{ name: 'm' }] });
    expect(compareEntries('claude-api-key', [claude()], [named])).toMatchObject({
      missing: [],
      uncarried: [{ reason: 'all-models' }],
    });
    expect(compareEntries('claude-api-key', [named], [claude()])).toEqual({ missing: [], uncarried: [] });
  });

  test('that the server would take for another are left out', () => {
    const vertex = (more: Provider): Provider => claude(more);
    const plan = planned(
      proxy({ 'vertex-api-key': [vertex({}), vertex({ prefix: 'p' })] }),
      proxy({ 'vertex-api-key': [vertex({})] }),
      'vertex-api-key',
    );
    expect(plan).toMatchObject({ entries: [], leftOut: [{ failure: { code: 'same-entry' } }] });
  });
});

describe('whole lists', () => {
  test('that were not understood, are not written, or are too new are said, and never taken for empty', () => {
    const there = proxy({
      [COMPAT]: [relay(['k1'])],
      'xai-api-key': [claude()],
      'interactions-api-key': [],
      'meta-api-key': [claude()],
      'codex-api-key': [],
      'gemini-api-key': [],
      'vertex-api-key': [],
    });
    const here = proxy({ 'claude-api-key': [], 'xai-api-key': [] }, '7.2.60');
    expect(compareProxies(there, here)).toEqual({
      missing: [],
      uncarried: [
        { list: COMPAT, entry: null, reason: 'unclear-here' },
        { list: 'claude-api-key', entry: null, reason: 'unclear-there' },
        { list: 'xai-api-key', entry: null, reason: 'too-new' },
        { list: 'meta-api-key', entry: null, reason: 'unwritten' },
      ],
    });
  });

  test('are planned each by itself, in the order in which they are written', () => {
    const there = proxy({ [COMPAT]: [relay(['k1'])], 'claude-api-key': [claude()] });
    const here = proxy({ [COMPAT]: [], 'claude-api-key': [] });
    const plans = planCarries(here, compareProxies(there, here).missing.toReversed());
    expect(plans.map(({ list }) => list)).toEqual([COMPAT, 'claude-api-key']);
  });
});

describe('the plan', () => {
  test('gives an entry without a name one, where another has none', () => {
    const nameless = relay(['k1'], { name: '' });
    const here = relay(['k2'], { name: '', 'base-url': 'https://other.example/v1' });
    const plan = planned(proxy({ [COMPAT]: [nameless] }), proxy({ [COMPAT]: [here] }));
    expect(plan.providers.at(-1)).toMatchObject({ name: 'r.example' });
  });

  test('says with whom names are shared, unless the entry comes paused', () => {
    const other = relay(['k9'], { name: 'Other', 'base-url': 'https://o.example/v1' });
    const pools = (there: Provider) =>
      planned(proxy({ [COMPAT]: [there] }), proxy({ [COMPAT]: [other] })).pools;
    expect(pools(relay(['k1']))).toMatchObject([{ alias: 'm', others: ['Other'] }]);
    expect(pools(relay(['k1'], { disabled: true }))).toEqual([]);
  });

  test('leaves out a weight that the server would drop', () => {
    const heavy = relay([], { 'api-key-entries': [{ 'api-key': 'k1', weight: 2 }] });
    const plan = planned(proxy({ [COMPAT]: [heavy] }), proxy({ [COMPAT]: [] }, '7.2.103'));
    expect(plan.leftOut).toMatchObject([{ failure: { code: 'field-too-new', field: 'weight' } }]);
    expect(planned(proxy({ [COMPAT]: [heavy] }), proxy({ [COMPAT]: [] }, '7.2.104')).leftOut).toEqual([]);
  });
});

describe('read back', () => {
  const there = relay(['k1'], { headers: { 'X-A': '1' }, 'new-field': { a: 1 }, priority: 3 });
  const { entries, providers } = planned(proxy({ [COMPAT]: [there] }), proxy({ [COMPAT]: [] }));
  const [entry] = entries as [(typeof entries)[0]];

  test('an entry is there though the server dropped a field that it does not know, which is named', () => {
    const { 'new-field': _dropped, ...kept } = there;
    expect(isCarried(entry, [kept])).toBe(true);
    expect(placeOfCarried(entry, [relay(['k2']), kept])).toBe(1);
    expect(droppedFields(entry.after, kept)).toEqual(['new-field']);
    expect(droppedFields(entry.after, providers[0]!)).toEqual([]);
  });

  test.each([
    ['another key', { 'api-key-entries': [{ 'api-key': 'k2' }] }],
    ['other headers, which may be another host’s', { headers: { 'X-A': '1', 'X-B': '2' } }],
    ['fewer models', { models: [] }],
    ['another state', { disabled: true }],
    ['another address', { 'base-url': 'https://x.example/v1' }],
  ])('one with %s is another', (_, more) => {
    expect(isCarried(entry, [{ ...there, ...more }])).toBe(false);
    expect(placeOfCarried(entry, [{ ...there, ...more }])).toBe(-1);
  });

  test('one that was there before does not count', () => {
    expect(isCarried({ ...entry, counted: 1, alike: 1 }, [there])).toBe(false);
    expect(isCarried({ ...entry, counted: 1, alike: 1 }, [there, there])).toBe(true);
  });
});
