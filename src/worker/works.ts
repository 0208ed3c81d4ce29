import type { Report } from '../workflows/heartbeat';

export type Cancellable = <T>(id: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

export interface StoppableWorks {
  run<T>(workId: string, work: (signal: AbortSignal, report: Report) => Promise<T>): Promise<T>;
  stop(workId: string): void;
  /** How far a work has come; null: it is not under way. */
  progress(workId: string): { done: number; total: number } | null;
}

/** Works that a page follows and stops by the id that it chose; the lock ends them as well, by the worker's own list. */
export function stoppableWorks(cancellable: Cancellable): StoppableWorks {
  const running = new Map<string, { abort: AbortController; done: number; total: number }>();
  return {
    run: (workId, work) =>
      cancellable(workId, async (outer) => {
        const state = { abort: new AbortController(), done: 0, total: 0 };
        outer.addEventListener('abort', () => state.abort.abort(), { once: true });
        running.set(workId, state);
        try {
          return await work(state.abort.signal, (done, total) => Object.assign(state, { done, total }));
        } finally {
          if (running.get(workId) === state) running.delete(workId);
        }
      }),
    stop: (workId) => running.get(workId)?.abort.abort(),
    progress: (workId) => {
      const state = running.get(workId);
      return state ? { done: state.done, total: state.total } : null;
    },
  };
}
