import { memo } from '../memo';
import { baseUrlOf, nameOf, type Provider } from '../cliproxyapi/provider';
import { redact, type RedactedProvider } from '../cliproxyapi/redact';
import { contentOf, redactedText, type Fingerprints } from '../cliproxyapi/same-entry';

/** Entries of a list are compared with those of many records: each is read once for one set of fingerprints. */
const contents = memo(
  (fingerprints: Fingerprints) =>
    memo(
      (provider: Provider) => contentOf(redactedText(provider, fingerprints)),
      new WeakMap<Provider, string>(),
    ),
  new WeakMap<Fingerprints, (provider: Provider) => string>(),
);

/** Where in a list the entries are that are the journaled one. */
export function placesOfSame(
  providers: readonly Provider[],
  text: string,
  fingerprints: Fingerprints,
): number[] {
  const [wanted, known] = [contentOf(text), contents(fingerprints)];
  return providers.flatMap((provider, index) => (known(provider) === wanted ? [index] : []));
}

/** How many entries of a list are the journaled one. */
export const countSame = (providers: readonly Provider[], text: string, fingerprints: Fingerprints): number =>
  placesOfSame(providers, text, fingerprints).length;

/**
 * Whether an entry of the list is the journaled one, possibly changed since: same name, same base URL and, in lists
 * where an entry is a key, the same key.
 */
export function isAlike(
  provider: Provider,
  journaled: RedactedProvider,
  fingerprints: Fingerprints,
): boolean {
  const now = redact(provider, fingerprints);
  return (
    nameOf(now) === nameOf(journaled) &&
    baseUrlOf(now) === baseUrlOf(journaled) &&
    now['api-key'] === journaled['api-key']
  );
}
