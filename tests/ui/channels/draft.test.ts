import { expect, test } from 'vitest';
import type { Channel } from '../../../src/core/channels/channel';
import { changedFields, typedOf, wrongIn } from '../../../src/ui/channels/draft';
import { channelOf } from './samples';

const odd: Channel = channelOf(1, { name: ' x ', mapping: '{"a":""}', priority: 12_345_678_901 });

test('what was not touched is neither counted nor in the way, however odd it is', () => {
  const typed = { ...typedOf(odd), weight: '7' };
  expect(changedFields(odd, typed)).toEqual({ weight: 7 });
  expect(Object.values(wrongIn(odd, typed)).some(Boolean)).toBe(false);
});

test('what was touched must be as a channel can have it', () => {
  const wrong = wrongIn(odd, { ...typedOf(odd), name: ' ', priority: 'x', weight: '-1', models: '' });
  expect(wrong).toMatchObject({ name: true, priority: true, weight: true, models: true, mapping: false });
});
