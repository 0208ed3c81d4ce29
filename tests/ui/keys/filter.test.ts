import { describe, expect, test } from 'vitest';
import type { KeyView } from '../../../src/core/view/view';
import { filterKeys, groupsOf, NO_FILTER, type KeyFilter } from '../../../src/ui/keys/filter';
import { keyView, proved } from '../samples';

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
const stateOf = (key: KeyView) => (key.card ? ('served' as const) : ('not-imported' as const));
const ids = (filter: Partial<KeyFilter>): string[] =>
  filterKeys(KEYS, { ...NO_FILTER, ...filter }, stateOf).shown.map(({ id }) => id);

describe('keys are found', () => {
  test.each<[string, Partial<KeyFilter>, string[]]>([
    ['all of them, in the order of the list', {}, ['k1', 'k2', 'k3', 'k4']],
    ['by the user’s own name', { text: ' NIGHT ' }, ['k1']],
    ['by the name at the relay', { text: 'two' }, ['k1']],
    ['by the note', { text: 'cron' }, ['k1']],
    ['by the relay', { text: 'ávila' }, ['k3']],
    ['of one account', { account: 'a1' }, ['k1', 'k2']],
    ['that were entered by hand', { account: 'own' }, ['k3']],
    ['of a group', { group: 'vip' }, ['k1', 'k4']],
    ['by how they stand at the relay', { status: 'disabled' }, ['k2']],
    ['by how they stand in the proxy', { state: 'served' }, ['k4']],
    ['by several at once', { group: 'vip', state: 'not-imported' }, ['k1']],
    ['or not', { text: 'nowhere' }, []],
  ])('%s', (_name, filter, expected) => expect(ids(filter)).toEqual(expected));

  test('and counted for each state, whatever state is shown', () => {
    const { count } = filterKeys(KEYS, { ...NO_FILTER, group: 'vip', state: 'served' }, stateOf);
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

test('the groups to choose from stand once each, in order', () => {
  expect(groupsOf(KEYS)).toEqual(['default', 'vip']);
});
