import type { Handlers } from '../contract/router';
import { ok, type Result } from '../core/result';
import { rawStorage } from '../platform/storage-slots';
import { askAgain } from '../workflows/import/ask-again';
import { finishImport } from '../workflows/import/finish-import';
import type { Batches } from '../workflows/import/open-batch';
import type { EntryBase } from '../workflows/entries/open-entry';
import { findImport } from '../workflows/journal/journal';
import { readHistory } from '../workflows/view/read-history';
import { recover } from '../workflows/undo/recover';
import { undoImport } from '../workflows/undo/undo-import';
import type { Ports } from '../workflows/ports';
import { batchHandlers } from './batch-handlers';
import { channelHandlers } from './channel-handlers';
import { entryHandlers } from './entry-handlers';
import { keptHandlers } from './kept-handlers';
import { vaultHandlers } from './vault-handlers';
import type { WorkerHooks } from './hooks';

export type LaterName = Exclude<
  keyof Handlers,
  | 'view'
  | 'settings.save'
  | `import.${'open' | 'models' | 'plan' | 'apply' | 'cancel'}`
  | 'notices.seen'
  | `intent.${string}`
>;

export interface LaterHandlers {
  handlers: Pick<Handlers, LaterName>;
  /** What became of imports that the last life of the worker left open; those that were written are proved. */
  recoverUnfinished(): Promise<void>;
  /** A scheduled sync is due. */
  syncDue(): Promise<unknown>;
  /** Drops what open dialogs rest on. */
  forget(): void;
}

/** The messages that need more than the popup's first picture and the import of one key. */
export function createLaterHandlers(ports: Ports, hooks: WorkerHooks): LaterHandlers {
  const batches: Batches = new Map();
  const base: EntryBase = { config: undefined };
  const saved = keptHandlers(ports);
  const channels = channelHandlers(ports, hooks.cancellable);
  const done = async <T>(value: T | Promise<T>): Promise<Result<T>> => ok(await value);

  /** The card cancels by its key, also what was begun from an import. */
  const onImport = async <T>(
    importId: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<Result<T>> => {
    await hooks.start();
    const record = await findImport(ports, importId);
    return done(hooks.cancellable(record?.key.id ?? importId, work));
  };

  return {
    handlers: {
      history: () => readHistory(ports),
      ...saved,
      'connection.save': (input) => {
        // What was read of another proxy is no base for a plan.
        base.config = undefined;
        return saved['connection.save'](input);
      },
      'import.undo': ({ importId, confirmedLoss }) =>
        onImport(importId, (signal) => undoImport(ports, importId, confirmedLoss, signal)),
      'import.ask-again': async ({ keyId }) => {
        await hooks.start();
        return done(hooks.cancellable(keyId, (signal) => askAgain(ports, keyId, signal)));
      },
      'import.finish': ({ importId }) =>
        onImport(importId, (signal) => finishImport(ports, importId, signal)),
      ...entryHandlers(ports, base, hooks),
      ...channels.handlers,
      ...batchHandlers(ports, batches, hooks),
      'storage.export': () => done(rawStorage()),
      ...vaultHandlers(ports, hooks),
    },
    async recoverUnfinished() {
      for (const { keyId } of await recover(ports))
        await hooks.cancellable(keyId, (signal) => askAgain(ports, keyId, signal));
    },
    forget() {
      batches.clear();
      base.config = undefined;
      channels.forget();
    },
    syncDue: channels.syncDue,
  };
}
