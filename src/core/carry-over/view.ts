import type { EntriesView } from '../entries/view';
import type { Failure } from '../failures/failure';
import type { Missing, Uncarried, UncarriedReason } from './compare';

/** Something that one CLIProxyAPI has and another has not, as pages see it: no key text. */
export interface CarryItem {
  /** Names the entry exactly as it is there, and what of it is missing. */
  id: string;
  kind: Missing['kind'];
  list: Missing['list'];
  label: string;
  /** Without user, password and query. */
  baseUrl: string;
  /** Of the keys that are missing, or whose models are. */
  masks: string[];
  /** How many models would come along. */
  models: number;
  /** The entry is paused there. */
  paused: boolean;
  /** The entry here that it would go into; null: none. */
  into: { label: string; paused: boolean } | null;
}

export interface UncarriedView {
  list: Uncarried['list'];
  /** Empty: the whole list. */
  label: string;
  reason: UncarriedReason;
  names: readonly string[];
}

/** One of the two CLIProxyAPIs could not be read, or not be written to. */
export interface Unread {
  kind: 'unread';
  /** `there`: the one that is compared with. */
  side: 'there' | 'here';
  failure: Failure;
}

export type CarryOpened = { kind: 'open'; items: CarryItem[]; uncarried: UncarriedView[] } | Unread;

/** What becomes of the entries here, and with which others their names are shared. */
export interface CarryPlan extends EntriesView {
  pooled: { names: number; others: string[] };
  /** Entries that come paused, by what they are called. */
  paused: string[];
  /** So many of the chosen are no longer as they were shown. */
  gone: number;
  /** Models that another chosen entry leaves no name for. */
  uncarried: UncarriedView[];
}

export type CarryPlanned = { kind: 'plan'; plan: CarryPlan } | Unread;

/** How one entry ended. */
export interface CarriedRow {
  label: string;
  paused: boolean;
  /** Keys that were asked about, and how many of them are served whole. */
  keys: number;
  served: number;
  /** Fields of it that this server did not keep. */
  dropped: string[];
}

export type CarryOutcome =
  | {
      kind: 'done';
      /** What one undo takes back. */
      importId: string;
      rows: CarriedRow[];
      /** Why later lists were not written. */
      failure?: Failure;
    }
  /** Something changed since, there or here: nothing was written, this is the new plan. */
  | { kind: 'replan'; plan: CarryPlan }
  | Unread
  | { kind: 'failed'; failure: Failure };
