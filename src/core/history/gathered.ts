import type { ChannelHistoryItem, HistoryLine, ProviderHistoryItem } from './history';

type Phase = ProviderHistoryItem['phase'] | ChannelHistoryItem['phase'];

/** What a line that stands for many writes has of them all: it is about no single key. */
export function gatheredLine(
  id: string,
  at: number,
  writes: readonly Pick<HistoryLine, 'undoneAt'>[],
): HistoryLine {
  const times = writes.flatMap(({ undoneAt }) => undoneAt ?? []);
  return {
    id,
    at,
    keyId: null,
    keyName: '',
    mask: '',
    undoneAt: times.length > 0 ? Math.max(...times) : null,
  };
}

/** How far many writes are, as one. `written` and `undone`: so many of them; `missing`: so many were never begun. */
export function gatheredPhase(
  writes: readonly { phase: Phase }[],
  { written, undone, missing = 0 }: { written: number; undone: number; missing?: number },
): 'writing' | 'partly-undone' | 'needs-look' | 'undone' | 'not-written' | 'partly-written' | 'done' {
  const has = (phase: Phase): boolean => writes.some((write) => write.phase === phase);
  if (has('writing') || has('written')) return 'writing';
  if (written > 0 && undone > 0) return 'partly-undone';
  if (has('needs-look')) return 'needs-look';
  if (written === 0) return undone > 0 ? 'undone' : 'not-written';
  return has('not-written') || missing > 0 ? 'partly-written' : 'done';
}
