import { describe, expect, test } from 'vitest';
import { cherryStudioLink } from '../../../src/core/handoff/cherry-studio';
import { fromBase64, handoff, KEY, NAMES } from './samples';

interface Read {
  id: string;
  baseUrl: string;
  apiKey: string;
  name: string;
  type: string;
}

/**
 * What Cherry Studio does with a link (from the programs’ sources): in the raw query `+` becomes `_` and `/` becomes `-`, the
 * query is read, both are undone, base64 is decoded, quotes are turned, brackets dropped, and the rest is JSON.
 */
function asCherryStudio(link: string): Read {
  const url = new URL(link);
  expect([url.protocol, url.host, url.pathname]).toEqual(['cherrystudio:', 'providers', '/api-keys']);
  const query = new URLSearchParams(url.search.slice(1).replaceAll('+', '_').replaceAll('/', '-'));
  expect(query.get('v')).toBe('1');
  const data = query.get('data')!.replaceAll('_', '+').replaceAll('-', '/');
  const text = fromBase64(data).replaceAll("'", '"').replaceAll('(', '').replaceAll(')', '');
  return JSON.parse(text) as Read;
}

/** Ids that the program has built in; a link with one of these writes over the user's own provider. */
const BUILT_IN = ['openai', 'new-api', 'anthropic', 'gemini', 'deepseek', 'ollama', 'silicon', 'openrouter'];

describe('Cherry Studio', () => {
  test('reads id, base URL, key, name and type', () => {
    const { id, ...rest } = asCherryStudio(cherryStudioLink(handoff()));
    expect(rest).toEqual({
      baseUrl: 'https://r1.example',
      apiKey: KEY,
      name: 'Hoshi Relay',
      type: 'openai',
    });
    expect(id).toMatch(/^keyferry-r1-example-[0-9a-f]{8}$/);
  });

  test.each(NAMES)('keeps the name %s to the letter', (name) => {
    expect(asCherryStudio(cherryStudioLink(handoff({ name }))).name).toBe(name);
  });

  test('keeps brackets and quotes in the path of a relay', () => {
    const address = "https://r1.example/it's(one)/v1";
    expect(asCherryStudio(cherryStudioLink(handoff({ address }))).baseUrl).toBe(
      "https://r1.example/it's(one)",
    );
  });

  test('reads every sign of its alphabet, whatever the bytes are', () => {
    for (let sign = 0x20; sign < 0x250; sign++) {
      const name = String.fromCodePoint(sign, 0x3ff, sign, 0x3e);
      expect(asCherryStudio(cherryStudioLink(handoff({ name }))).name).toBe(name);
    }
  });

  test.each([
    ['https://r1.example', 'https://r1.example'],
    ['https://r1.example/', 'https://r1.example'],
    ['https://r1.example/v1/', 'https://r1.example'],
    ['https://r1.example/v1/chat/completions', 'https://r1.example'],
    ['https://r1.example/relay/v1', 'https://r1.example/relay'],
    ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['https://r1.example/api/v3', 'https://r1.example/api/v3'],
  ])('gets the address %s as %s: no /v1, no slash at its end', (address, baseUrl) => {
    expect(asCherryStudio(cherryStudioLink(handoff({ address }))).baseUrl).toBe(baseUrl);
  });

  test('knows one relay by one id, however its address is written and whatever the key', () => {
    const ids = ['https://r1.example', 'HTTPS://R1.example/v1/', 'https://r1.example:443/v1'].map(
      (address) => asCherryStudio(cherryStudioLink(handoff({ address, key: `sk-${address}` }))).id,
    );
    expect(new Set(ids).size).toBe(1);
  });

  test('knows different relays, and different languages of one, by different ids, none of them built in', () => {
    const addresses = [
      'https://a-b.example',
      'https://a.b.example',
      'http://a.b.example',
      'https://a.b.example:8443',
      'https://a.b.example/x',
      'https://openai',
      'https://中转.example',
    ];
    const ids = addresses.flatMap((address) =>
      (['openai-compatibility', 'claude-api-key', 'codex-api-key', 'gemini-api-key'] as const).map(
        (speaks) => asCherryStudio(cherryStudioLink(handoff({ address, speaks }))).id,
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => BUILT_IN.includes(id) || !id.startsWith('keyferry-'))).toEqual([]);
  });

  test.each([
    ['openai-compatibility', 'openai'],
    ['claude-api-key', 'anthropic'],
    ['codex-api-key', 'openai-response'],
    ['gemini-api-key', 'gemini'],
  ] as const)('takes a key of %s as %s', (speaks, type) => {
    expect(asCherryStudio(cherryStudioLink(handoff({ speaks }))).type).toBe(type);
  });
});
