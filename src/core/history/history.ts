import type { ChannelAction } from '../channels/actions';
import type { FieldChange } from '../channels/plan';
import type { Change } from '../import/change';

export interface HistoryLine {
  id: string;
  /** When the write began; milliseconds since 1970. */
  at: number;
  keyId: string | null;
  keyName: string;
  mask: string;
  undoneAt: number | null;
}

/** A key that a write brought, as it is called today; `name` null: it is not kept here any more. */
export interface HistoryKey {
  name: string | null;
  mask: string;
}

/** A write to CLIProxyAPI. */
export interface ProviderHistoryItem extends HistoryLine {
  about: 'provider';
  action: 'import' | 'undo' | 'edit';
  phase: 'writing' | 'written' | 'done' | 'not-written' | 'needs-look' | 'undone';
  /** Writes of one batch share its id. */
  batch: string | null;
  /** How many keys the whole batch was to write; absent: not known. */
  batchKeys?: number;
  keys: HistoryKey[];
  relayName: string;
  proxyHost: string;
  /** What the CLIProxyAPI is called that it was carried over from. */
  from?: string;
  providerName: string;
  /** Undone but for what others changed in the entry since. */
  oursOnly?: boolean;
  changes: Change[];
  served: number | null;
  total: number | null;
  tookMs: number | null;
}

/** All that one batch, or one undo of it, wrote to CLIProxyAPI. */
export interface BatchHistoryItem extends HistoryLine {
  about: 'batch';
  action: ProviderHistoryItem['action'];
  phase: ProviderHistoryItem['phase'] | 'partly-written' | 'partly-undone';
  /** The CLIProxyAPIs that it went to, as the user calls them. */
  places: string[];
  /** And the one that it was carried over from. */
  from?: string;
  /** What was to be written at each: keys of an import, else providers; where they differ, the most. */
  each: number;
  /** The same at all of them together. */
  count: number;
  /** So many of them are in CLIProxyAPI by this batch, and so many are taken back. */
  written: number;
  undone: number;
  /** So many were never begun, or their record was dropped. */
  missing: number;
  providers: ProviderHistoryItem[];
  undoable: boolean;
  served: number | null;
  total: number | null;
  tookMs: number | null;
}

/** A write to a channel of a New API. */
export interface ChannelHistoryItem extends HistoryLine {
  about: 'channel';
  action: ChannelAction;
  phase: 'writing' | 'done' | 'not-written' | 'needs-look' | 'undone';
  batch: string | null;
  newApiName: string;
  host: string;
  channelId: number | null;
  channelName: string;
  changes: FieldChange[];
  undoable: boolean;
}

/** Channels of one New API that were edited alike, or switched, at once. */
export interface ChannelBatchHistoryItem extends HistoryLine {
  about: 'channels';
  action: 'edit' | 'switch';
  phase: ChannelHistoryItem['phase'] | 'partly-written' | 'partly-undone';
  newApiName: string;
  host: string;
  count: number;
  written: number;
  undone: number;
  channels: ChannelHistoryItem[];
  undoable: boolean;
}

/** One line of History. */
export type HistoryItem =
  ProviderHistoryItem | BatchHistoryItem | ChannelHistoryItem | ChannelBatchHistoryItem;
