import { MESSAGES } from '../contract/messages';
import type { Handlers } from '../contract/router';
import { ok, type Result } from '../core/result';
import { openPopup } from '../platform/open-popup';
import { armSync, SYNC_ALARM } from '../workflows/sync/arm-sync';
import { importKey } from '../workflows/import/import-key';
import { clearIntent, forgetNotices, setIntent } from '../workflows/view/keep-intent';
import { finishLock } from '../workflows/backup/finish-lock';
import { hasUnfinished } from '../workflows/journal/unfinished';
import { openImport, planDialog, relistModels, type Bases } from '../workflows/import/open-import';
import { readView } from '../workflows/view/read-view';
import { saveSettings } from '../workflows/view/save-settings';
import type { Ports } from '../workflows/ports';
import type { LaterHandlers, LaterName } from './later-handlers';

/**
 * Each message with the workflow that answers it, and what happens by itself. What the popup needs for its picture and
 * for importing one key stands here; all else is loaded with the first message that asks for it (scripts/worker-parts).
 */
export function createHandlers(ports: Ports): {
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
  const cancelAndDrain = async (): Promise<void> => {
    while (works.size > 0) {
      for (const abort of running.values()) abort.abort();
      await Promise.allSettled(works);
    }
    bases.clear();
    laterHandlers?.forget();
  };

  const recoverUnfinished = async (): Promise<void> => {
    await finishLock(ports);
    await armSync(ports);
    if (await hasUnfinished(ports)) await (await later()).recoverUnfinished();
  };
  let laterHandlers: LaterHandlers | undefined;
  const later = async (): Promise<LaterHandlers> => {
    const { createLaterHandlers } = await import('./later-handlers');
    laterHandlers ??= createLaterHandlers(ports, { cancellable, start, startAgain, cancelAndDrain });
    return laterHandlers;
  };

  let started: Promise<void> | undefined;
  /** Once per life of the worker, and after unlocking: looks what became of imports that its last life left open. */
  const start = (): Promise<void> => {
    started ??= recoverUnfinished().catch((error: unknown) => {
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
    view: () => readView(ports),
    'settings.save': ({ settings }) => saveSettings(ports, settings),
    'import.open': ({ keyId }) => openImport(ports, bases, keyId),
    'import.models': ({ keyId, baseUrl }) => relistModels(ports, keyId, baseUrl),
    'import.plan': ({ keyId, draft }) => done(planDialog(ports, bases, keyId, draft)),
    'import.apply': async ({ keyId, draft, planHash }) => {
      await start();
      bases.delete(keyId);
      return done(cancellable(keyId, (signal) => importKey(ports, { keyId, draft, planHash, signal })));
    },
    'import.cancel': async ({ keyId }) => {
      const session = await ports.session.read();
      // A key of a batch is stopped with its batch.
      const importId = session.ok ? session.value.running[keyId]?.importId : undefined;
      (running.get(keyId) ?? running.get(importId ?? ''))?.abort();
      return done(true as const);
    },
    'notices.seen': ({ ids }) => forgetNotices(ports, ids),
    'intent.set': (intent) => setIntent(ports, intent),
    'intent.clear': () => clearIntent(ports),
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
    const session = await ports.session.read();
    const intent = session.ok ? session.value.intent : null;
    if (intent?.kind === 'account' && (await ports.hosts.granted(intent.pattern))) {
      await clearIntent(ports);
      await handlers['account.refresh']({ accountId: intent.id });
    }
    await ports.pages.notify();
    if (intent?.kind === 'import' && (await ports.hosts.granted(intent.pattern))) await openPopup();
  };

  const onAlarm = async (name: string): Promise<void> => {
    await start();
    if (name === SYNC_ALARM) await (await later()).syncDue();
  };

  return { handlers, start, permissionsAdded, onAlarm };
}
