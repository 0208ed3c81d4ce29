import { expect, test } from 'vitest';
import type { ChannelDraft } from '../../../src/core/channels/view';
import {
  channelBaseUrl,
  channelFormatOf,
  typeOf,
  desiredFrom,
  groupsAt,
  leadsToSite,
} from '../../../src/core/channels/desired-channel';

const SITE = { gemini: 24, siteUrl: 'https://site.example' };

const draft = (changes: Partial<ChannelDraft> = {}): ChannelDraft => ({
  name: ' Relay ',
  spoken: 'openai',
  baseUrl: 'https://relay.example/v1/',
  models: [{ name: 'gpt-4o', alias: '' }],
  groups: [' default ', ''],
  priority: 0,
  weight: 0,
  tag: ' t ',
  target: { kind: 'auto' },
  ...changes,
});

test.each([
  ['https://relay.example', 'https://relay.example'],
  ['https://relay.example/v1', 'https://relay.example'],
  ['https://relay.example/v1/', 'https://relay.example'],
  ['relay.example/sub/v1/chat/completions', 'https://relay.example/sub'],
  ['https://me:secret@relay.example/v1?x=1', 'https://relay.example'],
  ['http://127.0.0.1:3000//', 'http://127.0.0.1:3000'],
  ['https://relay.example/api/v3', 'https://relay.example/api/v3'],
])('the base URL of %s is %s', (address, baseUrl) => {
  expect(channelBaseUrl(address)).toEqual({ ok: true, value: baseUrl });
});

test('what is no address is said', () => {
  expect(channelBaseUrl('not an address')).toMatchObject({ failure: { code: 'bad-url' } });
});

test('the type follows from what the key speaks, and from the server for Gemini', () => {
  const claude = { relay: 'new-api' as const, group: 'default', models: ['claude-4'] };
  expect(typeOf(channelFormatOf(claude), 24)).toBe(14);
  expect(typeOf(channelFormatOf({ ...claude, models: ['gemini-2.5-pro'] }), 25)).toBe(25);
  expect(typeOf(channelFormatOf({ ...claude, models: null }), 24)).toBe(1);
  expect(typeOf(channelFormatOf({ ...claude, models: ['gpt-5-codex'] }), 24)).toBe(1);
  expect(typeOf(channelFormatOf(undefined), 24)).toBe(1);
});

test('a draft becomes a channel without blanks, its models under their own names where none was given', () => {
  expect(desiredFrom(draft(), SITE)).toEqual({
    ok: true,
    value: {
      name: 'Relay',
      type: 1,
      baseUrl: 'https://relay.example',
      models: [{ name: 'gpt-4o', alias: 'gpt-4o' }],
      groups: ['default'],
      priority: 0,
      weight: 0,
      tag: 't',
    },
  });
  expect(desiredFrom(draft({ groups: [] }), SITE)).toMatchObject({ value: { groups: ['default'] } });
});

test.each([
  [{ priority: 1.5 }, 'bad-priority'],
  [{ weight: -1 }, 'bad-priority'],
  [{ models: [{ name: 'a', alias: 'x,y' }] }, 'bad-alias'],
  [{ baseUrl: '' }, 'bad-url'],
  [{ baseUrl: 'http://site.example/v1/chat/completions' }, 'channel-own-site'],
])('a draft with %j is refused as %s', (changes, code) => {
  expect(desiredFrom(draft(changes), SITE)).toMatchObject({ ok: false, failure: { code } });
});

test.each([
  ['https://site.example', 'https://site.example', true],
  ['https://SITE.example:443/v1/', 'https://site.example/', true],
  ['http://site.example/v1beta', 'https://site.example', true],
  ['https://me:secret@site.example/sub/v1', 'https://site.example/sub', true],
  ['http://localhost:3000/v1', 'http://127.0.0.1:3000', true],
  ['http://[::1]:3000', 'http://localhost:3000', true],
  ['http://localhost:3001', 'http://localhost:3000', false],
  ['https://site.example/other', 'https://site.example', false],
  ['https://site.example/one', 'https://site.example/two', false],
  ['https://api.site.example', 'https://site.example', false],
  ['https://site.example:8443', 'https://site.example', false],
  ['', '', false],
])('%s as a channel of %s leads to the site itself: %s', (address, siteUrl, own) => {
  expect(leadsToSite(address, siteUrl)).toBe(own);
});

test.each([
  ['openai', 'https://relay.example/api/paas/v4', '/v4'],
  ['openai', 'https://relay.example/api/v3/chat/completions', '/v3'],
  ['openai', 'https://relay.example/v1beta/openai/', '/v1beta/openai'],
  ['openai', 'https://relay.example/v1beta', '/v1beta'],
  ['openai', 'https://relay.example/v1/openai', '/v1/openai'],
  ['anthropic', 'https://relay.example/v2', '/v2'],
  ['gemini', 'https://relay.example/v1alpha', '/v1alpha'],
] as const)(
  'a channel of type %s is not made for %s, as its site adds a version',
  (spoken, baseUrl, version) => {
    const refused = { ok: false, failure: { code: 'channel-version', version } };
    expect(desiredFrom(draft({ spoken, baseUrl }), SITE)).toEqual(refused);
  },
);

test.each([
  ['openai', 'https://relay.example/v1', 'https://relay.example'],
  ['openai', 'https://relay.example/v2ray', 'https://relay.example/v2ray'],
  ['openai', 'https://relay.example/v1/account/openai', 'https://relay.example/v1/account/openai'],
  ['anthropic', 'https://relay.example/anthropic/v1/messages', 'https://relay.example/anthropic'],
  ['gemini', 'https://relay.example/v1beta/', 'https://relay.example'],
  ['gemini', 'https://relay.example/v1', 'https://relay.example'],
] as const)('a channel of type %s for %s gets the address %s', (spoken, baseUrl, address) => {
  expect(desiredFrom(draft({ spoken, baseUrl }), SITE)).toMatchObject({ value: { baseUrl: address } });
});

test.each([
  [[], [], ['default']],
  [[], ['default', 'vip'], ['default']],
  [[], ['svip', 'vip'], ['svip']],
  [['default'], ['vip'], ['vip']],
  [['vip'], ['default', 'vip'], ['vip']],
  [['vip', 'gone'], ['vip'], ['vip', 'gone']],
  [['typed'], [], ['typed']],
])('of the groups %j at a site with %j are taken %j', (chosen, known, groups) => {
  expect(groupsAt(chosen, known)).toEqual(groups);
});
