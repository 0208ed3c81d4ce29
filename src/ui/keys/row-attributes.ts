import { foreignText } from '../../core/foreign-text';
import type { CSSProperties } from 'react';
import type { KeyView } from '../../core/view/view';
import type { KeyState } from './state';
import type { RowActions } from './use-key-list';

/** Where a card or row stands in its list. */
export interface RowPlace {
  /** Its index among all that are shown, drawn or not. */
  at: number;
  /** The Tab key reaches it. */
  active: boolean;
  /** Of one that is drawn out of sight. */
  style: CSSProperties | undefined;
}

/** What keyboard and screen reader find on a card or row. */
export const rowAttributes = (
  { id, name, relayName, running }: KeyView,
  state: KeyState,
  { at, active, style, rows }: RowPlace & { rows: RowActions },
): object => ({
  'data-key': id,
  'data-index': at,
  style,
  tabIndex: active ? 0 : -1,
  onFocus: () => rows.setActive(id),
  'aria-label': [name, relayName, state.text].map(foreignText).join(', '),
  'aria-busy': running !== null,
});
