import { useEffect, useRef, useState } from 'react';
import type { Result } from '../core/result';
import { usePage } from './page-context';

export interface Work {
  /** Null: nothing is under way. */
  progress: { done: number; total: number } | null;
  /** Does one thing that may take long, with a progress to be seen; the id is for the message. */
  run<T>(total: number, ask: (workId: string) => Promise<Result<T>>): Promise<Result<T>>;
  /** What was begun is done to its end; what was not is left. */
  stop(): void;
}

const LOOK_EVERY_MS = 500;

/** Follows one work of the worker at a time, and ends it by the id that was chosen here. */
export function useWork(): Work {
  const { ask } = usePage();
  const [workId, setWorkId] = useState('');
  const [progress, setProgress] = useState<Work['progress']>(null);
  const latest = useRef('');
  useEffect(() => {
    if (!workId) return;
    const timer = setInterval(() => {
      void ask('channels.progress', { workId }).then((now) => {
        // An answer may come after the work has ended.
        if (now.ok && now.value && now.value.total > 0 && latest.current === workId) setProgress(now.value);
      });
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [ask, workId]);
  return {
    progress,
    async run(total, work) {
      latest.current = crypto.randomUUID();
      setWorkId(latest.current);
      setProgress({ done: 0, total });
      const result = await work(latest.current);
      latest.current = '';
      setWorkId('');
      setProgress(null);
      return result;
    },
    stop: () => void ask('channels.stop', { workId }),
  };
}
