import { describe, expect, test } from 'vitest';
import { formText } from '../../../src/core/handoff/copy-forms';
import { kiloCodeFile } from '../../../src/core/handoff/kilo-code';
import { LINKS, SITE_LINKS } from '../../../src/core/handoff/links';
import { webSite } from '../../../src/core/handoff/web-site';
import { fromBase64, handoff, KEY, NAMES, queryOf } from './samples';

const json = (text: string): unknown => JSON.parse(text);
const place = (link: string): string => {
  const { protocol, host, pathname } = new URL(link);
  return `${protocol}//${host}${pathname}`;
};

describe('Claude Code Router', () => {
  test.each([
    ['openai-compatibility', 'openai_chat_completions', 'https://r1.example/v1'],
    ['claude-api-key', 'anthropic_messages', 'https://r1.example'],
    ['codex-api-key', 'openai_responses', 'https://r1.example/v1'],
    ['gemini-api-key', 'gemini_generate_content', 'https://r1.example'],
  ] as const)('takes a key of %s as %s at %s', (speaks, protocol, base_url) => {
    const link = LINKS['claude-code-router'](handoff({ speaks, name: NAMES[3]! }));
    expect(place(link)).toBe('ccr://provider');
    expect(Object.fromEntries(queryOf(link))).toEqual({
      name: NAMES[3],
      base_url,
      api_key: KEY,
      protocol,
    });
  });

  test.each([
    ['x'.repeat(120), 'x'.repeat(120)],
    ['星'.repeat(121), '星'.repeat(120)],
    [`${'x'.repeat(119)}😀`, 'x'.repeat(119)],
  ])('takes no name over 120 characters: %s comes through as %s', (name, short) => {
    expect(queryOf(LINKS['claude-code-router'](handoff({ name }))).get('name')).toBe(short);
  });
});

describe.each(NAMES)('a relay named %s', (name) => {
  test('comes through to AionUI', () => {
    const link = LINKS.aionui(handoff({ name }));
    expect(place(link)).toBe('aionui://provider/add');
    expect(queryOf(link).get('v')).toBe('1');
    expect(json(fromBase64(queryOf(link).get('data')!))).toEqual({
      platform: 'new-api',
      name,
      baseUrl: 'https://r1.example',
      apiKey: KEY,
    });
  });

  test('comes through to DeepChat as a provider of its own, never as one that it has built in', () => {
    const link = LINKS.deepchat(handoff({ name }));
    expect(place(link)).toBe('deepchat://provider/install');
    expect(queryOf(link).get('v')).toBe('1');
    expect(json(fromBase64(queryOf(link).get('data')!))).toEqual({
      name,
      type: 'openai-completions',
      baseUrl: 'https://r1.example/v1',
      apiKey: KEY,
    });
  });

  test('comes through to Kelivo', () => {
    const code = formText('kelivo', handoff({ name }), []);
    expect(code.startsWith('ai-provider:v1:')).toBe(true);
    expect(json(fromBase64(code.slice('ai-provider:v1:'.length)))).toEqual({
      type: 'openai',
      name,
      apiKey: KEY,
      baseUrl: 'https://r1.example/v1',
    });
  });
});

test('Kelivo gets Claude’s keys as such, and Gemini’s never as its Google type, which ignores the address', () => {
  const typeOf = (speaks: Parameters<typeof handoff>[0]): unknown =>
    json(fromBase64(formText('kelivo', handoff(speaks), []).slice('ai-provider:v1:'.length)));
  expect(typeOf({ speaks: 'claude-api-key' })).toMatchObject({
    type: 'claude',
    baseUrl: 'https://r1.example/v1',
  });
  expect(typeOf({ speaks: 'gemini-api-key' })).toMatchObject({ type: 'openai' });
});

test('OpenCat gets the origin and the key', () => {
  const link = LINKS.opencat(handoff({ address: 'https://r1.example/x/v1' }));
  expect(place(link)).toBe('opencat://team/join');
  expect(Object.fromEntries(queryOf(link))).toEqual({ domain: 'https://r1.example/x', token: KEY });
});

describe('a web program', () => {
  test('NextChat reads the settings behind #, which no server is sent', () => {
    const url = new URL(SITE_LINKS.nextchat(handoff(), 'https://chat.example/next'));
    expect(url.origin + url.pathname + url.search).toBe('https://chat.example/next/');
    expect(url.hash.startsWith('#/?')).toBe(true);
    expect(json(new URLSearchParams(url.hash.slice(3)).get('settings')!)).toEqual({
      key: KEY,
      url: 'https://r1.example',
    });
  });

  test('LobeChat reads them in the query, with /v1', () => {
    const link = SITE_LINKS.lobechat(handoff(), 'https://lobe.example');
    expect(place(link)).toBe('https://lobe.example/');
    expect(json(queryOf(link).get('settings')!)).toEqual({
      keyVaults: { openai: { apiKey: KEY, baseURL: 'https://r1.example/v1' } },
    });
  });

  test.each([
    ['chat.example', 'https://chat.example'],
    [' https://chat.example/ ', 'https://chat.example'],
    ['https://chat.example/next/#/settings', 'https://chat.example/next'],
    ['https://chat.example/?settings={"key":"old"}', 'https://chat.example'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['localhost:3210', 'http://localhost:3210'],
    ['http://nas.lan:3210/', 'http://nas.lan:3210'],
  ])('at %s is opened at %s', (typed, site) => {
    expect(webSite(typed)).toBe(site);
  });

  test.each(['', 'chat example', 'http://chat.example', 'javascript:alert(1)', 'https://me:pw@chat.example'])(
    'is not opened at “%s”',
    (typed) => {
      expect(webSite(typed)).toBeUndefined();
    },
  );
});

describe('Kilo Code', () => {
  const file = (models: string[], model: string): Record<string, never> =>
    JSON.parse(
      kiloCodeFile(handoff({ name: NAMES[1]! }), models, model, '2025-11-24T14:32:08.000Z'),
    ) as never;

  test('reads a provider with its models, and the one to begin with', () => {
    const read = file(['gpt-4o', 'z/glm-4.6'], 'z/glm-4.6') as unknown as { provider: object; model: string };
    const [id] = Object.keys(read.provider);
    expect(id).toMatch(/^keyferry-r1-example-[0-9a-f]{8}$/);
    expect(read).toEqual({
      _meta: { version: 1, exportedAt: '2025-11-24T14:32:08.000Z' },
      provider: {
        [id!]: {
          name: NAMES[1],
          npm: '@ai-sdk/openai-compatible',
          models: { 'z/glm-4.6': { name: 'z/glm-4.6' }, 'gpt-4o': { name: 'gpt-4o' } },
          options: { apiKey: KEY, baseURL: 'https://r1.example/v1' },
        },
      },
      model: `${id}/z/glm-4.6`,
    });
  });

  test('is given the model that was typed where the relay lists none', () => {
    const { provider } = file([], 'typed-model') as unknown as {
      provider: Record<string, { models: object }>;
    };
    expect(Object.values(provider)[0]!.models).toEqual({ 'typed-model': { name: 'typed-model' } });
  });
});

test('no link has a blank, a quote or a line end in it, whatever the name', () => {
  for (const name of NAMES) {
    for (const link of Object.values(LINKS)) {
      expect(link(handoff({ name: `${name}\n` }))).toMatch(/^[a-z]+:\/\/[\x21\x23-\x7e]+$/);
    }
  }
});
