import { expect, test } from 'vitest';
import { relayRuns } from '../../../src/core/view/relay-groups';
import { keyView } from '../../ui/samples';

/** Keys by the account that each is of. */
const of = (...accounts: (string | null)[]) =>
  accounts.map((accountId, index) => keyView({ id: `k${index}`, accountId }));

test('neighbours of one account are a run, and those between have none of their own', () => {
  expect(relayRuns(of('a', 'a', 'b', 'c', 'd', 'd', 'd', 'e'))).toEqual([
    { at: 0, count: 2, shared: true },
    { at: 2, count: 2, shared: false },
    { at: 4, count: 3, shared: true },
    { at: 7, count: 1, shared: false },
  ]);
});

test('there is no run where each key has a relay of its own', () => {
  expect(relayRuns(of('a', 'b', 'a'))).toEqual([]);
  expect(relayRuns([])).toEqual([]);
});

test('keys entered by hand belong together by name and host', () => {
  const own = (relayName: string, host: string) => keyView({ relayName, host });
  expect(relayRuns([own('A', 'a.example'), own('A', 'a.example'), own('A', 'b.example')])).toEqual([
    { at: 0, count: 2, shared: true },
    { at: 2, count: 1, shared: false },
  ]);
});
