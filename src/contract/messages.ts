import { z } from 'zod/mini';
import type { BatchOutcome, BatchView } from '../core/batch';
import type { CheckReport } from '../core/check-report';
import { draftSchema } from '../core/import-draft';
import type { ImportDraft } from '../core/import-draft';
import type { KeyVerdict } from '../core/key-verdict';
import type { ImportOutcome, ListedModels, OpenedImport, UndoOutcome } from '../core/opened-import';
import type { NewKeyForm } from '../core/new-key';
import type { Planned } from '../core/planned';
import type { SiteKind } from '../core/site-kind';
import { settingsSchema } from '../core/settings';
import type { HistoryItem, View } from '../core/view';

const passphraseSchema = z.object({ passphrase: z.string() });
const keySchema = z.object({ relayName: z.string(), baseUrl: z.string(), key: z.string() });

const batchOptions = z.object({
  perKey: z.boolean(),
  apart: z.boolean(),
  priority: z.string(),
  without: z.array(z.string()),
});

/**
 * Everything that a page can ask of the worker: the name, what it sends (checked at the door) and what it gets.
 * Keys are named by id. Key text goes in only where the user types it (`key.add`, `keys.add`, `connection.save`,
 * `account.add`) or chose it in a backup, and out only for the clipboard (`key.text`), or sealed (`backup.export`).
 */
export const MESSAGES = {
  view: z.object({}),
  history: z.object({}),
  'settings.save': z.object({ settings: settingsSchema }),

  'connection.save': z.object({
    address: z.string(),
    managementKey: z.optional(z.string()),
    remember: z.enum(['device', 'session']),
  }),
  'connection.check': z.object({}),
  'connection.forget': z.object({}),
  'hosts.list': z.object({}),
  'hosts.revoke': z.object({ pattern: z.string() }),

  'key.add': keySchema,
  /** With `dry` nothing is kept: a page learns which keys are known without being told a text. */
  'keys.add': z.object({ keys: z.array(keySchema), dry: z.boolean() }),
  'key.remove': z.object({ keyId: z.string() }),
  'key.text': z.object({ keyId: z.string() }),
  'key.label': z.object({ keyId: z.string(), name: z.string(), note: z.string() }),
  'key.form': z.object({ accountId: z.string() }),
  'key.create': z.object({
    accountId: z.string(),
    name: z.string(),
    group: z.string(),
    amount: z.nullable(z.number()),
    expiresAt: z.nullable(z.number()),
  }),
  'key.switch': z.object({ keyId: z.string(), enabled: z.boolean() }),
  'key.delete': z.object({ keyId: z.string() }),
  'account.add': z.object({
    name: z.string(),
    siteUrl: z.string(),
    accessToken: z.string(),
    userId: z.string(),
    renew: z.optional(z.boolean()),
  }),
  'account.recognise': z.object({ siteUrl: z.string() }),
  'account.refresh': z.object({ accountId: z.string() }),
  'account.remove': z.object({ accountId: z.string() }),
  'accounts.refresh': z.object({ behind: z.optional(z.boolean()) }),

  'import.open': z.object({ keyId: z.string() }),
  'import.models': z.object({ keyId: z.string(), baseUrl: z.string() }),
  'import.plan': z.object({ keyId: z.string(), draft: draftSchema }),
  'import.apply': z.object({ keyId: z.string(), draft: draftSchema, planHash: z.string() }),
  'import.cancel': z.object({ keyId: z.string() }),
  'import.undo': z.object({ importId: z.string(), evenIf: z.optional(z.string()) }),
  'import.ask-again': z.object({ keyId: z.string() }),
  'import.finish': z.object({ importId: z.string() }),

  'batch.open': z.object({ batchId: z.string(), keyIds: z.array(z.string()) }),
  'batch.plan': z.object({ batchId: z.string(), options: batchOptions }),
  'batch.apply': z.object({ batchId: z.string(), options: batchOptions, hash: z.string() }),

  'notices.seen': z.object({ ids: z.array(z.string()) }),
  'intent.set': z.object({
    kind: z.enum(['import', 'test', 'account']),
    id: z.string(),
    pattern: z.string(),
  }),
  'intent.clear': z.object({}),

  'lock.set': z.object({ passphrase: z.string(), current: z.optional(z.string()) }),
  'lock.open': passphraseSchema,
  'lock.remove': passphraseSchema,
  'lock.close': z.object({}),
  'backup.export': z.object({ passphrase: z.optional(z.string()) }),

  'storage.export': z.object({}),
  'storage.reset': z.object({}),
} as const;

export type MessageName = keyof typeof MESSAGES;
export type MessageInput<N extends MessageName> = z.infer<(typeof MESSAGES)[N]>;

interface Replies {
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
  'import.cancel': true;
  'import.undo': UndoOutcome;
  'import.ask-again': ImportOutcome;
  'import.finish': ImportOutcome & { draft?: ImportDraft };
  'batch.open': BatchView;
  'batch.plan': BatchView;
  'batch.apply': BatchOutcome;
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
