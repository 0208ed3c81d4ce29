import type { Provider } from '../../../src/core/cliproxyapi/provider';
import type { ProviderList } from '../../../src/core/cliproxyapi/provider-list';
import { secretsIn } from '../../../src/core/cliproxyapi/redact';
import { redactedText } from '../../../src/core/cliproxyapi/same-entry';
import type { KnownSecrets, WrittenEntry } from '../../../src/core/undo/written-entry';

/** The secrets of some entries, as if all of them were stored. */
export function knownOf(...entries: (Provider | null)[]): KnownSecrets {
  const texts = entries.flatMap((entry) => (entry ? secretsIn(entry) : []));
  return {
    fingerprints: new Map(texts.map((text) => [text, `print of ${text}`])),
    texts: new Map(texts.map((text) => [`print of ${text}`, text])),
  };
}

/** What the journal says of a write that left `after` in the place of `before`. */
export function writtenAs(
  before: Provider | null,
  after: Provider | null,
  more: Partial<WrittenEntry> = {},
): WrittenEntry {
  const { fingerprints } = knownOf(before, after);
  const textOf = (entry: Provider | null): string | null => entry && redactedText(entry, fingerprints);
  return {
    providerName: 'relay',
    before: textOf(before),
    after: textOf(after),
    place: null,
    alike: 1,
    ...more,
  };
}

export const listOf = (providers: Provider[], more: Partial<ProviderList> = {}): ProviderList => ({
  list: 'openai-compatibility',
  providers,
  others: [],
  forcePrefix: false,
  version: '7.2.140',
  ...more,
});

export const relay = (more: Partial<Provider> = {}): Provider => ({
  name: 'relay',
  'base-url': 'https://relay.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-one' }],
  models: [{ name: 'gpt-4o', alias: 'gpt-4o' }],
  ...more,
});

export const other: Provider = { name: 'other', 'base-url': 'https://other.example/v1' };
