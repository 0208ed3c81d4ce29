import type { FileNotice } from '../connection/file-notice';
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
  prefix: string;
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

/** One entry of the plan for many, without any key text. */
export interface EditedView {
  list: ListName;
  /** Its place before the write. */
  index: number;
  label: string;
  baseUrl: string;
  /** The entry goes, with so many keys and models; null: it stays. */
  goes: { keys: number; models: number } | null;
  /** The entry was not there. */
  comes?: boolean;
  /** What is changed of an entry that stays, or what one that comes has. */
  changes: Change[];
  /** Keys of the entry that were not chosen, and for which the change holds too. */
  others: number;
}

/** A chosen key or entry that is not changed, and why. */
export interface LeftOutView {
  id: string;
  name: string;
  /** Keys of one relay may have one name; empty for an entry. */
  mask: string;
  failure: Failure;
}

/** What a change of many keys or entries will do. */
export interface EntriesView {
  entries: EditedView[];
  leftOut: LeftOutView[];
  /** Chosen entries that are already as they should be. */
  unchanged: number;
  /** Entries of the written lists that are not touched. */
  rest: number;
  /** What to know of config.yaml; absent: nothing. */
  file?: FileNotice[];
  hash: string;
}

export type EntriesOutcome =
  | { kind: 'done' }
  /** The list changed since: nothing was written, this is the new plan. */
  | { kind: 'replan'; view: EntriesView }
  | { kind: 'failed'; failure: Failure };

export type PlannedEdit =
  | { kind: 'plan'; changes: Change[]; renamed: boolean; file?: FileNotice[]; hash: string }
  | { kind: 'nothing' }
  | { kind: 'failed'; failure: Failure };

export type EditOutcome =
  | { kind: 'done' }
  /** The entry is no longer as it was shown; nothing was written. */
  | { kind: 'changed' }
  | { kind: 'failed'; failure: Failure };
