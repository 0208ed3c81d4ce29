import type { MessageInput } from '../contract/messages';
import type { ConfigRead } from '../targets/cliproxyapi/management';
import type { ChannelList } from '../targets/new-api/list-channels';
import type { KeysExport } from '../workflows/channel-import/open-export';
import type { Batch } from '../workflows/import/open-batch';
import type { OpenPlans } from '../workflows/open-plans';

/** What the plans of each kind of dialog rest on. A batch holds key texts. */
interface Bases {
  import: ConfigRead;
  batch: Batch;
  entry: ConfigRead;
  'channel-import': ChannelList;
  'channel-export': KeysExport;
}
type Dialog = MessageInput<'plan.close'>['dialog'];

/** The server of all dialogs but those of a New API, which name theirs by its id. */
export const PROXY = '';

export interface OpenDialogs {
  /** A dialog opens. What an earlier one of this id is still reading is not kept any more. */
  open<D extends Dialog>(dialog: D, id: string, server?: string): OpenPlans<Bases[D]>;
  /** An open dialog plans; one that this life of the worker does not know is open from now on. */
  at<D extends Dialog>(dialog: D, id: string, server?: string): OpenPlans<Bases[D]>;
  drop(dialog: Dialog, id: string): void;
  /** Drops all that was read of one server: its address or its key may be another now. */
  dropServer(server: string): void;
  clear(): void;
}

interface Entry {
  server: string;
  base?: unknown;
}

/**
 * The worker's only memory of open dialogs: one entry each, from its opening until it is applied or closed, its server
 * changes, or the lock closes. What is read for a dialog that is gone meanwhile is not kept.
 */
export function createOpenDialogs(): OpenDialogs {
  const entries = new Map<string, Entry>();
  const keyOf = (dialog: Dialog, id: string): string => `${dialog} ${id}`;
  const begin = <T>(key: string, entry: Entry): OpenPlans<T> => {
    entries.set(key, entry);
    return {
      get: () => entry.base as T | undefined,
      set: (_id, base) => {
        if (entries.get(key) === entry) entry.base = base;
      },
    };
  };
  return {
    open(dialog, id, server = PROXY) {
      const key = keyOf(dialog, id);
      return begin(key, { ...entries.get(key), server });
    },
    at(dialog, id, server = PROXY) {
      const key = keyOf(dialog, id);
      return begin(key, entries.get(key) ?? { server });
    },
    drop: (dialog, id) => void entries.delete(keyOf(dialog, id)),
    dropServer(server) {
      for (const [key, entry] of entries) if (entry.server === server) entries.delete(key);
    },
    clear: () => entries.clear(),
  };
}
