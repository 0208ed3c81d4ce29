import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Provider } from '../../../src/core/cliproxyapi/provider';
import { redact, secretsIn } from '../../../src/core/cliproxyapi/redact';
import { entryContent, isEmptyField, redactedText } from '../../../src/core/cliproxyapi/same-entry';
import { countSame, isAlike } from '../../../src/core/undo/find-same';
import { context } from '../arbitrary';

const printsOf = (...providers: Provider[]): Map<string, string> =>
  new Map(providers.flatMap(secretsIn).map((text) => [text, `print of ${text}`]));

const BASE: Provider = {
  name: 'relay',
  'base-url': 'https://relay.example/v1',
  'api-key-entries': [{ 'api-key': 'sk-one' }],
  models: [{ name: 'gpt-4o', alias: 'gpt-4o' }],
};
const same = (a: Provider, b: Provider): boolean => entryContent(a) === entryContent(b);

describe('two entries are the same', () => {
  test.each<[string, Partial<Provider>]>([
    ['an empty prefix', { prefix: '' }],
    ['no headers', { headers: null }],
    ['empty headers', { headers: {} }],
    ['priority 0', { priority: 0 }],
    ['not disabled', { disabled: false }],
    ['an empty list', { 'excluded-models': [] }],
  ])('when one of them says in more words that it has nothing: %s', (_name, more) => {
    expect(same({ ...BASE, ...more }, BASE)).toBe(true);
  });

  test.each<[string, Partial<Provider>]>([
    ['another prefix', { prefix: 'p' }],
    ['disabled', { disabled: true }],
    ['weight 0, which is no share at all', { weight: 0 }],
    ['no retry', { 'request-retry': 0 }],
    ['cooling that is on', { 'disable-cooling': false }],
    ['another key', { 'api-key-entries': [{ 'api-key': 'sk-two' }] }],
    ['models in another order', { models: [{ name: 'b' }, { name: 'a' }] }],
    ['an unknown field', { 'future-field': { deep: true } }],
  ])('but not when one has %s', (_name, more) => {
    expect(same({ ...BASE, ...more }, BASE)).toBe(false);
  });

  test('whatever the order of their fields, and as often as they are compared', () => {
    fc.assert(
      fc.property(context, ({ providers }) => {
        for (const provider of providers) {
          const turned = Object.fromEntries(Object.entries(provider).toReversed());
          expect(same(provider, turned)).toBe(true);
          const bare = Object.entries(provider).filter(([name, value]) => !isEmptyField(name, value));
          expect(same(provider, Object.fromEntries(bare))).toBe(true);
        }
      }),
    );
  });

  test('under fingerprints exactly when they are under their secrets', () => {
    fc.assert(
      fc.property(context, ({ providers }) => {
        const prints = printsOf(...providers);
        for (const provider of providers) {
          const text = redactedText(provider, prints);
          const equal = providers.filter((other) => same(other, provider)).length;
          expect(countSame(providers, text, prints)).toBe(equal);
          for (const secret of secretsIn(provider).filter((it) => it.startsWith('sk-')))
            expect(text.replaceAll(`print of ${secret}`, '')).not.toContain(secret);
        }
      }),
    );
  });
});

describe('an entry that was changed since it was journaled', () => {
  const journaled = redact(BASE, printsOf(BASE));
  const alike = (now: Provider): boolean => isAlike(now, journaled, printsOf(BASE, now));

  test('is known by its name and base URL', () => {
    expect(alike({ ...BASE, models: [], disabled: true, prefix: 'p' })).toBe(true);
    expect(alike({ ...BASE, name: ' relay ' })).toBe(true);
    expect(alike({ ...BASE, name: 'Relay' })).toBe(false);
    expect(alike({ ...BASE, 'base-url': 'https://other.example/v1' })).toBe(false);
  });

  test('is known by its key where it is one', () => {
    const key: Provider = { 'api-key': 'sk-one', 'base-url': 'https://relay.example' };
    const text = redact(key, printsOf(key));
    const other = { ...key, 'api-key': 'sk-two' };
    expect(isAlike({ ...key, models: [{ name: 'm' }] }, text, printsOf(key))).toBe(true);
    expect(isAlike(other, text, printsOf(key, other))).toBe(false);
  });
});
