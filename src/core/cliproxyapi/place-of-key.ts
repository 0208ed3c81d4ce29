import { baseUrlFromAddress, relayIdentity } from '../base-url';
import { LIST_NAMES, type ListName } from './lists/list-traits';
import { baseUrlOf, keyEntries } from './provider';
import { selectList, type KeyPlace } from './provider-list';
import type { ProxyConfig } from './proxy-config';
import { sameKey } from '../key-text';

/** `address`: of the relay, as the user knows it. */
type WantedKey = { address: string; optionalPrefix: string | undefined };

/** The first entry of the key's own relay that holds the key, in any list or only in one; else the first of another relay. */
export function placeOfKey(
  config: ProxyConfig,
  key: WantedKey,
  text: string,
  only?: ListName,
): KeyPlace | undefined {
  const places = placesOf(config, key, text, only ? [only] : LIST_NAMES);
  return (places.find(({ isOwn }) => isOwn) ?? places[0])?.place;
}

/** The list that has the key already, in an entry of its own relay; `preferred` before all others. */
export function listOfKey(
  config: ProxyConfig,
  key: WantedKey,
  text: string,
  preferred: ListName,
): ListName | undefined {
  const places = placesOf(config, key, text, [preferred, ...LIST_NAMES]);
  return places.find(({ isOwn }) => isOwn)?.place.list;
}

function placesOf(
  config: ProxyConfig,
  key: WantedKey,
  text: string,
  lists: readonly ListName[],
): { place: KeyPlace; isOwn: boolean }[] {
  const baseUrl = baseUrlFromAddress(key.address);
  const home = baseUrl.ok ? relayIdentity(baseUrl.value) : '';
  return lists.flatMap((name) => {
    const list = selectList(config, name);
    if (!list.ok) return [];
    return list.value.providers.flatMap((provider, index) => {
      const keyIndex = keyEntries(provider).findIndex((entry) =>
        sameKey(entry['api-key'] ?? '', text, key.optionalPrefix),
      );
      if (keyIndex < 0) return [];
      const place: KeyPlace = { ...list.value, index, keyIndex };
      return [{ place, isOwn: relayIdentity(baseUrlOf(provider)) === home }];
    });
  });
}
