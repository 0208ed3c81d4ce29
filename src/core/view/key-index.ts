import type { ListName } from '../cliproxyapi/lists/list-traits';
import type { Card } from '../cliproxyapi/card';
import { isServedWhole } from '../cliproxyapi/proved-card';
import { memo } from '../memo';
import type { KeyStanding, KeyView } from './view';

/** How a key stands with CLIProxyAPI. */
export type KeyGroup = 'not-imported' | 'served' | 'review' | 'running';

/** What lists search, filter and sort a key by. */
export interface KeyIndex {
  /** Everything that is searched, in lower case, one part a line. */
  text: string;
  group: KeyGroup;
  /** Why it is to be reviewed; null: it is not. */
  reason: KeyReason | null;
  /** The list of CLIProxyAPI that it was imported into last; null: into none. */
  list: ListName | null;
  /** When it was imported last, in milliseconds since 1970; 0: never. */
  importedAt: number;
}

export interface KeyReason {
  /** The same for all keys with the same kind of reason. */
  id: string;
  /** Tells apart reasons of one kind: of another host, by another provider. */
  detail: string;
}

/** Computed once for each picture of a key: what did not change is the same object (core/view/view-change). */
export const indexOf: (key: KeyView) => KeyIndex = memo<KeyView, KeyIndex>((key) => {
  const group = groupOf(key);
  const { card } = key;
  return {
    text: textOf(key),
    group,
    reason: card && group === 'review' ? reasonOf(card) : null,
    list: card?.kind === 'proved' ? card.list : null,
    importedAt: card?.at ?? 0,
  };
}, new WeakMap());

/** How a key stands at that CLIProxyAPI, which is the one that the picture is about unless it is one of the others. */
export const standingAt = (key: KeyView, proxyId: string): KeyStanding =>
  key.others?.find((other) => other.proxyId === proxyId) ?? key;

/** Names, relays, groups, notes and the shown ends of a key. */
const textOf = ({ name, listedName, note, relayName, host, group, mask }: KeyView): string =>
  [name, listedName, note, relayName, host, group, mask].join('\n').toLowerCase();

/** What the text of a card says in full (ui/keys/state), in one word. Served is only what is proved for this very key. */
function groupOf({ running, card }: Pick<KeyView, 'running' | 'card'>): KeyGroup {
  if (running) return 'running';
  if (!card) return 'not-imported';
  return card.kind === 'proved' && isServedWhole(card) ? 'served' : 'review';
}

function reasonOf(card: Card): KeyReason {
  switch (card.kind) {
    case 'failed':
      return { id: `failed ${card.failure.code}`, detail: JSON.stringify(card.failure) };
    case 'interrupted':
      return { id: `interrupted ${card.finding}`, detail: '' };
    case 'proved': {
      const { missing, total, basis, keyOnly, unsure } = card;
      const [first] = missing;
      if (first) return { id: `missing ${first.reason}`, detail: first.by ?? '' };
      if (basis === 'listed' && total > 0) return { id: 'listed', detail: '' };
      if (keyOnly) return { id: 'key-only', detail: '' };
      return { id: unsure && total > 0 ? 'unsure' : 'missing unknown', detail: '' };
    }
  }
}
