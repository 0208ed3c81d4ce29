import { openPopup } from '../platform/open-popup';
import { finishLock } from '../workflows/backup/finish-lock';
import { hasSought, hasUnfinished } from '../workflows/history/journal';
import { armSync, SYNC_ALARM } from '../workflows/sync/arm-sync';
import { clearIntent } from '../workflows/view/keep-intent';
import type { Ports } from '../workflows/ports';
import type { LaterHandlers } from './later-handlers';

/** Messages that come closer together than this make one look. */
const LOOK_MS = 10_000;

/** What the worker does without a message. */
export interface LifeCycle {
  /** Judges unfinished imports, once per life of the worker. */
  start(): Promise<void>;
  /** The same at one CLIProxyAPI: no change of it begins before. */
  startAt(proxyId: string): Promise<void>;
  /** Looks again for writes whose end is not known, unless it just did. */
  lookAgain(): void;
  /** Does so again: the lock was opened. */
  startAgain(): void;
  /** The browser's prompt was answered. */
  permissionsAdded(): Promise<void>;
  /** An alarm woke the worker. */
  onAlarm(name: string): Promise<void>;
}

/** `later`: the later part of the worker, at the CLIProxyAPI with that id, or the first. */
export function createLifeCycle(
  ports: Ports,
  later: (proxyId?: string) => Promise<LaterHandlers>,
): LifeCycle {
  /** What has begun in this life of the worker, by the id of the CLIProxyAPI that it is for; empty: for all of them. */
  const begun = new Map<string, Promise<void>>();
  const once = (proxyId: string, work: () => Promise<void>): Promise<void> => {
    const before = begun.get(proxyId);
    if (before) return before;
    const now = work().catch((error: unknown) => {
      // The next message tries again.
      begun.delete(proxyId);
      throw error;
    });
    begun.set(proxyId, now);
    return now;
  };
  const prepare = (): Promise<void> =>
    once('', async () => {
      await finishLock(ports);
      await armSync(ports);
    });
  const startAt = async (proxyId: string): Promise<void> => {
    await prepare();
    return once(proxyId, async () => {
      if (await hasUnfinished(ports)) await (await later(proxyId)).recoverUnfinished();
    });
  };
  /** Side by side: one that is down holds up none of the others. */
  const everywhere = async (work: (proxyId: string) => Promise<void>): Promise<void> => {
    const saved = await ports.everywhere.saved.read();
    await Promise.all((saved.ok ? saved.value.proxies : []).map(({ id }) => work(id)));
  };
  const start = async (): Promise<void> => {
    await prepare();
    await everywhere(startAt);
  };
  let lookedAt = -Infinity;
  const look = async (): Promise<void> => {
    await start();
    if (await hasSought(ports)) await everywhere(async (id) => (await later(id)).lookAgain());
  };
  return {
    start,
    startAt,
    lookAgain() {
      const now = ports.clock.now();
      if (now - lookedAt < LOOK_MS) return;
      lookedAt = now;
      void look().catch(() => undefined);
    },
    startAgain() {
      begun.clear();
      void start();
    },
    /** The prompt closed the popup; the user's next step goes on by itself. */
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
