import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/core/channels/channel';
import { channelOf, rawChannelSchema, serverFields } from '../../../src/core/channels/raw-channel';
import { upstreamName } from '../../../src/core/channels/models';
import {
  planChannel,
  planIdentity,
  type ChannelPlan,
  type ChannelTarget,
} from '../../../src/core/channels/plan';
import * as v from 'valibot';
import { anyList, anyDesired, channel, RELAY, desired } from './channels';
import { differing, namesOf } from '../../../src/core/channels/compare';

const AUTO: ChannelTarget = { kind: 'auto' };
const plan = (
  channels: Channel[],
  wanted = desired(),
  own: number[] = [],
  target: ChannelTarget = AUTO,
): ChannelPlan => {
  const made = planChannel({ channels, desired: wanted, own, target });
  if (!made.ok) throw new Error(made.failure.code);
  return made.value;
};

describe('a key of a relay that has no channel', () => {
  test('becomes a new one, whose fields stand in the diff', () => {
    const made = plan([channel({ baseUrl: 'https://other.example' })]);
    expect(made).toMatchObject({
      kind: 'create',
      candidates: [],
      fields: { models: 'gpt-4o,deepseek-chat', mapping: '', group: 'default', baseUrl: RELAY },
    });
    expect(made.changes).toContainEqual({ field: 'models', from: '', to: 'gpt-4o,deepseek-chat' });
    expect(made.changes.map(({ field }) => field)).not.toContain('priority');
  });

  test('whose models go by other names gets a mapping from those to its own', () => {
    const models = [
      { name: 'openai/gpt-4o', alias: 'gpt-4o' },
      { name: 'o3', alias: 'o3' },
    ];
    expect(plan([], desired({ models }))).toMatchObject({
      fields: { models: 'gpt-4o,o3', mapping: '{"gpt-4o":"openai/gpt-4o"}' },
    });
  });

  test('that brings no model is refused, since its channel would serve nothing', () => {
    expect(planChannel({ channels: [], desired: desired({ models: [] }), own: [], target: AUTO })).toEqual({
      ok: false,
      failure: { code: 'no-models' },
    });
  });
});

describe('a key of a relay that has channels', () => {
  const channels = [
    channel({ id: 1, models: 'x' }),
    channel({ id: 2, baseUrl: `${RELAY}/v1/` }),
    channel({ id: 3, models: 'gpt-4o' }),
  ];

  test('is the user’s to place: the candidates are shown, best first', () => {
    const { kind, candidates } = plan(channels);
    expect(kind).toBe('choose');
    expect(candidates.map(({ channelId, grade }) => [channelId, grade])).toEqual([
      [2, 'same-models'],
      [1, 'same-url'],
      [3, 'same-url'],
    ]);
  });

  test('goes to the channel of our own record, with what is missing there', () => {
    expect(plan(channels, desired(), [3])).toMatchObject({
      kind: 'update',
      channelId: 3,
      fields: { models: 'gpt-4o,deepseek-chat' },
      added: [{ name: 'deepseek-chat' }],
    });
  });

  test('is not taken for that of a record whose number another relay’s channel has now', () => {
    expect(plan([channel({ id: 3, baseUrl: 'https://other.example' })], desired(), [3]).kind).toBe('create');
  });

  test('is the user’s to place also where our own record names two', () => {
    expect(plan(channels, desired(), [1, 3]).kind).toBe('choose');
  });

  test('becomes a new one all the same where the user says so, and joins the one that was chosen', () => {
    expect(plan(channels, desired(), [], { kind: 'new' }).kind).toBe('create');
    expect(plan(channels, desired(), [], { kind: 'join', channelId: 2 })).toMatchObject({
      kind: 'unchanged',
      channelId: 2,
    });
    const gone = planChannel({
      channels,
      desired: desired(),
      own: [],
      target: { kind: 'join', channelId: 9 },
    });
    expect(gone).toEqual({ ok: false, failure: { code: 'channel-gone' } });
  });

  test('leaves a name that means another model there as it is, and says so', () => {
    const mapped = channel({ models: 'gpt-4o', mapping: '{"gpt-4o":"cheap"}' });
    const { kind, kept } = plan([mapped], desired({ models: [{ name: 'gpt-4o', alias: 'gpt-4o' }] }), [1]);
    expect({ kind, kept }).toEqual({
      kind: 'unchanged',
      kept: [{ alias: 'gpt-4o', has: 'cheap', wanted: 'gpt-4o' }],
    });
  });

  test('does not touch a mapping that is not understood', () => {
    const odd = channel({ name: 'odd', mapping: '{"a":1}' });
    expect(planChannel({ channels: [odd], desired: desired(), own: [1], target: AUTO })).toEqual({
      ok: false,
      failure: { code: 'channel-mapping', name: 'odd' },
    });
  });
});

const meaning = (some: Channel): Map<string, string> => {
  const names = namesOf(some);
  return new Map((names?.models ?? []).map((name) => [name, upstreamName(name, names!.mapping)]));
};

test('over any list: what is planned holds, loses nothing, and planning again finds nothing to do', () => {
  fc.assert(
    fc.property(
      anyList,
      anyDesired,
      fc.option(fc.integer({ min: 1, max: 6 })),
      (channels, wanted, chosen) => {
        const before = structuredClone(channels);
        const target: ChannelTarget = chosen === null ? { kind: 'new' } : { kind: 'join', channelId: chosen };
        const made = planChannel({ channels, desired: wanted, own: [], target });
        expect(channels).toEqual(before);
        if (!made.ok || made.value.kind === 'choose' || made.value.kind === 'unchanged') return;
        const old = made.value.kind === 'update' ? channels.find(({ id }) => id === chosen)! : undefined;
        const after = { ...(old ?? channel({ id: 99 })), ...made.value.fields };
        for (const [name, upstream] of old ? meaning(old) : [])
          expect(meaning(after).get(name)).toBe(upstream);
        for (const { name, alias } of made.value.added) expect(meaning(after).get(alias)).toBe(name);
        const keptNames = made.value.kept.map(({ alias }) => alias);
        for (const { alias } of wanted.models)
          expect(meaning(after).has(alias) || keptNames.includes(alias)).toBe(true);
        const again = planChannel({
          channels: [...channels.filter(({ id }) => id !== after.id), after],
          desired: wanted,
          own: [],
          target: { kind: 'join', channelId: after.id },
        });
        expect(again).toMatchObject({ ok: true, value: { kind: 'unchanged' } });
      },
    ),
  );
});

test('a plan is another one as soon as the channel that it changes is another', () => {
  const one = planIdentity(plan([channel({ models: 'x' })], desired(), [1]));
  const two = planIdentity(plan([channel({ models: 'x', group: 'vip' })], desired(), [1]));
  expect(JSON.stringify(one)).not.toBe(JSON.stringify(two));
});

describe('fields', () => {
  test('are compared as servers mean them: lists in any order, an empty mapping is none', () => {
    const some = channel({ models: 'a,b', mapping: '{}', group: 'vip,default' });
    expect(differing(some, { models: 'b, a', mapping: '', group: 'default,vip', tag: '' })).toEqual([]);
    expect(differing(some, { models: 'a', priority: 1 })).toEqual(['models', 'priority']);
  });

  test('go out in the server’s words, and an emptied mapping as one that is not passed over', () => {
    expect(serverFields({ baseUrl: RELAY, mapping: '', models: 'a' })).toEqual({
      base_url: RELAY,
      model_mapping: '{}',
      models: 'a',
    });
  });

  test('are read with nulls in place of what a server leaves out', () => {
    const raw = v.parse(rawChannelSchema, {
      id: 1,
      type: 1,
      name: 'n',
      status: 3,
      key: 'sk-x',
      models: null,
    });
    expect(channelOf(raw)).toMatchObject({ state: 'auto-off', models: '', group: '', weight: 0 });
    expect(JSON.stringify(channelOf(raw))).not.toContain('sk-x');
  });
});
