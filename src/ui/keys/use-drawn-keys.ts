import { useCallback, useState } from 'react';
import type { KeyView } from '../../core/view/view';
import type { KeyListState } from './use-key-list';

/** Cards that are drawn at first, and each time that the user scrolls near the end of those before. */
const BATCH = 60;

/** The cards to draw, and how to draw more of them. */
export function useDrawnKeys({ shown }: KeyListState): { drawn: readonly KeyView[]; drawMore(): void } {
  const [most, setMost] = useState(BATCH);
  const drawMore = useCallback(() => setMost((now) => now + BATCH), []);
  return { drawn: shown.slice(0, most), drawMore };
}
