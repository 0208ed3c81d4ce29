import { baseUrlFromAddress, relayIdentity } from '../base-url';
import { LIST_NAMES, type ListName } from './lists/list-traits';
import { baseUrlOf, keyEntries } from './provider';
import { selectList, type KeyPlace } from './provider-list';
import type { ProxyConfig } from './proxy-config';
import { sameKey } from '../key-text';

/**
 * The first entry of the key's own relay that holds the key, in any list or only in one; else the first of another
 * relay. `address`: of the relay, as the user knows it.
 */
export function placeOfKey(
  config: ProxyConfig,
  key: { address: string; optionalPrefix: string | undefined },
  text: string,
  only?: ListName,
): KeyPlace | undefined {
  const places = (only ? [only] : LIST_NAMES).flatMap((name) => {
    const list = selectList(config, name);
    if (!list.ok) return [];
    return list.value.providers.flatMap((provider, index) => {
      const keyIndex = keyEntries(provider).findIndex((entry) =>
        sameKey(entry['api-key'] ?? '', text, key.optionalPrefix),
      );
      if (keyIndex < 0) return [];
      const place: KeyPlace = { ...list.value, index, keyIndex };
      return [{ place, identity: relayIdentity(baseUrlOf(provider)) }];
    });
  });
  const baseUrl = baseUrlFromAddress(key.address);
  const home = baseUrl.ok ? relayIdentity(baseUrl.value) : '';
  return (places.find(({ identity }) => identity === home) ?? places[0])?.place;
}
