import { openPopup } from '../platform/open-popup';
import { finishLock } from '../workflows/backup/finish-lock';
import { hasUnfinished } from '../workflows/journal/unfinished';
import { armSync, SYNC_ALARM } from '../workflows/sync/arm-sync';
import { clearIntent } from '../workflows/view/keep-intent';
import type { Ports } from '../workflows/ports';
import type { WorkerHooks } from './hooks';
import type { LaterHandlers } from './later-handlers';

/** What happens by itself. */
export interface LifeCycle {
  start(): Promise<void>;
  startAgain(): void;
  /** The browser's prompt was answered. */
  permissionsAdded(): Promise<void>;
  /** What woke the worker, by the name of its alarm. */
  onAlarm(name: string): Promise<void>;
}

export function createLifeCycle(ports: Ports, later: () => Promise<LaterHandlers>): LifeCycle {
  let started: Promise<void> | undefined;

  const recoverUnfinished = async (): Promise<void> => {
    await finishLock(ports);
    await armSync(ports);
    if (await hasUnfinished(ports)) await (await later()).recoverUnfinished();
  };
  const start: WorkerHooks['start'] = () => {
    started ??= recoverUnfinished().catch((error: unknown) => {
      // The next message tries again.
      started = undefined;
      throw error;
    });
    return started;
  };
  return {
    start,
    startAgain() {
      started = undefined;
      void start();
    },
    /** The prompt closed the popup: what the user was about to do goes on. */
    async permissionsAdded() {
      const session = await ports.session.read();
      const intent = session.ok ? session.value.intent : null;
      if (intent?.kind === 'account' && (await ports.hosts.granted(intent.pattern))) {
        await clearIntent(ports);
        await (await later()).handlers['account.refresh']({ accountId: intent.id });
      }
      await ports.pages.notify();
      if (intent?.kind === 'import' && (await ports.hosts.granted(intent.pattern))) await openPopup();
    },
    async onAlarm(name) {
      await start();
      if (name === SYNC_ALARM) await (await later()).syncDue();
    },
  };
}
