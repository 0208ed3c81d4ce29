import { useEffect, useRef, useState } from 'react';
import type { Result } from '../core/failures/result';
import { usePage } from './page-context';
import { useViewPart } from './use-view';

interface WorkProgress {
  done: number;
  total: number;
}

export interface Work {
  /** Null: nothing is under way. */
  progress: WorkProgress | null;
  /** Starts one long work that can be followed; `ask` sends its message with the id. */
  run<T>(total: number, ask: (workId: string) => Promise<Result<T>>): Promise<Result<T>>;
  /** Stops the work after the step under way. */
  stop(): void;
}

const LOOK_EVERY_MS = 400;

/**
 * Follows a work of the worker, '' none. Null: nothing is known of it yet. `proxyId`: of the CLIProxyAPI that it is about, if
 * the page looks at another one.
 */
export function useProgress(workId: string, proxyId?: string): WorkProgress | null {
  const { ask } = usePage();
  const [seen, setSeen] = useState<{ workId: string; progress: WorkProgress }>();
  useEffect(() => {
    if (!workId) return;
    const timer = setInterval(() => {
      void ask('work.progress', { workId }, proxyId).then((now) => {
        if (now.ok && now.value && now.value.total > 0) setSeen({ workId, progress: now.value });
      });
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [ask, workId, proxyId]);
  // An answer may come after the work has ended or another one has begun.
  return seen && seen.workId === workId ? seen.progress : null;
}

/** Starts one work of the worker at a time under an id of its own, follows it and stops it. */
export function useWork(): Work {
  const { ask } = usePage();
  const at = useViewPart('connection')?.id;
  /** `at`: where it began. The page may look at another CLIProxyAPI by the time it is stopped. */
  const [running, setRunning] = useState<{ workId: string; total: number; at: string | undefined } | null>(
    null,
  );
  const latest = useRef('');
  const progress = useProgress(running?.workId ?? '', running?.at);
  return {
    progress: running && (progress ?? { done: 0, total: running.total }),
    async run(total, work) {
      const workId = (latest.current = crypto.randomUUID());
      setRunning({ workId, total, at });
      const result = await work(workId);
      if (latest.current === workId) setRunning(null);
      return result;
    },
    stop: () => running && void ask('work.stop', { workId: running.workId }, running.at),
  };
}
