import { baseUrlFromAddress, relayIdentity } from '../../core/base-url';
import { inFamily } from '../../core/cliproxyapi/proxy-config';
import { LIST_NAMES, type ListName } from '../../core/cliproxyapi/lists/list-traits';
import { sameKey } from '../../core/key-text';
import { baseUrlOf, keyEntries } from '../../core/cliproxyapi/provider';
import type { ConfigRead } from '../../targets/cliproxyapi/management';
import type { KeyFacts } from '../accounts/find-key';

/** Where a key stands: the list, the entry in it, and the key in the entry. */
export interface KeyPlace {
  list: ConfigRead;
  index: number;
  keyIndex: number;
}

/** The first entry of the relay that holds the key, in any list or in `only` that; else the first of another relay. */
export function placeOfKey(
  config: ConfigRead,
  key: KeyFacts,
  text: string,
  only?: ListName,
): KeyPlace | undefined {
  const holders = (only ? [only] : LIST_NAMES).flatMap((family) => {
    const list = inFamily(config, family);
    return (list?.providers ?? []).flatMap((provider, index) => {
      const keyIndex = keyEntries(provider).findIndex((entry) =>
        sameKey(entry['api-key'] ?? '', text, key.optionalPrefix),
      );
      const place = { list: list!, index, keyIndex };
      return keyIndex < 0 ? [] : [{ place, identity: relayIdentity(baseUrlOf(provider)) }];
    });
  });
  const baseUrl = baseUrlFromAddress(key.address);
  const home = baseUrl.ok ? relayIdentity(baseUrl.value) : '';
  return (holders.find(({ identity }) => identity === home) ?? holders[0])?.place;
}
