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

test('Google’s two lists have no such header and are tried by the browser only', () => {
  expect(LIST_NAMES.filter(isTriedByBrowserOnly)).toEqual(['gemini-api-key', 'vertex-api-key']);
});

test('what is not secret goes along', () => {
  const { headers } = listTraits('claude-api-key').chat('https://relay.example', KEY, 'm');
  expect(headersByProxy(headers, KEY)).toEqual({
    Authorization: `Bearer ${KEY}`,
    'anthropic-version': '2023-06-01',
  });
});
