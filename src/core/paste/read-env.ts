import { keyShape } from '../key-shape';
import { labelKind } from './labels';
import type { Found } from './pasted';

/** One variable; lines count from 0. */
export interface Variable {
  line: number;
  name: string;
  value: string;
}

const ASSIGNMENT =
  /(^|[\s;,{])(?:\$env:)?["']?([A-Z][A-Z\d_]{1,80})["']?\s{0,8}[=:]\s{0,8}("[^"]*"|'[^']*'|[^\s;,"']+)/g;
const SUFFIX =
  /_?(?:API_KEY|AUTH_TOKEN|API_TOKEN|ACCESS_KEY|KEY|TOKEN|API_BASE_URL|BASE_URL|API_BASE|API_URL|API_HOST|API_ENDPOINT|ENDPOINT|URL|HOST)$/;

/** The keys and addresses among the assignments of one line (`export NAME="value"`, `NAME: value` …), without comments. */
export function readVariables(line: number, text: string): Variable[] {
  if (text.length > 4000) return [];
  return [...withoutComment(text).matchAll(ASSIGNMENT)].flatMap(([, , name = '', value = '']) => {
    const kind = labelKind(name);
    const bare = value.replace(/^(["'])(.*)\1$/, '$2').trim();
    return kind === 'key' || kind === 'url' ? [{ line, name, value: bare }] : [];
  });
}

/** The rest of the line. */
export const withoutVariables = (text: string): string => withoutComment(text).replace(ASSIGNMENT, '$1 ');

const withoutComment = (text: string): string => text.replace(/(?:^|\s)#.*$/, '');

/**
 * Keys with the address of the same prefix: `HOSHI_API_KEY` with `HOSHI_BASE_URL`, `ANTHROPIC_AUTH_TOKEN` with
 * `ANTHROPIC_BASE_URL`. An address of another prefix is never taken, since the key would go to another server. A
 * repeated name begins a new set. `used`: the lines that are dealt with; the rest is ordinary text.
 */
export function pairVariables(variables: readonly Variable[]): { found: Found[]; used: Set<number> } {
  const found: Found[] = [];
  const used = new Set<number>();
  const alone: Variable[] = [];
  for (const set of setsOf(variables)) {
    const addresses = set.filter(({ name, value }) => isAddress(name, value));
    const addressFor = byPrefix(addresses);
    const paired = new Set<Variable>();
    for (const variable of set) {
      const prefix = prefixOf(variable.name);
      // `API_KEY` belongs to what stands near it, as in any text.
      if (!prefix || labelKind(variable.name) !== 'key' || !keyShape(variable.value, true)) continue;
      const address = addressFor(prefix);
      if (!address) {
        alone.push(variable);
        continue;
      }
      paired.add(address);
      used.add(variable.line).add(address.line);
      const { line, value: text } = variable;
      found.push({ kind: 'key', line, name: '', address: address.value, text });
    }
    for (const address of addresses) {
      // `BASE_URL` alone may belong to a key in the text around it.
      if (paired.has(address) || prefixOf(address.name) === '') continue;
      used.add(address.line);
      found.push({ kind: 'address', line: address.line, address: address.value });
    }
  }
  // In a line that is dealt with nobody else would see them.
  for (const { line, value: text } of alone) {
    if (used.has(line)) found.push({ kind: 'key', line, name: '', address: '', text });
  }
  return { found, used };
}

function setsOf(variables: readonly Variable[]): Variable[][] {
  const sets: Variable[][] = [];
  let names = new Set<string>();
  for (const variable of variables) {
    if (sets.length === 0 || names.has(variable.name)) {
      sets.push([]);
      names = new Set();
    }
    names.add(variable.name);
    sets.at(-1)?.push(variable);
  }
  return sets;
}

const isAddress = (name: string, value: string): boolean =>
  labelKind(name) === 'url' && value.length <= 500 && /^https?:\/\/[^\s$]+$/i.test(value);

/** The name without its kind; empty for `API_KEY` and `BASE_URL`. */
export const prefixOf = (name: string): string => name.replace(SUFFIX, '');

/**
 * Addresses by the prefixes that they are for: their own, and the ends of it (`GOOGLE_GEMINI_BASE_URL` is for
 * `GEMINI_API_KEY`, too). `BASE_URL` is for every key that has none of its own.
 */
function byPrefix(addresses: readonly Variable[]): (prefix: string) => Variable | undefined {
  const own = new Map(addresses.map((address) => [prefixOf(address.name), address]));
  const ends = new Map<string, Variable>();
  for (const [prefix, address] of own) {
    const parts = prefix.split('_');
    for (let from = 1; from < parts.length; from++) ends.set(parts.slice(from).join('_'), address);
  }
  return (prefix) => own.get(prefix) ?? (prefix ? (ends.get(prefix) ?? own.get('')) : undefined);
}
