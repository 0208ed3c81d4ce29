import type { Channel } from '../../core/channels/channel';
import type { SyncChoice } from '../../core/sync/model-sync';
import type { SyncedChannel } from '../../core/sync/run';

/** What is ticked before the user has ticked anything: what has come. Nothing goes or is turned by itself. */
export const firstChoice = ({ found, applied }: SyncedChannel): SyncChoice => ({
  add: found.added.filter((name) => !applied.includes(name)),
  remove: [],
  rename: [],
});

export const choiceCount = ({ add, remove, rename }: SyncChoice): number =>
  add.length + remove.length + rename.length;

/** Puts a value into a list, or takes it out of it. */
export const toggled = <T>(list: readonly T[], value: T): T[] =>
  list.includes(value) ? list.filter((one) => one !== value) : [...list, value];

/** What was found is about a channel as it was then: `moved` is one that is otherwise now, `gone` one that is not there. */
export function standing(
  { channelId, seen }: SyncedChannel,
  channels: ReadonlyMap<number, Channel>,
): 'same' | 'moved' | 'gone' {
  const now = channels.get(channelId);
  if (!now) return 'gone';
  return now.models === seen.models && now.mapping === seen.mapping ? 'same' : 'moved';
}
