import type { ProvedCard } from '../cliproxyapi/proved-card';
import type { FileNotice } from '../connection/file-notice';
import type { Failure } from '../failures/failure';
import type { Change } from './change';
import type { ImportDraft } from './draft';
import type { Planned } from './planned';
import type { ListProposal } from '../accounts/api-format';

export interface ListedModels {
  names: string[];
  /** `browser`: asked by us; `proxy`: asked by CLIProxyAPI, from its place in the network. */
  via: 'browser' | 'proxy';
  /** Listed too, but the relay does not let the key use them; absent: none. */
  barred?: string[];
}

/** What the dialog starts from. */
export interface OpenedImport {
  keyId: string;
  keyName: string;
  relayName: string;
  mask: string;
  proxyHost: string;
  draft: ImportDraft;
  /** Why the list of the draft is proposed. */
  reason: ListProposal['reason'];
  /** `host`: the server that was asked, where it is another one than the key's own. */
  models: ({ kind: 'listed'; host?: string } & ListedModels) | { kind: 'refused'; failure: Failure };
  planned: Planned;
}

export type ImportOutcome =
  | { kind: 'proved'; card: ProvedCard }
  /** The list is not the one that the plan rested on; nothing was written. */
  | { kind: 'replan'; planned: Planned }
  | { kind: 'failed'; failure: Failure };

/** What undoing would take away of what others did since. */
export interface UndoConflict {
  keys: number;
  models: string[];
  fields: string[];
}

/** The undo that takes out our part and leaves all that others did since. `hash`: agrees to it in place of the loss. */
export interface OursOnly {
  changes: Change[];
  hash: string;
  /** How many keys of ours go with what others set at them. */
  ownKeys: number;
  /** The providers of which nothing can be taken out alone, so that they stay as they are. */
  stays: string[];
}

/** Whether the conversion of config.yaml is all that an undo asks about. */
export type Converts = 'only' | 'too';

export type UndoOutcome =
  | { kind: 'undone' }
  /** Of several, only so many are taken back; `failure`: why the first of the others is not. */
  | { kind: 'partly'; undone: number; of: number; failure: Failure }
  /**
   * The entry was changed since the import or, with `together`, the same write brought other keys, which would go too:
   * these are the names of all; or, with `converts`, the write turns config.yaml as a whole into the layout of 8.x, which
   * may be all there is to ask. Undoing needs `confirmedLoss: hash`, or the hash of `oursOnly`, where that is possible.
   */
  | {
      kind: 'changed';
      /** The CLIProxyAPI that asks, as the user calls it, where it went to several. */
      place?: string;
      providerName: string;
      lost: UndoConflict;
      hash: string;
      together?: string[];
      converts?: Converts;
      /** How it does, and what that means. */
      file?: FileNotice[];
      oursOnly?: OursOnly;
    }
  | { kind: 'failed'; failure: Failure };
