import type { FieldChange } from '../channels/plan';
import type { Change } from '../import/change';

interface HistoryLine {
  id: string;
  /** When the write began; milliseconds since 1970. */
  at: number;
  keyId: string | null;
  keyName: string;
  mask: string;
  undoneAt: number | null;
}

/** A write to CLIProxyAPI. */
export interface ProviderHistoryItem extends HistoryLine {
  about: 'provider';
  action: 'import' | 'undo' | 'edit';
  phase: 'writing' | 'written' | 'done' | 'not-written' | 'needs-look' | 'undone';
  relayName: string;
  proxyHost: string;
  providerName: string;
  changes: Change[];
  served: number | null;
  total: number | null;
  tookMs: number | null;
}

/** A write to a channel of a New API. */
export interface ChannelHistoryItem extends HistoryLine {
  about: 'channel';
  action: 'create' | 'update' | 'edit' | 'sync' | 'delete';
  phase: 'writing' | 'done' | 'not-written' | 'needs-look' | 'undone';
  batch: string | null;
  newApiName: string;
  host: string;
  channelId: number | null;
  channelName: string;
  changes: FieldChange[];
  undoable: boolean;
}

/** One line of History. */
export type HistoryItem = ProviderHistoryItem | ChannelHistoryItem;
