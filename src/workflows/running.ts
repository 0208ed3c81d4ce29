import type { Notice, Running, Stage } from '../core/cliproxyapi/card';
import type { Failure } from '../core/failures/failure';
import type { Ports } from './ports';

type Needs = Pick<Ports, 'session' | 'pages' | 'ids' | 'clock'>;

/** Says where an import is. Each call is also what keeps the worker alive (30 s after the last event). */
export async function showRunning(
  ports: Needs,
  keys: string | readonly string[],
  running: Running | null,
): Promise<void> {
  await ports.session.change((document) => {
    for (const keyId of [keys].flat()) {
      if (running) document.running[keyId] = running;
      else delete document.running[keyId];
    }
  });
  await ports.pages.notify();
}

/** Shows the stages of one piece of work on the cards of these keys; null clears them. */
export const stagesOf =
  (ports: Needs, keys: string | readonly string[], importId: string) =>
  (stage: Stage | null, served = 0, total = 0): Promise<void> =>
    showRunning(ports, keys, stage && { importId, stage, served, total });

/** Adds what a toast will say; at most the last twenty wait for a page. */
export async function addNotice(
  ports: Needs & Pick<Ports, 'saved'>,
  notice: Pick<Notice, 'keyId' | 'keyName' | 'outcome'>,
): Promise<void> {
  const saved = await ports.saved.read();
  const at = saved.ok && { proxyId: saved.value.proxyId };
  await ports.session.change((document) => {
    document.notices.push({ id: ports.ids.next(), at: ports.clock.now(), ...at, ...notice });
    document.notices = document.notices.slice(-20);
  });
}

export interface Failed {
  kind: 'failed';
  failure: Failure;
}

export const failed = (failure: Failure): Failed => ({ kind: 'failed', failure });

/** Says a failure that no card will hold, and makes an outcome of it. */
export async function announceFailure(
  ports: Needs & Pick<Ports, 'saved'>,
  key: { keyId: string; keyName: string },
  failure: Failure,
): Promise<Failed> {
  await addNotice(ports, { ...key, outcome: failed(failure) });
  await ports.pages.notify();
  return failed(failure);
}
