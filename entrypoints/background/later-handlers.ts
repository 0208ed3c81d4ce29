import type { Handlers } from '../../src/contract/router';
import { ok, type Result } from '../../src/core/result';
import { rawStorage } from '../../src/platform/storage-slots';
import { askAgain } from '../../src/workflows/ask-again';
import { finishImport } from '../../src/workflows/finish-import';
import type { Batches } from '../../src/workflows/open-batch';
import type { EntryBase } from '../../src/workflows/open-entry';
import { readHistory } from '../../src/workflows/read-view';
import { recover } from '../../src/workflows/recover';
import { undoImport } from '../../src/workflows/undo-import';
import type { World } from '../../src/workflows/world';
import { batchHandlers } from './batch-handlers';
import { channelHandlers } from './channel-handlers';
import { entryHandlers } from './entry-handlers';
import { keptHandlers } from './kept-handlers';
import { vaultHandlers } from './vault-handlers';

export type LaterName = Exclude<
  keyof Handlers,
  | 'view'
  | 'settings.save'
  | `import.${'open' | 'models' | 'plan' | 'apply' | 'cancel'}`
  | 'notices.seen'
  | `intent.${string}`
>;

/** What the first part of the worker lends. */
export interface WorkerHooks {
  /** Runs what a page may cancel, by the id of a key or a batch. */
  cancellable<T>(id: string, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Looks back first, once per life of the worker. */
  start(): Promise<void>;
  startAgain(): void;
  /** Ends what is under way as Cancel does. */
  comeToRest(): Promise<void>;
}

export interface LaterHandlers {
  handlers: Pick<Handlers, LaterName>;
  /** What became of imports that the last life of the worker left open; those that were written are proved. */
  lookBack(): Promise<void>;
  /** A scheduled sync is due. */
  syncDue(): Promise<unknown>;
  /** Drops what open dialogs rest on. */
  forget(): void;
}

/** The messages that need more than the popup's first picture and the import of one key. */
export function createLaterHandlers(world: World, hooks: WorkerHooks): LaterHandlers {
  const batches: Batches = new Map();
  const base: EntryBase = { config: undefined };
  const kept = keptHandlers(world);
  const channels = channelHandlers(world, hooks.cancellable);
  const done = async <T>(value: T | Promise<T>): Promise<Result<T>> => ok(await value);

  /** The card cancels by its key, also what was begun from an import. */
  const onImport = async <T>(
    importId: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<Result<T>> => {
    await hooks.start();
    const journal = await world.journal.read();
    const record = journal.ok ? journal.value.records.find(({ id }) => id === importId) : undefined;
    return done(hooks.cancellable(record?.keyId ?? importId, work));
  };

  return {
    handlers: {
      history: () => readHistory(world),
      ...kept,
      'connection.save': (input) => {
        // What was read of another proxy is no base for a plan.
        base.config = undefined;
        return kept['connection.save'](input);
      },
      'import.undo': ({ importId, evenIf }) =>
        onImport(importId, (signal) => undoImport(world, importId, evenIf, signal)),
      'import.ask-again': async ({ keyId }) => {
        await hooks.start();
        return done(hooks.cancellable(keyId, (signal) => askAgain(world, keyId, signal)));
      },
      'import.finish': ({ importId }) =>
        onImport(importId, (signal) => finishImport(world, importId, signal)),
      ...entryHandlers(world, base, hooks),
      ...channels.handlers,
      ...batchHandlers(world, batches, hooks),
      'storage.export': () => done(rawStorage()),
      ...vaultHandlers(world, hooks),
    },
    async lookBack() {
      for (const { keyId } of await recover(world))
        await hooks.cancellable(keyId, (signal) => askAgain(world, keyId, signal));
    },
    forget() {
      batches.clear();
      base.config = undefined;
      channels.forget();
    },
    syncDue: channels.syncDue,
  };
}
