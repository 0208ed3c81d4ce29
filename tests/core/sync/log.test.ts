import { expect, test } from 'vitest';
import { withRun } from '../../../src/core/sync/log';
import type { SyncRun } from '../../../src/core/sync/run';

const run = (id: string, channels: number, names = 2_000): SyncRun => ({
  id,
  newApiId: 'n',
  at: 1,
  tookMs: 1,
  by: 'user',
  total: channels,
  inOrder: 0,
  notTried: 0,
  skipped: 0,
  cancelled: false,
  failure: null,
  channels: Array.from({ length: channels }, (_, at) => ({
    channelId: at,
    name: `channel ${at}`,
    seen: { models: 'gpt-4o,'.repeat(1_000), mapping: '{}' },
    found: { added: Array.from({ length: names }, (_n, n) => `model-${at}-${n}`), removed: [], renamed: [] },
    failure: null,
    applied: [],
  })),
});

test('many large runs stay within the room that there is, and the newest is always there', () => {
  let log: SyncRun[] = [];
  for (let at = 0; at < 30; at++) log = withRun(log, run(`r${at}`, 40));
  expect(JSON.stringify(log).length).toBeLessThan(2_900_000);
  expect(log[0]).toMatchObject({ id: 'r29', total: 40 });
  expect(log[0]!.channels.length).toBeGreaterThan(10);
});

test('of older runs it is kept what they found, and not what they could be applied to', () => {
  const log = withRun(withRun([], run('a', 1, 3)), run('b', 1, 3));
  expect(log.map(({ id }) => id)).toEqual(['b', 'a']);
  expect(log[0]!.channels[0]!.seen.models).not.toBe('');
  expect(log[1]!.channels[0]).toMatchObject({
    seen: { models: '' },
    found: { added: ['model-0-0', 'model-0-1', 'model-0-2'] },
  });
});

test('of a run that is too large what was found is kept before what failed', () => {
  const large = run('a', 60);
  const failing = large.channels.map((channel) =>
    channel.channelId === 59 ? channel : { ...channel, failure: { code: 'locked' as const } },
  );
  const [kept] = withRun([], { ...large, channels: failing });
  expect(kept!.channels.length).toBeLessThan(60);
  expect(kept!.channels.at(-1)).toMatchObject({ channelId: 59, failure: null });
});
