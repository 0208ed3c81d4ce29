import { describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/core/channels/channel';
import { askedFor, changedFields, typedOf, wrongIn } from '../../../src/ui/channels/draft';
import { channelOf } from './samples';

const PLACE = { gemini: 24, siteUrl: 'https://n1.example' };
const odd: Channel = channelOf(1, { name: ' x ', mapping: '{"a":""}', priority: 12_345_678_901 });

test('what was not touched is neither counted nor in the way, however odd it is', () => {
  const typed = { ...typedOf(odd, PLACE), weight: '7' };
  expect(changedFields(odd, typed, PLACE)).toEqual({ weight: 7 });
  expect(Object.values(wrongIn(odd, typed, PLACE)).some(Boolean)).toBe(false);
});

test('what was touched must be as a channel can have it', () => {
  const typed = { ...typedOf(odd, PLACE), name: ' ', priority: 'x', weight: '-1', models: '' };
  const wrong = wrongIn(odd, typed, PLACE);
  expect(wrong).toMatchObject({ name: true, priority: true, weight: true, models: true, mapping: false });
});

describe('address, type, overrides and secrets', () => {
  const known = channelOf(2, { remark: '', paramOverride: '', autoBan: 1, headers: 'set' });
  const typed = typedOf(known, PLACE);

  test('are written as the site wants them: an address without /v1, a type as its number', () => {
    const wanted = { baseUrl: 'https://new.example/v1/', format: 'gemini' as const, autoBan: false };
    const asked = askedFor(known, { ...typed, ...wanted, remark: ' why ', paramOverride: '{"a":1}' }, PLACE);
    expect(asked).toEqual({
      fields: {
        baseUrl: 'https://new.example',
        type: 24,
        autoBan: 0,
        remark: 'why',
        paramOverride: '{"a":1}',
      },
    });
  });

  test('secrets go only where they were typed, and apart from the fields', () => {
    expect(askedFor(known, typed, PLACE)).toEqual({ fields: {} });
    expect(askedFor(known, { ...typed, key: ' sk-fake-1 ', noHeaders: true, headers: 'x' }, PLACE)).toEqual({
      fields: {},
      secrets: { key: 'sk-fake-1', headerOverride: '' },
    });
  });

  test('the type of a provider with ways of its own is left alone', () => {
    const azure = channelOf(3, { type: 3 });
    expect(typedOf(azure, PLACE).format).toBeNull();
    const asked = askedFor(azure, { ...typedOf(azure, PLACE), baseUrl: 'https://x.example/v3' }, PLACE);
    expect(asked.fields).toEqual({ baseUrl: 'https://x.example/v3' });
  });

  test('what is no JSON object, no address or the site itself is wrong', () => {
    const bad = { paramOverride: '[1]', statusMapping: 'x', headers: '1', key: 'a b' };
    expect(wrongIn(known, { ...typed, ...bad, baseUrl: 'https://n1.example' }, PLACE)).toMatchObject({
      paramOverride: true,
      statusMapping: true,
      headers: true,
      key: true,
      baseUrl: true,
    });
  });
});
