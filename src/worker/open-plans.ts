import type { MessageInput } from '../contract/messages';
import type { ProxyConfig } from '../core/cliproxyapi/proxy-config';
import type { ChannelList } from '../targets/new-api/list-channels';
import type { KeysExport } from '../workflows/channel-import/open-export';
import type { Chosen } from '../workflows/entries/chosen';
import type { Batch } from '../workflows/batch/batch-run';
import type { OpenPlans } from '../workflows/open-plans';

/** The basis of the plans of each kind of dialog. Those of a batch and of many entries hold key texts. */
interface Bases {
  import: ProxyConfig;
  batch: Batch;
  entry: ProxyConfig;
  entries: Chosen;
  'channel-import': ChannelList;
  'channel-export': KeysExport;
}
type Dialog = MessageInput<'plan.close'>['dialog'];

/** The server of all dialogs except those of a New API, whose server is the id of the New API. */
export const PROXY = '';

export interface OpenDialogs {
  /** A dialog opens. A reading that is still under way for an earlier dialog of this id will not be kept. */
  open<D extends Dialog>(dialog: D, id: string, server?: string): OpenPlans<Bases[D]>;
  /** An open dialog plans. The worker may have been stopped since it opened, so that its entry is new. */
  at<D extends Dialog>(dialog: D, id: string, server?: string): OpenPlans<Bases[D]>;
  drop(dialog: Dialog, id: string): void;
  /** Drops everything read from one server, whose address or key may have changed. */
  dropServer(server: string): void;
  clear(): void;
}

interface Entry {
  server: string;
  base?: unknown;
}

/**
 * The worker's only memory of open dialogs. It has one entry for each, from opening until the dialog is applied or closed,
 * its server changes, or the lock closes. A reading that ends after that is not kept, so that no key text outlives its dialog.
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
