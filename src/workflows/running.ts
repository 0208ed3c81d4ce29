import type { Notice, Running } from '../core/cliproxyapi/card';
import type { Failure } from '../core/failure';
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

/** Adds what a toast will say; at most the last twenty wait for a page. */
export async function addNotice(
  ports: Needs,
  notice: Pick<Notice, 'keyId' | 'keyName' | 'outcome'>,
): Promise<void> {
  await ports.session.change((document) => {
    document.notices.push({ id: ports.ids.next(), at: ports.clock.now(), ...notice });
    document.notices = document.notices.slice(-20);
  });
}

/** Says a failure that no card will hold. */
export function announceFailure(
  ports: Needs,
  key: { keyId: string; keyName: string },
  failure: Failure,
): Promise<void> {
  return addNotice(ports, { ...key, outcome: { kind: 'failed', failure } }).then(() => ports.pages.notify());
}
