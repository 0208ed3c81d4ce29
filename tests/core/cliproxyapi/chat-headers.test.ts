import { expect, test } from 'vitest';
import { headersByProxy, isTriedByBrowserOnly } from '../../../src/core/cliproxyapi/lists/chat-headers';
import { LIST_NAMES } from '../../../src/core/cliproxyapi/lists/list-traits';
import { listTraits } from '../../../src/core/cliproxyapi/lists/table';

const KEY = 'sk-fake-key-of-a-test';

test.each(LIST_NAMES)(
  'by way of CLIProxyAPI no header of a chat in %s but Authorization has the key',
  (list) => {
    const chat = listTraits(list).chat('https://relay.example', KEY, 'm');
    const sent = headersByProxy(chat.headers, KEY);
    const withKey = Object.entries(sent ?? {}).filter(([, value]) => value.includes(KEY));
    expect(withKey.map(([name]) => name)).toEqual(sent ? ['Authorization'] : []);
    expect(chat.url).not.toContain(KEY);
  },
);

test('Google’s three lists have no such header and are tried by the browser only', () => {
  expect(LIST_NAMES.filter(isTriedByBrowserOnly)).toEqual([
    'gemini-api-key',
    'interactions-api-key',
    'vertex-api-key',
  ]);
});

test('what is not secret goes along', () => {
  const { headers } = listTraits('claude-api-key').chat('https://relay.example', KEY, 'm');
  expect(headersByProxy(headers, KEY)).toEqual({
    Authorization: `Bearer ${KEY}`,
    'anthropic-version': '2023-06-01',
  });
});

test('an interaction is asked for as CLIProxyAPI 7.2.140 does, at the root however the address ends', () => {
  const { url, headers, body, answer } = listTraits('interactions-api-key').chat(
    'https://g.example//',
    KEY,
    'm',
  );
  expect(url).toBe('https://g.example/v1beta/interactions');
  expect(headers).toEqual({ 'x-goog-api-key': KEY, 'Api-Revision': '2026-05-20' });
  expect(body).toEqual({ model: 'm', input: 'Hi', generation_config: { max_output_tokens: 1 } });
  expect(answer).toBe('steps');
});
