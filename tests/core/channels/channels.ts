import fc from 'fast-check';
import type { Channel } from '../../../src/core/channels/channel';
import type { DesiredChannel } from '../../../src/core/channels/plan';

export const RELAY = 'https://relay.example';

/** A channel as listed, with what is said of it. */
export const channel = (changes: Partial<Channel> = {}): Channel => ({
  id: 1,
  name: 'relay',
  type: 1,
  state: 'on',
  baseUrl: RELAY,
  models: 'gpt-4o,deepseek-chat',
  mapping: '',
  group: 'default',
  priority: 0,
  weight: 0,
  tag: '',
  manyKeys: false,
  responseMs: 0,
  testedAt: 0,
  createdAt: 0,
  ...changes,
});

export const desired = (changes: Partial<DesiredChannel> = {}): DesiredChannel => ({
  name: 'relay',
  type: 1,
  baseUrl: RELAY,
  models: ['gpt-4o', 'deepseek-chat'].map((name) => ({ name, alias: name })),
  groups: ['default'],
  priority: 0,
  weight: 0,
  tag: '',
  ...changes,
});

const NAMES = ['a', 'b', 'c', 'd', 'gpt-4o', 'gpt-4o-2024-08-06', 'openai/gpt-4o', 'x*'];
export const modelName = fc.constantFrom(...NAMES);
const names = fc.uniqueArray(modelName, { maxLength: 5 });

/** Names and mappings of any shape, circles and left-over steps among them. */
export const channelNames = fc.record({
  models: names.map((list) => list.join(',')),
  mapping: fc.oneof(
    fc.constantFrom('', '{}', 'null', 'broken', '{"a":1}', '[]'),
    fc.dictionary(modelName, modelName, { maxKeys: 4 }).map((map) => JSON.stringify(map)),
  ),
});

export const anyChannel: fc.Arbitrary<Channel> = fc
  .record({
    id: fc.integer({ min: 1, max: 6 }),
    names: channelNames,
    baseUrl: fc.constantFrom(RELAY, `${RELAY}/`, `${RELAY}/v1`, 'https://other.example', ''),
    state: fc.constantFrom('on' as const, 'off' as const, 'auto-off' as const),
  })
  .map(({ names: some, ...rest }) => channel({ ...rest, ...some }));

export const anyList = fc.uniqueArray(anyChannel, { maxLength: 5, selector: ({ id }) => id });

export const anyDesired: fc.Arbitrary<DesiredChannel> = fc
  .uniqueArray(fc.record({ name: modelName, alias: modelName }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ alias }) => alias,
  })
  .map((models) => desired({ models }));
