import { relayIdentity } from '../base-url';
import { fieldsOf, type Channel, type ChannelFields, type ChannelSecrets } from './channel';
import { joinNames, type KeptName, type WantedModel } from './join-names';
import type { Failure } from '../failures/failure';
import { modelTexts } from './models';
import { fail, ok, type Result } from '../failures/result';
import { differingFields, splitList, namesOf } from './compare';

/** The channel that a key is to become; for one that joins, only its models count. */
export interface DesiredChannel extends Omit<ChannelFields, 'models' | 'mapping' | 'group'> {
  models: WantedModel[];
  groups: string[];
}

/** Which channel to use: found by itself, a new one in any case, or one that the user chose. */
export type ChannelTarget = { kind: 'auto' } | { kind: 'new' } | { kind: 'join'; channelId: number };

/** How well a channel fits a key, best first. Its key is not known, so that only our own record is sure. */
export const GRADES = ['own', 'same-models', 'same-url'] as const;
export type Grade = (typeof GRADES)[number];

export interface Candidate {
  channelId: number;
  name: string;
  grade: Grade;
  state: Channel['state'];
  models: number;
  manyKeys: boolean;
}

/** One line of the diff: what it was, if there was something, and what it will be. */
export interface FieldChange {
  /** Of a secret only that it was replaced (`to` is empty: taken out) is told. */
  field: keyof ChannelFields | keyof ChannelSecrets | 'state';
  from: string;
  to: string;
}

/** What every plan says. */
export interface PlanFacts {
  candidates: Candidate[];
  changes: FieldChange[];
  /** Names that the channel has already and that mean another model there: they stay as they are. */
  kept: KeptName[];
  added: WantedModel[];
}

/** A plan that says which channel the key goes to. `channelId` null: a new one. */
export type DecidedPlan = PlanFacts & { channelName: string } & (
    | { kind: 'create'; channelId: null; fields: ChannelFields }
    | { kind: 'update'; channelId: number; before: ChannelFields; fields: Partial<ChannelFields> }
    | { kind: 'unchanged'; channelId: number }
  );

export type ChannelPlan =
  | DecidedPlan
  /** Channels of this relay are there and none is known to be of this key: the user says which, or a new one. */
  | ({ kind: 'choose' } & PlanFacts);

export interface ChannelPlanInput {
  channels: readonly Channel[];
  desired: DesiredChannel;
  /** Channels that KeyFerry made or changed for this key, by its own record. */
  own: readonly number[];
  target: ChannelTarget;
}

/**
 * What an import of a key makes of the channels that are there. Looks at no key: a channel is known by our own record, or
 * the user is asked. A channel that is joined gets names added and loses nothing.
 */
export function planChannel(input: ChannelPlanInput): Result<ChannelPlan> {
  const { channels, desired, target } = input;
  const candidates = candidatesFor(input);
  if (desired.models.length === 0) return fail({ code: 'no-models' });
  const [own, another] = candidates.filter(({ grade }) => grade === 'own');
  const joined = target.kind === 'join' ? target.channelId : own && !another ? own.channelId : null;
  if (target.kind === 'new' || (target.kind === 'auto' && candidates.length === 0))
    return ok(create(desired, candidates));
  if (joined === null) return ok({ kind: 'choose', candidates, changes: [], kept: [], added: [] });
  const channel = channels.find(({ id }) => id === joined);
  return channel ? join(channel, desired, candidates) : fail({ code: 'channel-gone' });
}

/** Channels of the same relay, best first; then in the order of the list. */
function candidatesFor({ channels, desired, own }: ChannelPlanInput): Candidate[] {
  const relay = relayIdentity(desired.baseUrl);
  const wanted = new Set(desired.models.map(({ alias }) => alias));
  const graded = channels
    // Numbers of deleted channels may come again, so that a record alone says nothing.
    .filter(({ baseUrl }) => relayIdentity(baseUrl) === relay)
    .map((channel): Candidate => {
      const models = splitList(channel.models);
      const same = models.length === wanted.size && models.every((name) => wanted.has(name));
      const { id, name, state, manyKeys } = channel;
      const grade = own.includes(id) ? 'own' : same ? 'same-models' : 'same-url';
      return { channelId: id, name, grade, state, models: models.length, manyKeys };
    });
  return GRADES.flatMap((grade) => graded.filter((candidate) => candidate.grade === grade));
}

function create(desired: DesiredChannel, candidates: Candidate[]): ChannelPlan {
  const { names, added, kept } = joinNames({ models: [], mapping: new Map() }, desired.models);
  const { name, type, baseUrl, groups, priority, weight, tag } = desired;
  const fields = {
    name,
    type,
    baseUrl,
    ...modelTexts(names),
    group: groups.join(','),
    priority,
    weight,
    tag,
  };
  const changes = changesOf(undefined, fields);
  return { kind: 'create', channelId: null, channelName: name, fields, candidates, changes, kept, added };
}

function join(channel: Channel, desired: DesiredChannel, candidates: Candidate[]): Result<ChannelPlan> {
  const names = namesOf(channel);
  if (!names) return fail(unreadableMapping(channel));
  const { names: after, added, kept } = joinNames(names, desired.models);
  const common = { channelId: channel.id, channelName: channel.name, candidates, kept, added };
  if (added.length === 0) return ok({ kind: 'unchanged', changes: [], ...common });
  const fields = differingFields(channel, modelTexts(after));
  return ok({
    kind: 'update',
    before: fieldsOf(channel),
    fields,
    changes: changesOf(channel, fields),
    ...common,
  });
}

/** The mapping is none that we understand: written back it might mean something else. */
export const unreadableMapping = ({ name }: Pick<Channel, 'name'>): Failure => ({
  code: 'channel-mapping',
  name,
});

/** What a new channel has where nobody said otherwise. */
const UNSAID: Partial<Record<keyof ChannelFields, string>> = { type: '', autoBan: '1' };

/**
 * The diff of some fields, in the order in which they are read; what is empty before and after is left out, as is, of a
 * new channel, what nobody needs to be told.
 */
export function changesOf(before: ChannelFields | undefined, after: Partial<ChannelFields>): FieldChange[] {
  return (Object.keys(after) as (keyof ChannelFields)[])
    .map((field) => ({ field, from: String(before?.[field] ?? ''), to: String(after[field]) }))
    .filter(({ field, from, to }) => (before ? from !== to : to !== '' && to !== (UNSAID[field] ?? '0')));
}

/** What a plan stands for, as data to be hashed: what is written, where, and on what it was planned. */
export function planIdentity(plan: ChannelPlan): unknown {
  switch (plan.kind) {
    case 'create':
      return [plan.kind, plan.fields, plan.candidates.map(({ channelId }) => channelId)];
    case 'update':
      return [plan.kind, plan.channelId, plan.before, plan.fields];
    case 'unchanged':
      return [plan.kind, plan.channelId];
    case 'choose':
      return [plan.kind, plan.candidates.map(({ channelId, grade }) => [channelId, grade])];
  }
}
