import { expect, test } from 'vitest';
import type { Channel } from '../../../src/core/channels/channel';
import { ALL_CHANNELS, filterChannels, groupsOfChannels, modelCount } from '../../../src/ui/channels/filter';
import { channelOf } from './samples';

/** Channels that count how often their models are looked at. */
function watched(count: number): { channels: Channel[]; looks(): number } {
  let looks = 0;
  const channels = Array.from({ length: count }, (_, index) =>
    Object.defineProperty(channelOf(index + 1, { name: `name ${count - index}` }), 'models', {
      enumerable: true,
      get: () => ((looks += 1), `m${index},gpt-4o`),
    }),
  );
  return { channels, looks: () => looks };
}

test('a channel is taken apart once, however many letters are typed and whatever it is sorted by', () => {
  const { channels, looks } = watched(100);
  for (const text of ['', 'm', 'm9', 'm99']) {
    filterChannels(channels, { ...ALL_CHANNELS, text, sort: 'models' });
    groupsOfChannels(channels);
    channels.forEach(modelCount);
  }
  expect(looks()).toBeLessThanOrEqual(2 * channels.length);
});

test('a channel that was changed is found by what it is now, in its new place', () => {
  const before = [channelOf(1, { name: 'b' }), channelOf(2, { name: 'c' })];
  const filter = { ...ALL_CHANNELS, sort: 'name' as const, down: false };
  expect(filterChannels(before, filter).shown.map(({ id }) => id)).toEqual([1, 2]);
  const after = [before[0]!, { ...before[1]!, name: 'a', state: 'off' as const }];
  const { shown, count } = filterChannels(after, filter);
  expect(shown.map(({ id }) => id)).toEqual([2, 1]);
  expect([count('all'), count('on'), count('off'), count('auto-off')]).toEqual([2, 1, 1, 0]);
  expect(filterChannels(after, { ...filter, down: true }).shown.map(({ id }) => id)).toEqual([1, 2]);
  expect(filterChannels(after, { ...filter, text: 'C1' }).shown).toEqual([]);
});
