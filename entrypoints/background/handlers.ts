import type { Handlers } from '../../src/contract/router';
import { ok, type Result } from '../../src/core/result';
import { openPopup } from '../../src/platform/open-popup';
import { rawStorage } from '../../src/platform/storage-slots';
import { armSync, SYNC_ALARM } from '../../src/workflows/arm-sync';
import { askAgain } from '../../src/workflows/ask-again';
import { finishImport } from '../../src/workflows/finish-import';
import { refreshAccount } from '../../src/workflows/keep-accounts';
import { importKey } from '../../src/workflows/import-key';
import { clearIntent, forgetNotices, setIntent } from '../../src/workflows/keep-intent';
import { finishLock } from '../../src/workflows/lock';
import type { Batches } from '../../src/workflows/open-batch';
import { openImport, planDialog, relistModels, type Bases } from '../../src/workflows/open-import';
import { readHistory, readView } from '../../src/workflows/read-view';
import { recover } from '../../src/workflows/recover';
import { saveSettings } from '../../src/workflows/save-settings';
import { undoImport } from '../../src/workflows/undo-import';
import type { World } from '../../src/workflows/world';
import { batchHandlers } from './batch-handlers';
import { channelHandlers } from './channel-handlers';
import { keptHandlers } from './kept-handlers';
import { vaultHandlers } from './vault-handlers';

/** Each message with the workflow that answers it, and what happens by itself. */
export function createHandlers(world: World): {
  handlers: Handlers;
  start(): Promise<void>;
  permissionsAdded(): Promise<void>;
  /** What woke the worker, by the name of its alarm. */
  onAlarm(name: string): Promise<void>;
} {
  const bases: Bases = new Map();
  const batches: Batches = new Map();
  const running = new Map<string, AbortController>();
  const works = new Set<Promise<unknown>>();
  const done = async <T>(value: T | Promise<T>): Promise<Result<T>> => ok(await value);

  /** Runs what a page may cancel by the key's id. */
  const cancellable = async <T>(keyId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const abort = new AbortController();
    running.set(keyId, abort);
    const begun = work(abort.signal);
    works.add(begun);
    try {
      return await begun;
    } finally {
      works.delete(begun);
      if (running.get(keyId) === abort) running.delete(keyId);
    }
  };

  const channels = channelHandlers(world, cancellable);

  /** Ends what is under way as Cancel and Stop do: the lock must not cut an import off. */
  const comeToRest = async (): Promise<void> => {
    while (works.size > 0) {
      for (const abort of running.values()) abort.abort();
      await Promise.allSettled(works);
    }
    bases.clear();
    batches.clear();
    channels.forget();
  };

  /** The card cancels by its key, also what was begun from an import. */
  const keyOf = async (importId: string): Promise<string | undefined> => {
    const journal = await world.journal.read();
    return journal.ok ? journal.value.records.find(({ id }) => id === importId)?.keyId : undefined;
  };

  const lookBack = async (): Promise<void> => {
    await finishLock(world);
    await armSync(world);
    for (const { keyId } of await recover(world))
      await cancellable(keyId, (signal) => askAgain(world, keyId, signal));
  };
  let started: Promise<void> | undefined;
  /** Once per life of the worker, and after unlocking: looks what became of imports that its last life left open. */
  const start = (): Promise<void> => {
    started ??= lookBack();
    return started;
  };
  const startAgain = (): void => {
    started = undefined;
    void start();
  };

  const handlers: Handlers = {
    view: () => readView(world),
    history: () => readHistory(world),
    'settings.save': ({ settings }) => saveSettings(world, settings),
    ...keptHandlers(world),
    'import.open': ({ keyId }) => openImport(world, bases, keyId),
    'import.models': ({ keyId, baseUrl }) => relistModels(world, keyId, baseUrl),
    'import.plan': ({ keyId, draft }) => done(planDialog(world, bases, keyId, draft)),
    'import.apply': async ({ keyId, draft, planHash }) => {
      await start();
      bases.delete(keyId);
      return done(cancellable(keyId, (signal) => importKey(world, { keyId, draft, planHash, signal })));
    },
    'import.cancel': async ({ keyId }) => {
      const passing = await world.passing.read();
      // A key of a batch is stopped with its batch.
      const importId = passing.ok ? passing.value.running[keyId]?.importId : undefined;
      (running.get(keyId) ?? running.get(importId ?? ''))?.abort();
      return done(true as const);
    },
    'import.undo': async ({ importId, evenIf }) => {
      await start();
      const keyId = (await keyOf(importId)) ?? importId;
      return done(cancellable(keyId, (signal) => undoImport(world, importId, evenIf, signal)));
    },
    'import.ask-again': async ({ keyId }) => {
      await start();
      return done(cancellable(keyId, (signal) => askAgain(world, keyId, signal)));
    },
    'import.finish': async ({ importId }) => {
      await start();
      const keyId = (await keyOf(importId)) ?? importId;
      return done(cancellable(keyId, (signal) => finishImport(world, importId, signal)));
    },
    ...batchHandlers(world, batches, cancellable, start),
    ...channels.handlers,
    'notices.seen': ({ ids }) => forgetNotices(world, ids),
    'intent.set': (intent) => setIntent(world, intent),
    'intent.clear': () => clearIntent(world),
    'storage.export': () => done(rawStorage()),
    ...vaultHandlers(world, comeToRest, startAgain),
  };

  const onAlarm = async (name: string): Promise<void> => {
    await start();
    if (name === SYNC_ALARM) await channels.syncDue();
  };

  return { handlers, start, permissionsAdded: () => goOnWithIntent(world), onAlarm };
}

/** The user answered the browser's prompt, which closed the popup: what they were about to do goes on. */
async function goOnWithIntent(world: World): Promise<void> {
  const passing = await world.passing.read();
  const intent = passing.ok ? passing.value.intent : null;
  if (intent?.kind === 'account' && (await world.hosts.granted(intent.pattern))) {
    await clearIntent(world);
    await refreshAccount(world, intent.id);
  }
  await world.pulse.changed();
  if (intent?.kind === 'import' && (await world.hosts.granted(intent.pattern))) await openPopup();
}
