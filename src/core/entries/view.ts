import type { Failure } from '../failures/failure';
import type { ListName } from '../cliproxyapi/lists/list-traits';
import type { Change } from '../import/change';

/** One entry of CLIProxyAPI's lists as pages see it: no key text. */
export interface EntryView {
  list: ListName;
  /** Identifies the entry exactly as it is. */
  id: string;
  /** Where it was; it may have moved since. */
  index: number;
  label: string;
  /** Empty in lists whose entries have none. */
  name: string;
  baseUrl: string;
  paused: boolean;
  priority: number;
  models: number;
  keys: EntryKey[];
}

export interface EntryKey {
  mask: string;
  /** As CLIProxyAPI has it; null: the server's own. */
  weight: number | null;
  /** Whether it has a proxy of its own, and which, without user and password. */
  proxyUrl: string;
}

/** An entry, and which of its keys is meant. */
export interface OpenedEntry {
  entry: EntryView;
  keyIndex: number;
}

export type PlannedEdit =
  | { kind: 'plan'; changes: Change[]; renamed: boolean; hash: string }
  | { kind: 'nothing' }
  | { kind: 'failed'; failure: Failure };

export type EditOutcome =
  | { kind: 'done' }
  /** The entry is no longer as it was shown; nothing was written. */
  | { kind: 'changed' }
  | { kind: 'failed'; failure: Failure };
