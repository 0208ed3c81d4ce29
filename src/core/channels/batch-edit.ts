import type { Channel, ChannelFields } from './channel';
import { differingFields, splitList } from './compare';
import { changesOf, type FieldChange } from './plan';

/** What is to be the same in many channels; what is absent stays as it is in each. */
export interface BatchChange {
  /** `add` and `take` leave a channel's other groups alone. */
  groups?: { how: 'set' | 'add' | 'take'; names: readonly string[] };
  priority?: number;
  weight?: number;
  /** Empty: none. */
  tag?: string;
}

export interface BatchEdit {
  channel: Channel;
  fields: Partial<ChannelFields>;
  /** The touched fields as they were shown, and the name. */
  seen: Partial<ChannelFields>;
  changes: FieldChange[];
}

export interface BatchPlan {
  edits: BatchEdit[];
  /** Have it all already. */
  same: Channel[];
  /** Would be left in no group: servers take that for "leave it". */
  groupless: Channel[];
}

/** What a change makes of each of many channels. */
export function planBatchEdit(channels: readonly Channel[], change: BatchChange): BatchPlan {
  const plan: BatchPlan = { edits: [], same: [], groupless: [] };
  const { groups, ...plain } = change;
  for (const channel of channels) {
    const names = groups && groupsAfter(splitList(channel.group), groups);
    if (names?.length === 0) {
      plan.groupless.push(channel);
      continue;
    }
    const wanted: Partial<ChannelFields> = { ...plain, ...(names && { group: names.join(',') }) };
    const fields = differingFields(channel, wanted);
    if (Object.keys(fields).length === 0) plan.same.push(channel);
    else
      plan.edits.push({
        channel,
        fields,
        seen: seenOf(channel, fields),
        changes: changesOf(channel, fields),
      });
  }
  return plan;
}

/** The name is for sentences; the others are what a channel is compared with before it is written. */
export const seenOf = (channel: Channel, fields: Partial<ChannelFields>): Partial<ChannelFields> =>
  Object.fromEntries(
    (['name', ...Object.keys(fields)] as (keyof ChannelFields)[]).map((name) => [name, channel[name]]),
  );

function groupsAfter(had: readonly string[], { how, names }: NonNullable<BatchChange['groups']>): string[] {
  if (how === 'take') return had.filter((name) => !names.includes(name));
  return how === 'set' ? [...names] : [...new Set([...had, ...names])];
}
