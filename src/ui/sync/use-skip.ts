import type { SyncSettings } from '../../core/sync/run';
import { toggled } from './choice';
import { usePage } from '../page-context';
import type { NewApiView } from '../../core/new-api/view';

export interface Skip {
  ids: ReadonlySet<number>;
  /** Passes a channel over from now on, or takes it in again. */
  toggle(channelId: number): void;
}

/** Channels that runs pass over, kept at once. */
export function useSkip({ id, sync }: NewApiView): Skip {
  const save = useSaveSync(id);
  return {
    ids: new Set(sync.skip),
    toggle: (channelId) => void save({ ...sync, skip: toggled(sync.skip, channelId) }),
  };
}

/** Keeps the settings of a sync; true if they were. */
export function useSaveSync(newApiId: string): (settings: SyncSettings) => Promise<boolean> {
  const { order, view } = usePage();
  return async ({ everyHours, applyAdded, rules, skip, own = [] }) => {
    const settings = { everyHours, applyAdded, rules, skip, own };
    const saved = await order('sync.save', { newApiId, settings });
    await view.load();
    return saved.ok;
  };
}
