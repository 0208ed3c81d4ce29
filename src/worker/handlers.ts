import { MESSAGES } from '../contract/messages';
import type { Handlers } from '../contract/router';
import { ok, type Result } from '../core/result';
import { openPopup } from '../platform/open-popup';
import { armSync, SYNC_ALARM } from '../workflows/sync/arm-sync';
import { importKey } from '../workflows/import/import-key';
import { clearIntent, forgetNotices, setIntent } from '../workflows/view/keep-intent';
import { finishLock } from '../workflows/backup/finish-lock';
import { leftOpen } from '../workflows/journal/unfinished';
import { openImport, planDialog, relistModels, type Bases } from '../workflows/import/open-import';
import { readView } from '../workflows/view/read-view';
import { saveSettings } from '../workflows/view/save-settings';
import type { World } from '../workflows/ports';
import type { LaterHandlers, LaterName } from './later-handlers';

/**
 * Each message with the workflow that answers it, and what happens by itself. What the popup needs for its picture and
 * for importing one key stands here; all else is loaded with the first message that asks for it (scripts/worker-parts).
 */
export function createHandlers(world: World): {
  handlers: Handlers;
  start(): Promise<void>;
  permissionsAdded(): Promise<void>;
  /** What woke the worker, by the name of its alarm. */
  onAlarm(name: string): Promise<void>;
} {
  const bases: Bases = new Map();
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

  /** Ends what is under way as Cancel and Stop do: the lock must not cut an import off. */
  const comeToRest = async (): Promise<void> => {
    while (works.size > 0) {
      for (const abort of running.values()) abort.abort();
      await Promise.allSettled(works);
    }
    bases.clear();
    laterHandlers?.forget();
  };

  const lookBack = async (): Promise<void> => {
    await finishLock(world);
    await armSync(world);
    if (await leftOpen(world)) await (await later()).lookBack();
  };
  let laterHandlers: LaterHandlers | undefined;
  const later = async (): Promise<LaterHandlers> => {
    const { createLaterHandlers } = await import('./later-handlers');
    laterHandlers ??= createLaterHandlers(world, { cancellable, start, startAgain, comeToRest });
    return laterHandlers;
  };

  let started: Promise<void> | undefined;
  /** Once per life of the worker, and after unlocking: looks what became of imports that its last life left open. */
  const start = (): Promise<void> => {
    started ??= lookBack().catch((error: unknown) => {
      // The next message tries again.
      started = undefined;
      throw error;
    });
    return started;
  };
  const startAgain = (): void => {
    started = undefined;
    void start();
  };

  const atOnce: Omit<Handlers, LaterName> = {
    view: () => readView(world),
    'settings.save': ({ settings }) => saveSettings(world, settings),
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
    'notices.seen': ({ ids }) => forgetNotices(world, ids),
    'intent.set': (intent) => setIntent(world, intent),
    'intent.clear': () => clearIntent(world),
  };
  const names = Object.keys(MESSAGES).filter((name): name is LaterName => !(name in atOnce));
  const answerLater = (name: LaterName): unknown => {
    return async (input: never) => (await later()).handlers[name](input);
  };
  const handlers = {
    ...atOnce,
    ...Object.fromEntries(names.map((name) => [name, answerLater(name)])),
  } as Handlers;

  /** The user answered the browser's prompt, which closed the popup: what they were about to do goes on. */
  const permissionsAdded = async (): Promise<void> => {
    const passing = await world.passing.read();
    const intent = passing.ok ? passing.value.intent : null;
    if (intent?.kind === 'account' && (await world.hosts.granted(intent.pattern))) {
      await clearIntent(world);
      await handlers['account.refresh']({ accountId: intent.id });
    }
    await world.pulse.changed();
    if (intent?.kind === 'import' && (await world.hosts.granted(intent.pattern))) await openPopup();
  };

  const onAlarm = async (name: string): Promise<void> => {
    await start();
    if (name === SYNC_ALARM) await (await later()).syncDue();
  };

  return { handlers, start, permissionsAdded, onAlarm };
}
