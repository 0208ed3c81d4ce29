import { describe, expect, test } from 'vitest';
import type { KeyView } from '../../../src/core/view/view';
import {
  choiceFrom,
  choicesOf,
  filterKeys,
  keptFor,
  NO_CHOICE,
  NO_FILTER,
  setFilters,
  sortKeys,
  type KeyFilter,
} from '../../../src/ui/keys/filter';
import { keyView, missing, proved } from '../samples';

const KEYS: KeyView[] = [
  keyView({ id: 'k1', name: 'Night', listedName: 'two', note: 'cron job', group: 'vip', accountId: 'a1' }),
  keyView({ id: 'k2', name: 'ten 10', group: 'default', accountId: 'a1', status: 'disabled' }),
  keyView({ id: 'k3', name: 'ten 9', group: '', amount: { kind: 'unlimited' }, relayName: 'Ávila' }),
  keyView({
    id: 'k4',
    name: 'served',
    group: 'vip',
    accountId: 'a2',
    card: proved(),
    amount: { kind: 'left', left: { value: 2, symbol: '$' }, of: null },
  }),
];
const ids = (filter: Partial<KeyFilter>): string[] =>
  filterKeys(sortKeys(KEYS, { ...NO_FILTER, ...filter }), { ...NO_FILTER, ...filter }).shown.map(
    ({ id }) => id,
  );

describe('keys are found', () => {
  test.each<[string, Partial<KeyFilter>, string[]]>([
    ['all of them, in the order of the list', {}, ['k1', 'k2', 'k3', 'k4']],
    ['by the user’s own name', { text: ' NIGHT ' }, ['k1']],
    ['by the name at the relay', { text: 'two' }, ['k1']],
    ['by the note', { text: 'cron' }, ['k1']],
    ['by the relay', { text: 'ávila' }, ['k3']],
    ['of one account', { account: 'a1' }, ['k1', 'k2']],
    ['that were entered by hand', { account: 'own' }, ['k3']],
    ['of a relay', { relay: 'Ávila' }, ['k3']],
    ['of a group', { group: 'vip' }, ['k1', 'k4']],
    ['by how they stand at the relay', { status: 'disabled' }, ['k2']],
    ['by how they stand in the proxy', { state: 'served' }, ['k4']],
    ['by the list that they were imported into', { list: 'openai-compatibility' }, ['k4']],
    ['by several at once', { group: 'vip', state: 'not-imported' }, ['k1']],
    ['or not', { text: 'nowhere' }, []],
  ])('%s', (_name, filter, expected) => expect(ids(filter)).toEqual(expected));

  test('and counted for each state, whatever state is shown', () => {
    const { count } = filterKeys(KEYS, { ...NO_FILTER, group: 'vip', state: 'served' });
    expect([count('all'), count('not-imported'), count('served'), count('review')]).toEqual([2, 1, 1, 0]);
  });
});

describe('keys are sorted', () => {
  test.each<[KeyFilter['sort'], boolean, string[]]>([
    ['name', false, ['k1', 'k4', 'k3', 'k2']],
    ['name', true, ['k2', 'k3', 'k4', 'k1']],
    ['group', false, ['k3', 'k2', 'k1', 'k4']],
    ['balance', false, ['k1', 'k2', 'k4', 'k3']],
    ['state', false, ['k1', 'k2', 'k3', 'k4']],
    ['state', true, ['k4', 'k1', 'k2', 'k3']],
  ])('by %s (down: %s)', (sort, down, expected) => expect(ids({ sort, down })).toEqual(expected));
});

describe('what is to be reviewed', () => {
  const at = (time: number, host: string): KeyView['card'] => ({
    kind: 'failed',
    failure: { code: 'relay-unreachable', host },
    importId: null,
    root: '',
    at: time,
  });
  const keys = [
    keyView({ id: 'f1', card: at(3, 'h1.example') }),
    keyView({ id: 'f2', card: at(1, 'h2.example') }),
    keyView({ id: 'm1', card: proved({ served: 1, missing: [missing('disabled')], at: 2 }) }),
    keyView({ id: 'm2', card: proved({ served: 1, missing: [missing('disabled')] }) }),
    keyView({ id: 'new' }),
  ];

  test('is narrowed by its reason, each of which stands once to choose from', () => {
    const { reasons } = choicesOf(keys);
    expect(reasons.map(({ id, key, alike }) => [id, key.id, alike])).toEqual([
      ['failed relay-unreachable', 'f1', false],
      ['missing disabled', 'm1', true],
    ]);
    for (const { id } of reasons) {
      const { shown, count } = filterKeys(keys, { ...NO_FILTER, reason: id });
      expect(shown.map((key) => key.id)).toEqual(id.startsWith('failed') ? ['f1', 'f2'] : ['m1', 'm2']);
      expect([count('all'), count('review'), count('served')]).toEqual([2, 2, 0]);
    }
  });

  test('stays in sight when it is mended, until another reason is chosen', () => {
    const filter = { ...NO_FILTER, reason: 'missing disabled' };
    const kept = keptFor(keys, filter);
    const mended = keys.map((key) => (key.id === 'm1' ? { ...key, card: proved() } : key));
    const shown = (filterOf: KeyFilter, keptIds: ReadonlySet<string>): string[] =>
      filterKeys(mended, filterOf, keptIds).shown.map(({ id }) => id);
    expect(shown(filter, kept)).toEqual(['m1', 'm2']);
    expect(shown(filter, keptFor(mended, filter))).toEqual(['m2']);
    expect(keptFor(keys, NO_FILTER).size).toBe(0);
  });

  test('is sorted by the last import, the latest first', () => {
    const sorted = sortKeys(keys, { sort: 'imported', down: false });
    expect(sorted.map(({ id }) => id)).toEqual(['f1', 'm1', 'f2', 'm2', 'new']);
  });
});

test('what there is to choose from stands once, in order', () => {
  expect(choicesOf(KEYS)).toEqual({
    relays: ['Ávila', 'Hoshi Relay'],
    groups: ['default', 'vip'],
    statuses: ['disabled', 'enabled'],
    lists: ['openai-compatibility'],
    reasons: [],
    proxies: [],
  });
});

describe('a choice that was noted', () => {
  const choices = choicesOf(KEYS);
  test('holds again', () => {
    const choice = {
      ...NO_CHOICE,
      account: 'a1',
      relay: 'Ávila',
      list: 'openai-compatibility' as const,
      down: true,
    };
    expect(choiceFrom(JSON.parse(JSON.stringify(choice)), choices, ['a1'])).toEqual(choice);
  });

  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['something else', 'x'],
    [
      'what is gone by now',
      { account: 'a9', relay: 'Gone', group: 'old', reason: 'failed gone', list: 'xai-api-key' },
    ],
    ['what was never there', { state: 'lost', sort: 'luck', status: 'shut', down: 'yes' }],
  ])('is left where it names %s', (_what, note) => {
    expect(choiceFrom(note, choices, ['a1'])).toEqual(NO_CHOICE);
  });
});

test('the order is no filter', () => {
  expect(setFilters({ ...NO_CHOICE, sort: 'name', down: true })).toBe(0);
  expect(setFilters({ ...NO_CHOICE, relay: 'Ávila', state: 'served' })).toBe(2);
});

test('the keys that can be imported are counted among those shown', () => {
  expect(filterKeys(KEYS, NO_FILTER).open).toBe(2);
  expect(filterKeys(KEYS, { ...NO_FILTER, text: 'night' }).open).toBe(1);
});

describe('with two CLIProxyAPIs', () => {
  const nas = (standing: object) => ({
    others: [{ proxyId: 'nas', running: null, card: null, presence: 'absent' as const, ...standing }],
  });
  const both = [
    keyView({ id: 'nowhere', ...nas({}) }),
    keyView({ id: 'here', card: proved(), ...nas({}) }),
    keyView({ id: 'there', ...nas({ card: proved() }) }),
    keyView({ id: 'seen there', ...nas({ presence: 'present' }) }),
  ];
  const lacking = (proxyId: string): string[] =>
    filterKeys(both, { ...NO_FILTER, lacking: proxyId }).shown.map(({ id }) => id);

  test('keys are found that one of them has not, whichever the page looks at', () => {
    expect(lacking('nas')).toEqual(['nowhere', 'here']);
    expect(lacking('first')).toEqual(['nowhere', 'there', 'seen there']);
  });

  test('a key that is imported there stays in sight until another filter is chosen', () => {
    const filter = { ...NO_FILTER, lacking: 'nas' };
    const kept = keptFor(both, filter);
    const after = both.map((key) => (key.id === 'here' ? { ...key, ...nas({ card: proved() }) } : key));
    expect(filterKeys(after, filter, kept).shown.map(({ id }) => id)).toEqual(['nowhere', 'here']);
    expect(filterKeys(after, filter).shown.map(({ id }) => id)).toEqual(['nowhere']);
  });

  test('the choice is noted only while there is that CLIProxyAPI', () => {
    const note = { ...NO_CHOICE, lacking: 'nas' };
    expect(choiceFrom(note, choicesOf(both, ['first', 'nas']), []).lacking).toBe('nas');
    expect(choiceFrom(note, choicesOf(both), []).lacking).toBeNull();
  });
});
