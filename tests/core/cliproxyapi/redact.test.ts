import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Provider } from '../../../src/core/cliproxyapi/provider';
import { redact, restore, secretsIn } from '../../../src/core/cliproxyapi/redact';
import { context } from '../arbitrary';

/** Fingerprints as they are stored: no sign of the text is in them. */
const printsOf = (entry: Provider): Map<string, string> =>
  new Map(secretsIn(entry).map((text, at) => [text, `f${at}`]));

const roundTrip = (entry: Provider): Provider | undefined => {
  const prints = printsOf(entry);
  return restore(redact(entry, prints), new Map([...prints].map(([text, print]) => [print, text])));
};

test.each([
  'https://user:password@relay.example/v1',
  'https://relay.example/v1?key=sk-fake-1',
  'https://relay.example/v1#sk-fake-1',
  'secret:print of something',
])('a base URL that holds a secret, or looks redacted, comes back as it was: %s', (url) => {
  const entry = { name: 'relay', 'base-url': url, 'api-key-entries': [{ 'api-key': 'sk-fake-1' }] };
  expect(secretsIn(entry)).toContain(url);
  expect(JSON.stringify(redact(entry, printsOf(entry)))).not.toContain(`"${url}"`);
  expect(roundTrip(entry)).toEqual(entry);
  expect(restore(redact(entry, printsOf(entry)), new Map())).toBeUndefined();
});

test('every entry comes back as it was', () => {
  fc.assert(
    fc.property(context, ({ providers }) => {
      for (const entry of providers) expect(roundTrip(entry)).toEqual(entry);
    }),
  );
});
