import type { Account, Saved } from '../../storage/schema';
import type { AccountReading } from '../../relays/relay';
import { allKeys } from './find-key';

/** At another address the same number may be another key: only one that looks the same keeps card, name and note. */
export function forgetStrangers(document: Saved, account: Account, keys: AccountReading['keys']): void {
  const masks = new Map(keys.map(({ remoteId, mask }) => [remoteId, mask]));
  account.keys = account.keys.filter(({ remoteId, mask }) => masks.get(remoteId) === mask);
  forgetGone(document, account.id);
}

/** Drops card and label of every key that is no longer listed; the history keeps what was imported. */
export function forgetGone(document: Saved, accountId: string): void {
  const listed = new Set(allKeys(document).map(({ id }) => id));
  for (const part of [document.cards, ...document.elsewhere, document.labels]) {
    for (const id of Object.keys(part)) {
      if (id.startsWith(`${accountId}/`) && !listed.has(id)) delete part[id];
    }
  }
}
