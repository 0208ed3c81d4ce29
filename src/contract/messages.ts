import * as v from 'valibot';
import type { BatchOutcome, BatchView } from '../core/import/batch';
import { entryEditSchema } from '../core/entries/entry-edit';
import type { EditOutcome, EntryView, OpenedEntry, PlannedEdit } from '../core/entries/view';
import type { CheckReport } from '../core/cliproxyapi/check-report';
import { draftSchema } from '../core/import/draft';
import type { ImportDraft } from '../core/import/draft';
import type { KeyVerdict } from '../core/accounts/key-verdict';
import type { ImportOutcome, ListedModels, OpenedImport, UndoOutcome } from '../core/import/opened';
import type { NewKeyForm } from '../core/accounts/new-key';
import type { Planned } from '../core/import/planned';
import { LIST_NAMES } from '../core/cliproxyapi/lists/list-traits';
import { mapOf } from '../core/shapes';
import type { SiteKind } from '../core/accounts/site-kind';
import { settingsSchema } from '../core/view/settings';
import { CHANNEL_MESSAGES, type ChannelReplies } from './channel-messages';
import type { HistoryItem } from '../core/view/history';
import type { View } from '../core/view/view';

const passphraseSchema = v.object({ passphrase: v.string() });
const keySchema = v.object({ relayName: v.string(), baseUrl: v.string(), key: v.string() });

const entryRef = v.object({
  list: v.picklist(LIST_NAMES),
  id: v.string(),
  index: v.number(),
  keyIndex: v.number(),
});

const batchOptions = v.object({
  perKey: v.boolean(),
  apart: v.boolean(),
  priority: v.string(),
  prefix: v.string(),
  proxyUrl: v.string(),
  rows: mapOf(
    v.object({
      list: v.optional(v.picklist(LIST_NAMES)),
      priority: v.optional(v.string()),
      prefix: v.optional(v.string()),
      proxyUrl: v.optional(v.string()),
    }),
  ),
  ruleSet: v.optional(v.string()),
  without: v.array(v.string()),
});

/**
 * Every message from a page to the worker: its name, its input (checked by the router) and, in `Replies`, its answer.
 * Messages name keys by id. Key text goes in only where the user types it (`key.add`, `keys.add`, `connection.save`,
 * `account.add`, `new-api.save`) or chose it in a backup, and out only for the clipboard (`key.text`), or sealed (`backup.export`).
 */
export const MESSAGES = {
  view: v.object({}),
  history: v.object({}),
  'settings.save': v.object({ settings: settingsSchema }),

  'connection.save': v.object({
    address: v.string(),
    managementKey: v.optional(v.string()),
    remember: v.picklist(['device', 'session']),
  }),
  'connection.check': v.object({}),
  'connection.forget': v.object({}),
  'hosts.list': v.object({}),
  'hosts.revoke': v.object({ pattern: v.string() }),

  'key.add': keySchema,
  /** `dry` keeps nothing: a page learns which keys are known without being told a text. */
  'keys.add': v.object({ keys: v.array(keySchema), dry: v.boolean() }),
  'key.remove': v.object({ keyId: v.string() }),
  'key.text': v.object({ keyId: v.string() }),
  'key.label': v.object({ keyId: v.string(), name: v.string(), note: v.string() }),
  'key.form': v.object({ accountId: v.string() }),
  'key.create': v.object({
    accountId: v.string(),
    name: v.string(),
    group: v.string(),
    amount: v.nullable(v.number()),
    expiresAt: v.nullable(v.number()),
  }),
  'key.switch': v.object({ keyId: v.string(), enabled: v.boolean() }),
  'key.delete': v.object({ keyId: v.string() }),
  'account.add': v.object({
    name: v.string(),
    siteUrl: v.string(),
    accessToken: v.string(),
    userId: v.string(),
    renew: v.optional(v.boolean()),
  }),
  'account.recognise': v.object({ siteUrl: v.string() }),
  'account.refresh': v.object({ accountId: v.string() }),
  'account.remove': v.object({ accountId: v.string() }),
  'accounts.refresh': v.object({ behind: v.optional(v.boolean()) }),

  'import.open': v.object({ keyId: v.string() }),
  'import.models': v.object({ keyId: v.string(), baseUrl: v.string() }),
  'import.plan': v.object({ keyId: v.string(), draft: draftSchema }),
  'import.apply': v.object({ keyId: v.string(), draft: draftSchema, planHash: v.string() }),
  'import.undo': v.object({ importId: v.string(), confirmedLoss: v.optional(v.string()) }),
  'import.ask-again': v.object({ keyId: v.string() }),
  'import.finish': v.object({ importId: v.string() }),

  'entries.list': v.object({}),
  'entry.open': v.object({ keyId: v.string() }),
  'entry.plan': v.object({ ref: entryRef, edit: entryEditSchema }),
  'entry.apply': v.object({ ref: entryRef, edit: entryEditSchema, hash: v.string(), keyId: v.string() }),
  'batch.open': v.object({ batchId: v.string(), keyIds: v.array(v.string()) }),
  'batch.plan': v.object({ batchId: v.string(), options: batchOptions }),
  'batch.apply': v.object({ batchId: v.string(), options: batchOptions, hash: v.string() }),

  ...CHANNEL_MESSAGES,

  /**
   * A dialog was closed, and what its plans rest on is dropped. `id`: the id of the key, batch, New API or export; empty for
   * an entry, since all such dialogs share one reading.
   */
  'plan.close': v.object({
    dialog: v.picklist(['import', 'batch', 'entry', 'channel-import', 'channel-export']),
    id: v.string(),
  }),
  /** How far a work has come; null: it is not under way. For the page that awaits its answer. */
  'work.progress': v.object({ workId: v.string() }),
  /** Stops a work after the step under way; its answer says what was not done. `workId`: also the id of a key, batch or export. */
  'work.stop': v.object({ workId: v.string() }),

  'notices.seen': v.object({ ids: v.array(v.string()) }),
  'intent.set': v.object({
    kind: v.picklist(['import', 'test', 'account', 'channel']),
    id: v.string(),
    pattern: v.string(),
  }),
  'intent.clear': v.object({}),

  'lock.set': v.object({ passphrase: v.string(), current: v.optional(v.string()) }),
  'lock.open': passphraseSchema,
  'lock.remove': passphraseSchema,
  'lock.close': v.object({}),
  'backup.export': v.object({ passphrase: v.optional(v.string()) }),

  'storage.export': v.object({}),
  'storage.reset': v.object({}),
} as const;

export type MessageName = keyof typeof MESSAGES;
export type MessageInput<N extends MessageName> = v.InferOutput<(typeof MESSAGES)[N]>;

interface Replies extends ChannelReplies {
  view: View;
  history: HistoryItem[];
  'settings.save': true;
  'connection.save': true;
  'connection.check': CheckReport;
  'connection.forget': true;
  'hosts.list': string[];
  'hosts.revoke': boolean;
  'key.add': string;
  'keys.add': KeyVerdict[];
  'key.remove': true;
  'key.text': string;
  'key.label': true;
  'key.form': NewKeyForm;
  'key.create': string;
  'key.switch': true;
  'key.delete': true;
  'account.add': string;
  'account.recognise': SiteKind;
  'account.refresh': true;
  'account.remove': true;
  'accounts.refresh': true;
  'import.open': OpenedImport;
  'import.models': ListedModels;
  'import.plan': Planned;
  'import.apply': ImportOutcome;
  'import.undo': UndoOutcome;
  'import.ask-again': ImportOutcome;
  'import.finish': ImportOutcome & { draft?: ImportDraft };
  'entries.list': EntryView[];
  'entry.open': OpenedEntry;
  'entry.plan': PlannedEdit;
  'entry.apply': EditOutcome;
  'batch.open': BatchView;
  'batch.plan': BatchView;
  'batch.apply': BatchOutcome;
  'plan.close': true;
  'work.progress': { done: number; total: number } | null;
  'work.stop': true;
  'notices.seen': true;
  'intent.set': true;
  'intent.clear': true;
  'lock.set': unknown;
  'lock.open': boolean;
  'lock.remove': unknown;
  'lock.close': unknown;
  'backup.export': string;
  'storage.export': string;
  'storage.reset': unknown;
}
export type MessageReply<N extends MessageName> = Replies[N];
