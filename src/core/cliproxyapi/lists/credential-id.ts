import { listTraits } from './table';
import { apiKeyOf, baseUrlOf, type Provider } from '../provider';
import type { ProviderList } from '../provider-list';
import { parseVersion } from '../../version';

/** SHA-256 of a text as lower-case hex. */
export type Sha256 = (text: string) => Promise<string>;

/**
 * The id under which CLIProxyAPI's registry knows each key of one entry, in the order of its keys (seen on 6.6 to 7.2):
 * `<kind>:<12 hex>`, hash over kind and trimmed parts with NUL between; equal ones get `-1`, `-2` in list order. A
 * provider without keys has one id. One that is switched off by `disabled` has none.
 */
export async function credentialIds(
  { list, providers, version }: Pick<ProviderList, 'list' | 'providers' | 'version'>,
  index: number,
  sha256: Sha256,
): Promise<string[]> {
  const traits = listTraits(list);
  const known = parseVersion(version);
  const seen = new Map<string, number>();
  let ids: string[] = [];
  const own = traits.credentialKind(providers[index]!);
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
  return providers[index]!.disabled === true ? [] : ids;
}

/** What the server makes no credential of. */
const isEmpty = (provider: Provider): boolean =>
  !baseUrlOf(provider) && (provider['api-key'] === undefined || !apiKeyOf(provider));
