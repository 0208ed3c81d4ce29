import { apiKeyOf, baseUrlOf, keyEntries, type Provider } from '../provider';
import { atLeast, type Version } from '../../version';

/** Since then prefix and headers distinguish credentials, too (CLIProxyAPI 7.2). */
const BY_ALL: Version = [7, 2, 138];

/** What the id of an entry that is one key is hashed from. A server that names no version is taken for a new one. */
export function keyCredentialParts(entry: Provider, version: Version | undefined): string[][] {
  const parts = [apiKeyOf(entry), baseUrlOf(entry)];
  if (version && !atLeast(version, BY_ALL)) return [parts];
  return [[...parts, proxyOf(entry), entry.prefix?.trim() ?? '', sortedHeaders(entry)]];
}

export const proxyOf = (entry: Provider): string => keyEntries(entry)[0]?.['proxy-url']?.trim() ?? '';

/** In byte order, with a NUL behind each name and each value. */
function sortedHeaders(entry: Provider): string {
  const bytes = new TextEncoder();
  const compare = (a: string, b: string): number => {
    const [left, right] = [bytes.encode(a), bytes.encode(b)];
    const at = left.findIndex((byte, index) => byte !== right[index]);
    return at < 0 ? left.length - right.length : (left[at] ?? -1) - (right[at] ?? -1);
  };
  return Object.entries(entry.headers ?? {})
    .map(([name, value]) => [name.trim(), value.trim()] as const)
    .filter(([name, value]) => name && value)
    .sort(([a], [b]) => compare(a, b))
    .map(([name, value]) => `${name}\0${value}\0`)
    .join('');
}
