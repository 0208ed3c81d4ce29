import { expect, test } from 'vitest';
import { capReading } from '../../src/relays/cap-reading';
import type { AccountReading, RemoteKey } from '../../src/relays/relay';

const key = (more: Partial<RemoteKey> = {}): RemoteKey => ({
  remoteId: 1,
  name: 'one',
  mask: 'Labk**********0001',
  group: 'default',
  models: ['gpt-4o'],
  status: 1,
  expiredTime: -1,
  remainQuota: 1,
  usedQuota: 0,
  unlimitedQuota: false,
  ...more,
});
const reading = (...keys: RemoteKey[]): AccountReading => ({
  userId: '7',
  systemName: 'Hoshi',
  unit: { kind: 'usd', perUnit: 500_000 } as never,
  balance: 1,
  used: null,
  keys,
  more: false,
});

test('what real relays say is kept as it is', () => {
  const plain = reading(key(), key({ remoteId: 2, models: null }), key({ remoteId: 3, models: [] }));
  expect(capReading(plain)).toEqual(plain);
  const many = reading(
    ...Array.from({ length: 5_000 }, (_, remoteId) => key({ remoteId, name: 'n'.repeat(40) })),
  );
  expect(capReading(many)).toEqual(many);
});

test('names, groups and limits are cut', () => {
  const long = 'x'.repeat(1_000_000);
  const { systemName, keys } = capReading({
    ...reading(key({ name: long, mask: long, group: long, platform: long, models: [long, 'gpt-4o'] })),
    systemName: long,
  });
  expect(systemName).toHaveLength(80);
  expect(keys).toMatchObject([{ models: ['gpt-4o'] }]);
  for (const field of ['name', 'mask', 'group', 'platform'] as const)
    expect(keys[0]?.[field]).toHaveLength(200);
});

test('a limit is never lifted by being cut', () => {
  const models = Array.from({ length: 100_000 }, (_, at) => `m${at}`);
  expect(capReading(reading(key({ models }))).keys[0]?.models).toEqual(models.slice(0, 5_000));
  expect(capReading(reading(key({ models: ['x'.repeat(201)] }))).keys[0]?.models).toEqual([]);
});

test('an account takes two million characters at most; that there are more keys is said', () => {
  const models = Array.from({ length: 5_000 }, (_, at) => `model-${at}`.padEnd(200, 'x'));
  const kept = capReading(reading(...Array.from({ length: 50 }, (_, remoteId) => key({ remoteId, models }))));
  expect(kept.keys.length).toBeGreaterThan(0);
  expect(JSON.stringify(kept.keys).length).toBeLessThan(2_100_000);
  expect(kept.more).toBe(true);
});
