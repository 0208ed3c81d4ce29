import { baseUrlOf, keyEntries, type Provider } from './provider';

/** SHA-256 of a text as lower-case hex. */
export type Sha256 = (text: string) => Promise<string>;

/**
 * The id under which CLIProxyAPI's registry knows each key of one provider, in the order of its keys (contract section
 * 5.2, seen on 6.6 to 7.2): `openai-compatibility:<name>:<12 hex>`, hash over kind and trimmed key, base URL, proxy
 * with NUL between; equal ones get `-1`, `-2` in list order. A provider without keys has one id. Disabled providers
 * have none.
 */
export async function credentialIds(
  providers: readonly Provider[],
  index: number,
  sha256: Sha256,
): Promise<string[]> {
  const seen = new Map<string, number>();
  let ids: string[] = [];
  const own = kindOf(providers[index]!);
  for (const [at, provider] of providers.entries()) {
    if (at > index) break;
    // Ids of other kinds cannot be equal, so they need no hashing.
    if (provider.disabled === true || !baseUrlOf(provider) || kindOf(provider) !== own) continue;
    ids = [];
    for (const parts of partsOf(provider)) {
      const hash = await sha256([own, ...parts].join('\0'));
      const id = `${own}:${hash.slice(0, 12)}`;
      const count = seen.get(id) ?? 0;
      seen.set(id, count + 1);
      ids.push(count === 0 ? id : `${id}-${count}`);
    }
  }
  return providers[index]!.disabled === true ? [] : ids;
}

const kindOf = (provider: Provider): string =>
  `openai-compatibility:${provider.name?.trim().toLowerCase() || 'openai-compatibility'}`;

function partsOf(provider: Provider): string[][] {
  const entries = keyEntries(provider);
  const baseUrl = baseUrlOf(provider);
  if (entries.length === 0) return [[baseUrl]];
  return entries.map((entry) => [
    entry['api-key']?.trim() ?? '',
    baseUrl,
    typeof entry['proxy-url'] === 'string' ? entry['proxy-url'].trim() : '',
  ]);
}
