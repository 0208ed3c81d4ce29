import { describe, expect, test } from 'vitest';
import { channelOf } from '../../../src/core/channels/raw-channel';

const info = (reason: unknown, time: unknown): string =>
  JSON.stringify({ status_reason: reason, status_time: time });

describe('why a channel is off', () => {
  test('is told with the time, and a part of a key in it is not', () => {
    const other_info = info('status code 401, Incorrect API key [sk-abc***xyz] sk-fake-0001', 1_700_000_000);
    expect(channelOf({ id: 1, status: 3, other_info }).off).toEqual({
      reason: 'status code 401, Incorrect API key sk-… sk-…',
      at: 1_700_000_000_000,
    });
  });

  test.each([
    ['a key of another kind', 'bad key AIzaFakeFakeFakeFakeFakeFakeFake0001', 'bad key …'],
    ['a password in an address', 'dial https://u:pass@r.example refused', 'dial https://r.example refused'],
  ])('is told without %s', (_, told, reason) => {
    expect(channelOf({ id: 1, status: 3, other_info: info(told, 0) }).off?.reason).toBe(reason);
  });

  test('is shortened', () => {
    const other_info = info('no answer '.repeat(90), 0);
    expect(channelOf({ id: 1, status: 3, other_info }).off?.reason.length).toBe(160);
  });

  test.each([
    ['of one that is on', { status: 1, other_info: info('manual', 5) }],
    ['where nothing is told', { status: 2, other_info: '' }],
    ['where it is no JSON', { status: 2, other_info: 'x' }],
    ['where the server has no such field', { status: 2 }],
  ])('is not said %s', (_, raw) => {
    expect(channelOf({ id: 1, ...raw })).not.toHaveProperty('off');
  });
});

test('keys, quota and balance are said as the list tells them, and else not at all', () => {
  const channel_info = { is_multi_key: true, multi_key_size: 2, multi_key_mode: 'polling' };
  const told = { channel_info, used_quota: 500, balance: 3.5, balance_updated_time: 7 };
  expect(channelOf({ id: 1, ...told })).toMatchObject({
    manyKeys: true,
    keys: { count: 2, mode: 'polling' },
    usedQuota: 500,
    balance: { amount: 3.5, at: 7000 },
  });
  const silent = channelOf({ id: 1, channel_info: { is_multi_key: false }, balance: 0 });
  for (const field of ['keys', 'usedQuota', 'balance']) expect(silent).not.toHaveProperty(field);
});
