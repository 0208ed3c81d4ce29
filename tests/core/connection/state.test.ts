import { expect, test } from 'vitest';
import { CHECK_MS, connectionState, type ConnectionFacts } from '../../../src/core/connection/state';

const NOW = 1_000_000;
const facts = (more: Partial<ConnectionFacts> = {}): ConnectionFacts => ({
  hasKey: true,
  granted: true,
  halted: null,
  checkedAt: NOW - 5,
  trouble: null,
  checkingAt: null,
  ...more,
});
const refused = { code: 'key-refused', triesLeft: 4 } as const;
const gone = { code: 'unreachable', host: 'localhost:8317' } as const;

test.each<[string, ConnectionFacts | null]>([
  ['none', null],
  ['no-key', facts({ hasKey: false, halted: refused })],
  ['not-allowed', facts({ granted: false })],
  ['unchecked', facts({ checkedAt: null })],
  ['connected', facts()],
  ['checking', facts({ checkingAt: NOW - 1, halted: refused })],
  ['connected', facts({ checkingAt: NOW - CHECK_MS })],
  ['banned', facts({ halted: { code: 'banned', until: NOW + 1 }, checkingAt: NOW })],
  ['unchecked', facts({ halted: { code: 'banned', until: NOW } })],
  ['refused', facts({ halted: refused, trouble: gone })],
  ['unreachable', facts({ trouble: gone })],
  ['failed', facts({ trouble: { code: 'not-cliproxyapi', host: 'localhost:8317' } })],
])('%s', (kind, connection) => {
  expect(connectionState(connection, NOW)).toMatchObject({ kind });
});
