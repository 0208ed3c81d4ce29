import { listTraits } from './table';
import { apiKeyOf, baseUrlOf, type Provider } from '../provider';
import { entryAt, type KeyPlace } from '../provider-list';
import { parseVersion } from '../../version';

/** SHA-256 of a text as lower-case hex. */
export type Sha256 = (text: string) => Promise<string>;

/**
 * The ids under which CLIProxyAPI's registry knows the keys of one entry, in their order (CLIProxyAPI 6.6 to 7.2):
 * `<kind>:<12 hex>`, a hash over kind and trimmed parts with NUL between; equal ones get `-1`, `-2` in list order. A
 * provider without keys has one id, an entry that `disabled` switches off has none.
 */
export async function credentialIds(
  place: Pick<KeyPlace, 'list' | 'providers' | 'version' | 'index'>,
  sha256: Sha256,
): Promise<string[]> {
  const { list, providers, version, index } = place;
  const entry = entryAt(place);
  if (entry.disabled === true) return [];
  const traits = listTraits(list);
  const known = parseVersion(version);
  const seen = new Map<string, number>();
  let ids: string[] = [];
  const own = traits.credentialKind(entry);
  for (const [at, provider] of providers.entries()) {
    if (at > index) break;
    // Ids of other kinds cannot be equal, so they need no hashing.
    if (provider.disabled === true || isEmpty(provider) || traits.credentialKind(provider) !== own) continue;
    ids = [];
    for (const parts of traits.credentialParts(provider, known)) {
      const hash = await sha256([own, ...parts].join('\0'));
      const id = `${own}:${hash.slice(0, 12)}`;
      const count = seen.get(id) ?? 0;
      seen.set(id, count + 1);
      ids.push(count === 0 ? id : `${id}-${count}`);
    }
  }
  return ids;
}

/** Whether the server makes no credential of an entry. */
const isEmpty = (provider: Provider): boolean =>
  !baseUrlOf(provider) && (provider['api-key'] === undefined || !apiKeyOf(provider));
