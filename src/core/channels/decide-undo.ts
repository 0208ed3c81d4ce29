import { fieldsOf, type Channel, type ChannelFields, type ChannelState } from './channel';
import { differing, holds } from './compare';
import { changesOf, type FieldChange } from './plan';
import type { WrittenChannel } from './settle-records';

/** How a write to a channel is taken back. `lost`: what others changed since, which goes too. */
export type ChannelUndoStep =
  /** The fields have their former values already. */
  | { kind: 'none' }
  | { kind: 'delete'; lost: FieldChange[]; unsure: boolean }
  /** A channel that the site itself had switched off can only be switched off. */
  | { kind: 'switch'; to: 'on' | 'off'; lost: FieldChange[]; unsure: boolean }
  | { kind: 'restore'; before: Partial<ChannelFields>; lost: FieldChange[]; unsure: boolean };

/**
 * Decides on the channel as it is shown now. A channel that was only found in a list may be somebody else's (`unsure`):
 * then all of it counts as lost.
 */
export function decideChannelUndo(
  record: Pick<WrittenChannel, 'before' | 'after' | 'switched'> & { foundBy: 'list' | null },
  shown: Channel,
): ChannelUndoStep {
  const { before, after, foundBy, switched } = record;
  if (switched) return switchBack(switched, shown);
  if (before && holds(shown, before)) return { kind: 'none' };
  const unsure = foundBy === 'list';
  const lost = unsure ? changesOf(undefined, fieldsOf(shown)) : changedSince(after, shown);
  return before ? { kind: 'restore', before, lost, unsure } : { kind: 'delete', lost, unsure };
}

function switchBack(
  { from, to }: { from: ChannelState; to: ChannelState },
  { state }: Channel,
): ChannelUndoStep {
  const back = from === 'on' ? 'on' : 'off';
  if ((state === 'on' ? 'on' : 'off') === back) return { kind: 'none' };
  const lost: FieldChange[] = state === to ? [] : [{ field: 'state', from: to, to: state }];
  return { kind: 'switch', to: back, lost, unsure: false };
}

/** What others made of the touched fields: from what we left to what is there. */
function changedSince(after: Partial<ChannelFields>, shown: Channel): FieldChange[] {
  const changed = differing(shown, after);
  const present: Partial<ChannelFields> = Object.fromEntries(changed.map((field) => [field, shown[field]]));
  return changesOf(after as ChannelFields, present);
}
