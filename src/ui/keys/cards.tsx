import { useCallback, useState, type ReactNode } from 'react';
import type { KeyView } from '../../core/view/view';
import { KeyCard } from './card';
import type { KeyListState } from './use-key-list';

/** Cards that are drawn at first, and each time that the user scrolls near the end of those before. */
const BATCH = 60;

/** The cards to draw, and how to draw more of them. */
export function useDrawnKeys({ shown }: KeyListState): { drawn: readonly KeyView[]; drawMore(): void } {
  const [most, setMost] = useState(BATCH);
  const drawMore = useCallback(() => setMost((now) => now + BATCH), []);
  return { drawn: shown.slice(0, most), drawMore };
}

export function KeyCards({
  keys,
  list,
  choosing,
  onEdit,
}: {
  keys: readonly KeyView[];
  list: KeyListState;
  choosing: boolean;
  onEdit?: (keyId: string) => void;
}): ReactNode {
  return keys.map((key) => (
    <KeyCard key={key.id} keyView={key} list={list} choosing={choosing} onEdit={onEdit} />
  ));
}
