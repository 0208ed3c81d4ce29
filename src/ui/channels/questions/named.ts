import type { TFunction } from 'i18next';
import type { Channel } from '../../../core/channels/channel';
import { sayNames } from '../../say';

/** So many channels, and the first twenty of their names, as texts want them. */
export const named = (t: TFunction, channels: readonly Channel[]): { count: number; names: string } => ({
  count: channels.length,
  names: sayNames(
    t,
    channels.map(({ name }) => name),
    20,
  ),
});
