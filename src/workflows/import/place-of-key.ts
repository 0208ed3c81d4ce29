import { baseUrlFromAddress, relayIdentity } from '../../core/base-url';
import { LIST_NAMES, type ListName } from '../../core/cliproxyapi/lists/list-traits';
import { baseUrlOf, keyEntries } from '../../core/cliproxyapi/provider';
import { selectList, type KeyPlace } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { sameKey } from '../../core/key-text';
import type { KeyFacts } from '../accounts/find-key';

/** The first entry of the relay that holds the key, in any list or in `only` that; else the first of another relay. */
export function placeOfKey(
  config: ProxyConfig,
  key: KeyFacts,
  text: string,
  only?: ListName,
): KeyPlace | undefined {
  const places = (only ? [only] : LIST_NAMES).flatMap((name): KeyPlace[] => {
    const list = selectList(config, name);
    if (!list.ok) return [];
    return list.value.providers.flatMap((provider, index) => {
      const keyIndex = keyEntries(provider).findIndex((entry) =>
        sameKey(entry['api-key'] ?? '', text, key.optionalPrefix),
      );
      return keyIndex < 0 ? [] : [{ ...list.value, index, keyIndex }];
    });
  });
  const baseUrl = baseUrlFromAddress(key.address);
  const home = baseUrl.ok ? relayIdentity(baseUrl.value) : '';
  const isHome = ({ providers, index }: KeyPlace): boolean =>
    relayIdentity(baseUrlOf(providers[index]!)) === home;
  return places.find(isHome) ?? places[0];
}
