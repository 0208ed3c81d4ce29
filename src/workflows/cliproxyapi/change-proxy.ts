import type { Stage } from '../../core/cliproxyapi/card';
import { fail, ok, type Result } from '../../core/failures/result';
import { whileAwake } from '../heartbeat';
import type { Ports } from '../ports';
import { failed, type Failed } from '../running';
import { keepingFile } from './keep-file';
import { openManagement, type Management } from '../connection/open-management';

interface Work<O> {
  /** Shows a stage on the cards that the work concerns; null clears them. */
  show(stage: Stage | null): Promise<unknown>;
  /** Records the outcome, while the cards still show the work. */
  conclude(outcome: O | Failed): Promise<unknown>;
}

/**
 * The frame of work that only asks CLIProxyAPI: the worker stays awake and the cards show the work until its outcome is
 * recorded. `work` is not called where nothing may be sent to CLIProxyAPI.
 */
export const askProxy = <O>(
  ports: Ports,
  { show, conclude, stage }: Work<O> & { stage: Stage },
  work: (management: Management) => Promise<O | Failed>,
): Promise<O | Failed> =>
  whileAwake(ports, async () => {
    await show(stage);
    try {
      const management = await openManagement(ports);
      const outcome = management.ok ? await work(management.value) : failed(management.failure);
      await conclude(outcome);
      return outcome;
    } finally {
      await show(null);
    }
  });

/**
 * The frame of every change of CLIProxyAPI: `work` holds the lock of this proxy, from its first read to its proof. An
 * abort ends the waiting for the lock, as cancelled.
 */
export const changeProxy = <O>(
  ports: Ports,
  { signal, ...order }: Work<O> & { signal: AbortSignal },
  work: (management: Management) => Promise<O | Failed>,
): Promise<O | Failed> =>
  askProxy<O>(ports, { ...order, stage: 'waiting' }, async (management) => {
    const held = await withProxyLock(ports, management, signal, () =>
      keepingFile(ports, management, () => work(management)),
    );
    return held.ok ? held.value : failed(held.failure);
  });

/**
 * Holds the one lock of a proxy, across popup, options page and worker, since CLIProxyAPI's management API has none: one
 * change at a time.
 */
export async function withProxyLock<T>(
  ports: Ports,
  { url }: Management,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<Result<T>> {
  const held = await ports.locks.hold(`write ${url.root}`, signal, work);
  return held === undefined ? fail({ code: 'cancelled' }) : ok(held.value);
}
