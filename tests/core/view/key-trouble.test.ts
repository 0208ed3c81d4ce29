import { expect, test } from 'vitest';
import { troubledKeys } from '../../../src/core/view/key-trouble';
import type { KeyView } from '../../../src/core/view/view';
import { accountView, keyView } from '../../ui/samples';

const accounts = [
  accountView({ id: 'a1' }),
  accountView({ id: 'empty', balance: { value: 0, symbol: '$' } }),
  accountView({ id: 'unread', balance: null }),
];

test.each<[Partial<KeyView>, string | undefined]>([
  [{}, undefined],
  [{ accountId: 'a1' }, undefined],
  [{ accountId: 'unread' }, undefined],
  [{ accountId: 'a1', status: 'disabled' }, 'disabled'],
  [{ accountId: 'a1', status: 'expired' }, 'expired'],
  [{ accountId: 'a1', status: 'used-up' }, 'used-up'],
  [{ accountId: 'empty' }, 'no-balance'],
  [{ accountId: 'empty', status: 'disabled' }, 'disabled'],
])('of a key %o a plan says %s', (more, trouble) => {
  const keys = [keyView({ id: 'other', status: 'expired' }), keyView({ ...more, name: 'mine' })];
  expect(troubledKeys({ keys, accounts }, ['k1'])).toEqual(trouble ? [{ trouble, names: ['mine'] }] : []);
});
