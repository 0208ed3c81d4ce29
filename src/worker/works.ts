import type { Report } from '../workflows/heartbeat';

/** All long work, by id: that of a key, a batch or an export, or one that the page chose. */
export interface Works {
  run<T>(id: string, work: (signal: AbortSignal, report: Report) => Promise<T>): Promise<T>;
  /** False: no such work is under way. */
  stop(id: string): boolean;
  /** How far a work has come; null: it is not under way. */
  progress(id: string): { done: number; total: number } | null;
  /** Whether any work is under way. */
  isBusy(): boolean;
  /** Stops all works and waits for their ends. The lock must not cut off an import. */
  drain(): Promise<void>;
}

interface Work {
  id: string;
  abort: AbortController;
  done: number;
  total: number;
  ended: Promise<unknown>;
}

export function createWorks(): Works {
  const running = new Set<Work>();
  const named = (id: string): Work[] => [...running].filter((work) => work.id === id);
  return {
    async run(id, start) {
      const work: Work = { id, abort: new AbortController(), done: 0, total: 0, ended: Promise.resolve() };
      running.add(work);
      const ended = start(work.abort.signal, (done, total) => Object.assign(work, { done, total }));
      work.ended = ended;
      try {
        return await ended;
      } finally {
        running.delete(work);
      }
    },
    stop(id) {
      const works = named(id);
      for (const { abort } of works) abort.abort();
      return works.length > 0;
    },
    progress(id) {
      const work = named(id).at(-1);
      return work ? { done: work.done, total: work.total } : null;
    },
    isBusy: () => running.size > 0,
    async drain() {
      while (running.size > 0) {
        for (const { abort } of running) abort.abort();
        await Promise.allSettled([...running].map(({ ended }) => ended));
      }
    },
  };
}
