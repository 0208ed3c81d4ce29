import { fitsWildcard } from '../wildcard';
import { EXCLUDE_ALL, excludedOf, type Provider } from './provider';

/**
 * The patterns of an entry that keep a name from being served; `*` stands for any characters, in any case. CLIProxyAPI 7.2
 * applies them before it adds a prefix. The pattern that switches the whole entry off does not count here.
 */
export function excludedBy(provider: Provider, alias: string): boolean {
  const name = alias.trim().toLowerCase();
  return excludedOf(provider).some((pattern) => {
    const text = pattern.trim().toLowerCase();
    return text !== EXCLUDE_ALL && text !== '' && fitsWildcard(name, text);
  });
}
