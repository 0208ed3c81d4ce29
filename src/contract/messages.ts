import * as v from 'valibot';
import type { BatchOutcome, BatchView } from '../core/batch/batch';
import { SHORTEST_PASSPHRASE } from '../core/backup/passphrase';
import { batchOptionsSchema } from '../core/batch/batch-options';
import { entriesEditSchema, entryEditSchema } from '../core/entries/entry-edit';
import type {
  EditOutcome,
  EntriesOutcome,
  EntriesView,
  EntryView,
  OpenedEntry,
  PlannedEdit,
} from '../core/entries/view';
import { COLOURS } from '../core/connection/colours';
import type { RestoreOutcome } from '../core/connection/restore-outcome';
import type { CheckReport } from '../core/connection/check-report';
import { draftSchema, type ImportDraft } from '../core/import/draft';
import type { CarryOpened, CarryOutcome, CarryPlanned } from '../core/carry-over/view';
import type { KeyVerdict } from '../core/accounts/key-verdict';
import type { ImportOutcome, ListedModels, UndoOutcome } from '../core/import/opened';
import type { NewKeyForm } from '../core/accounts/new-key';
import { LIST_NAMES } from '../core/cliproxyapi/lists/list-traits';
import { RELAY_FAMILIES } from '../core/accounts/relay-family';
import type { SiteKind } from '../core/accounts/site-kind';
import { answers, done, type ReplyOf } from './answers';
import { CHANNEL_MESSAGES } from './channel-messages';
import { FIRST_MESSAGES } from './first-messages';
import type { HistoryItem } from '../core/history/history';

const passphrase = { passphrase: v.string() };
/** Pages say so in their own words; what is sealed with less is not sealed. */
const newPassphrase = v.custom<string>(
  (text) => typeof text === 'string' && text.length >= SHORTEST_PASSPHRASE,
);
const keyId = { keyId: v.string() };
const connection = {
  name: v.optional(v.string()),
  colour: v.optional(v.picklist(COLOURS)),
  address: v.string(),
  managementKey: v.optional(v.string()),
  remember: v.picklist(['device', 'session']),
};
const accountId = { accountId: v.string() };
const newKey = {
  relayName: v.string(),
  baseUrl: v.string(),
  key: v.string(),
  relay: v.optional(v.picklist(RELAY_FAMILIES)),
};

const newRemoteKey = {
  name: v.string(),
  group: v.string(),
  amount: v.nullable(v.number()),
  expiresAt: v.nullable(v.number()),
  models: v.nullable(v.array(v.string())),
};

const batchPlan = { batchId: v.string(), options: batchOptionsSchema };
const entryRef = { list: v.picklist(LIST_NAMES), id: v.string(), index: v.number() };
const entriesEdit = { editId: v.string(), order: entriesEditSchema };
/** `chosen`: ids of what is missing. Nothing is kept between two of these messages: each reads both anew. */
const carry = { from: v.string(), chosen: v.array(v.string()) };
const entryEdit = {
  ref: v.object({ ...entryRef, keyIndex: v.number() }),
  edit: entryEditSchema,
};

/**
 * Every message from a page to the worker: its name, its input (checked by the router) and its answer.
 * Messages name keys by id. Key text goes in only where the user types it (`key.add`, `keys.add`, `connection.save`, `connection.add`,
 * `account.add`, `account.edit`, `new-api.save`) or chose it in a backup, and out only for the clipboard (`key.text`, `import.yaml`, `file.text`), or sealed (`backup.export`).
 */
export const MESSAGES = {
  ...FIRST_MESSAGES,
  history: answers<HistoryItem[]>()({}),

  'connection.save': done(connection),
  /** One more CLIProxyAPI, last in the order; answers its id. */
  'connection.add': answers<string>()(connection),
  'connection.arrange': done({ ids: v.array(v.string()) }),
  'connection.check': answers<CheckReport>()({}),
  'connection.forget': done({}),
  /** Whether config.yaml as it was before the last write, which converted it, can be put back. */
  'file.kept': answers<boolean>()({}),
  'file.text': answers<string>()({}),
  'file.restore': answers<RestoreOutcome>()({}),
  'hosts.list': answers<string[]>()({}),
  'hosts.revoke': answers<boolean>()({ pattern: v.string() }),

  'key.add': answers<string>()(newKey),
  /** `dry` keeps nothing: a page learns which keys are known without being told a text. */
  'keys.add': answers<KeyVerdict[]>()({ keys: v.array(v.object(newKey)), dry: v.boolean() }),
  'key.remove': done(keyId),
  'key.text': answers<string>()(keyId),
  'key.models': answers<string[]>()(keyId),
  'key.label': done({ ...keyId, name: v.string(), note: v.string() }),
  'key.form': answers<NewKeyForm>()(accountId),
  'key.create': answers<string>()({ ...accountId, ...newRemoteKey }),
  'key.change': done({ ...keyId, change: v.partial(v.strictObject(newRemoteKey)) }),
  'key.switch': done({ ...keyId, enabled: v.boolean() }),
  'key.delete': done(keyId),
  'account.add': answers<string>()({
    name: v.string(),
    siteUrl: v.string(),
    accessToken: v.string(),
    userId: v.string(),
    renew: v.optional(v.boolean()),
    shortLived: v.optional(v.boolean()),
  }),
  /** An empty token stays as it is kept. The page asks for a new host first, from the click. */
  'account.edit': done({
    ...accountId,
    name: v.string(),
    siteUrl: v.string(),
    accessToken: v.string(),
    userId: v.string(),
  }),
  'account.recognise': answers<SiteKind>()({ siteUrl: v.string() }),
  'account.refresh': done(accountId),
  'account.remove': done({ ...accountId, unread: v.optional(v.boolean()) }),
  'accounts.refresh': done({ behind: v.optional(v.boolean()) }),

  /** `together`: what is sent to several CLIProxyAPIs at once shares this id, and one undo takes it back. */
  'import.apply': answers<ImportOutcome>()({
    ...keyId,
    draft: draftSchema,
    planHash: v.string(),
    together: v.optional(v.string()),
  }),
  'import.models': answers<ListedModels>()({ ...keyId, baseUrl: v.string() }),
  /** The entry of the draft as lines of config.yaml, for the user's own hand; `masked`: with the mask of the key in its place. */
  'import.yaml': answers<string>()({
    ...keyId,
    draft: draftSchema,
    layout: v.picklist(['old', 'new']),
    masked: v.boolean(),
  }),
  'import.undo': answers<UndoOutcome>()({ importId: v.string(), confirmedLoss: v.optional(v.string()) }),
  'import.ask-again': answers<ImportOutcome>()(keyId),
  'import.finish': answers<ImportOutcome & { draft?: ImportDraft }>()({ importId: v.string() }),

  'entries.list': answers<EntryView[]>()({}),
  'entry.open': answers<OpenedEntry>()(keyId),
  'entry.plan': answers<PlannedEdit>()(entryEdit),
  'entry.apply': answers<EditOutcome>()({ ...entryEdit, hash: v.string(), ...keyId }),
  'entries.open': answers<EntriesView>()({
    ...entriesEdit,
    keyIds: v.array(v.string()),
    entries: v.array(v.object({ ...entryRef, label: v.string() })),
  }),
  'entries.plan': answers<EntriesView>()(entriesEdit),
  'entries.apply': answers<EntriesOutcome>()({ ...entriesEdit, hash: v.string() }),
  'batch.open': answers<BatchView>()({ batchId: v.string(), keyIds: v.array(v.string()) }),
  'batch.plan': answers<BatchView>()(batchPlan),
  'batch.apply': answers<BatchOutcome>()({ ...batchPlan, hash: v.string() }),

  /** What the CLIProxyAPI `from` has that the one of the message has not; the work is called `carryId`. */
  'carry.open': answers<CarryOpened>()({ carryId: v.string(), from: v.string() }),
  'carry.plan': answers<CarryPlanned>()(carry),
  'carry.apply': answers<CarryOutcome>()({ ...carry, carryId: v.string(), hash: v.string() }),

  ...CHANNEL_MESSAGES,

  'lock.set': answers<unknown>()({ passphrase: newPassphrase, current: v.optional(v.string()) }),
  'lock.open': answers<boolean>()(passphrase),
  'lock.remove': answers<unknown>()(passphrase),
  'lock.close': answers<unknown>()({}),
  'backup.export': answers<string>()({ passphrase: v.optional(newPassphrase) }),

  'storage.export': answers<string>()({}),
  'storage.reset': answers<unknown>()({}),
} as const;

export type MessageName = keyof typeof MESSAGES;
export type MessageInput<N extends MessageName> = v.InferOutput<(typeof MESSAGES)[N]>;
export type MessageReply<N extends MessageName> = ReplyOf<(typeof MESSAGES)[N]>;
