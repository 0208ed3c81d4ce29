import { expect, test } from 'vitest';
import { channelSyncOf, withChannelSync, withoutChannels } from '../../../src/core/sync/channel-sync';
import { NO_SYNC } from '../../../src/core/sync/run';

const GPT = { include: ['gpt'], exclude: [] };
const own = withChannelSync(NO_SYNC, 1, { kind: 'own', rules: GPT });

test('a channel is synced as all are, by rules of its own, or not at all', () => {
  expect(channelSyncOf(NO_SYNC, 1)).toEqual({ kind: 'site' });
  expect(channelSyncOf(own, 1)).toEqual({ kind: 'own', rules: GPT });
  expect(channelSyncOf(own, 2)).toEqual({ kind: 'site' });
  expect(channelSyncOf(withChannelSync(own, 2, { kind: 'skip' }), 2)).toEqual({ kind: 'skip' });
  expect(channelSyncOf(withChannelSync(own, 1, { kind: 'site' }), 1)).toEqual({ kind: 'site' });
});

test('rules of its own outlast its being skipped, and are replaced, never doubled', () => {
  const skipped = withChannelSync(own, 1, { kind: 'skip' });
  expect(skipped).toMatchObject({ skip: [1], own: [{ channelId: 1, rules: GPT }] });
  const again = withChannelSync(withChannelSync(skipped, 1, { kind: 'skip' }), 1, {
    kind: 'own',
    rules: { include: [], exclude: ['image'] },
  });
  expect(again).toMatchObject({
    skip: [],
    own: [{ channelId: 1, rules: { include: [], exclude: ['image'] } }],
  });
});

test('a channel that is gone takes its exceptions along', () => {
  const both = withChannelSync(own, 2, { kind: 'skip' });
  expect(withoutChannels(both, (id) => id === 1)).toMatchObject({ skip: [2], own: [] });
  expect(withoutChannels(both, (id) => id === 2)).toMatchObject({ skip: [], own: [{ channelId: 1 }] });
  expect(withoutChannels(NO_SYNC, () => true)).toEqual(NO_SYNC);
});
