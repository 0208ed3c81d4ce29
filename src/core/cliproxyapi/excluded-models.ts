import { EXCLUDE_ALL, excludedOf, type Provider } from './provider';

/**
 * The patterns of an entry that keep a name from being served; `*` stands for any signs, case makes no difference (as
 * CLIProxyAPI applies them, before it adds a prefix). The one that switches the whole entry off is not among them.
 */
export function excludedBy(provider: Provider, alias: string): boolean {
  const name = alias.trim().toLowerCase();
  return excludedOf(provider).some((pattern) => {
    const text = pattern.trim().toLowerCase();
    return text !== EXCLUDE_ALL && text !== '' && matches(text, name);
  });
}

function matches(pattern: string, name: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return pattern === name;
  if (!name.startsWith(start)) return false;
  let at = start.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - end.length >= at && name.endsWith(end);
}
