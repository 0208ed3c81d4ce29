import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameKey } from '../../src/core/key-text';
import { parseKeyText } from '../../src/core/parse-key-text';
import { isMasked, maskKey, safeText, showRelayMask } from '../../src/core/mask';
import { withoutProxyUser, shownUrl } from '../../src/core/base-url';
import { growth, LINEAR } from './growth';

const KEY = 'sk-Lab1FakeKeyFakeKeyFakeKeyFakeKeyFakeKey0001';
const keyText = fc.string({ unit: fc.constantFrom(...'abcXYZ0189-_'), minLength: 12, maxLength: 60 });

describe('a pasted key', () => {
  test.each([
    [KEY, KEY],
    [`  ${KEY}\n`, KEY],
    [`Bearer ${KEY}`, KEY],
    [`bearer   ${KEY}`, KEY],
    [`"${KEY}",`, KEY],
    [`'${KEY}'`, KEY],
    [`\`${KEY}\`;`, KEY],
    ['"Bearer sk-quoted-0001"', 'sk-quoted-0001'],
    ['AIzaFake_0001', 'AIzaFake_0001'],
  ])('%j is read as %j', (text, key) => expect(parseKeyText(text)).toEqual({ ok: true, value: key }));

  test.each([
    ['', 'empty'],
    [' \n ', 'empty'],
    ['""', 'empty'],
    ['Bearer ', 'empty'],
    ['sk-abc def', 'spaces'],
    ['sk-abc\tdef', 'spaces'],
    ['Labt**********0002', 'masked'],
    ['sk-Lab1…0001', 'masked'],
    ['sk-••••0001', 'masked'],
    ['sk-密钥', 'characters'],
    ['sk-\u200babc', 'characters'],
  ])('%j is refused: %s', (text, reason) => {
    expect(parseKeyText(text)).toEqual({ ok: false, failure: { code: 'bad-key', reason } });
  });

  test('that is accepted can be sent in a header and is not changed by reading it again', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const key = parseKeyText(text);
        fc.pre(key.ok);
        expect(() => new Headers({ Authorization: `Bearer ${key.value}` })).not.toThrow();
        expect(key.value).toMatch(/^\S+$/);
      }),
    );
  });
});

test('keys are the same with and without one leading sk-, and only where the family says so', () => {
  expect(sameKey('sk-abc', 'abc', 'sk-')).toBe(true);
  expect(sameKey(' sk-abc ', 'abc', 'sk-')).toBe(true);
  expect(sameKey('sk-abc', 'abc', undefined)).toBe(false);
  expect(sameKey('sk-sk-abc', 'abc', 'sk-')).toBe(false);
  expect(sameKey('sk-abc', 'sk-abd', 'sk-')).toBe(false);
  expect(sameKey('sk-ABC', 'sk-abc', 'sk-')).toBe(false);
});

describe('what may be shown of a key', () => {
  test('is its ends, and never more than half of it', () => {
    expect(maskKey(KEY)).toBe('sk-Lab1…0001');
    expect(maskKey('sk-0123456789')).toBe('sk-…89');
    expect(maskKey('short')).toBe('…');
    fc.assert(
      fc.property(fc.string(), (key) => {
        expect(maskKey(key).replace('…', '').length).toBeLessThanOrEqual(key.length / 2);
      }),
    );
  });

  test('is a mask, which is never taken for a key', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        expect(isMasked(maskKey(key))).toBe(true);
      }),
    );
    expect(isMasked(KEY)).toBe(false);
    for (const mask of ['sk-Lab...0001', 'sk-xxxxxxxx', 'sk-Lab****0001']) expect(isMasked(mask)).toBe(true);
  });

  test("is the relay's own mask in our form", () => {
    expect(showRelayMask('Labt**********0002', 'sk-')).toBe('sk-Labt…0002');
    expect(showRelayMask('****', 'sk-')).toBe('sk-…');
  });
});

describe("a server's own words", () => {
  test('are cut to one line of 160 signs', () => {
    expect(safeText('  a \n\t b ')).toBe('a b');
    const long = safeText('word '.repeat(100));
    expect(long).toHaveLength(160);
    expect(long.endsWith('…')).toBe(true);
  });

  test.each([
    `Incorrect API key provided: ${KEY}.`,
    `token [${KEY.slice(3)}] expired`,
    'bad key sk-abcdef123456',
    'bearer pk_live_0123456789',
    `{"authorization":"Bearer ${KEY}"}`,
  ])('hold nothing that looks like a key: %s', (text) => {
    expect(safeText(text)).not.toMatch(/FakeKeyFakeKey|abcdef123456|0123456789/);
  });

  test('hold no secret that was sent, wherever and however often it stands there', () => {
    fc.assert(
      fc.property(keyText, fc.array(fc.string(), { maxLength: 4 }), (key, between) => {
        expect(safeText(between.join(key), [key])).not.toContain(key);
      }),
    );
  });

  test('hold no rest of a secret that begins with another one', () => {
    expect(safeText('refused: abcdefgh', ['abcd', 'abcdefgh'])).not.toContain('efgh');
    expect(safeText('no such token: shortBody12', ['sk-shortBody12'])).not.toContain('shortBody12');
  });

  test.each([
    ['dial http://me:p4ss@host/v1 failed', 'dial http://host/v1 failed'],
    ['socks5://user:pa/ss@10.0.0.1:1080', 'socks5://10.0.0.1:1080'],
    ['(https://token@host)', '(https://host)'],
    ['see https://host:8080/v1 or ask me@host', 'see https://host:8080/v1 or ask me@host'],
  ])('lose the user and the password of an address: %s', (text, safe) => {
    expect(safeText(text)).toBe(safe);
  });

  test('lose them as by one expression over the whole, which takes a time that grows with the square', () => {
    const userInAddress = /:\/\/(?:[^\s/?#:]*:\S*|[^\s/?#]*)@/g;
    const piece = fc.constantFrom('://', '/', ':', '@', '?', '#', 'a', ' ', '\n');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const text = pieces.join('');
        expect(safeText(text)).toBe(text.replace(userInAddress, '://').replace(/\s+/g, ' ').trim());
      }),
      { numRuns: 5000 },
    );
  });

  test('lose a short secret where it stands alone, and keep the words that hold its letters', () => {
    expect(safeText('key abc is no abcdef', ['abc'])).toBe('key … is no abcdef');
  });

  test('stay readable otherwise', () => {
    expect(safeText('model gpt-4o-mini is not available in group default')).toBe(
      'model gpt-4o-mini is not available in group default',
    );
  });
});

test.each([
  ['socks5://user:pw@10.0.0.1:1080', 'socks5://10.0.0.1:1080'],
  ['http://user@proxy.example:3128/x', 'http://proxy.example:3128/x'],
  ['http://proxy.example/a@b', 'http://proxy.example/a@b'],
  ['socks5://user:p@ss@10.0.0.1:1080', 'socks5://10.0.0.1:1080'],
  ['socks5://user:pa/ss@10.0.0.1:1080', 'socks5://10.0.0.1:1080'],
  ['http://proxy.example:80/a@b', 'http://proxy.example:80/a@b'],
  ['direct', 'direct'],
  ['https://Relay.example/v1/', 'https://Relay.example/v1/'],
  ['https://relay.example?mail=me@evil.example', 'https://relay.example'],
  ['https://user:pa?ss@relay.example/v1', 'https://relay.example/v1'],
  ['https://relay.example/v1?api_key=secret#top', 'https://relay.example/v1'],
  ['https://user:pw@relay.example/v1?api_key=secret', 'https://relay.example/v1'],
  ['relay.example/v1#secret', 'relay.example/v1'],
])('the address %s is shown without user, password and query', (url, shown) =>
  expect(shownUrl(url)).toBe(shown),
);

describe('hostile text of 1 MB', () => {
  const pieces = [
    'a', ' ', '\n', ':', '/', '@', '://', '://a:', '://a', '://a@', '://a:b@', '://@', '//a:x', '/a:', '//', ' ://a:',
    'https://', 'https://a:', 'http:////', 'sk-', 'sk-abcdefgh', 'a-', 'ab ', 'ab', 'aab', '?', '#', '1:', '*', '…',
  ]; // prettier-ignore
  const shown: [string, (text: string) => string][] = [
    ['safeText', (text) => safeText(text)],
    ['safeText with secrets', (text) => safeText(text, ['ab', 'sk-abcdefgh'])],
    ['shownUrl', (text) => shownUrl(text)],
    ['shownUrl of an address', (text) => shownUrl(`https://${text}`)],
    ['withoutProxyUser', (text) => withoutProxyUser(`socks5://${text}`)],
  ];
  test.each(pieces)('%j is read in a time that grows with its length', (piece) => {
    for (const [name, show] of shown)
      for (const end of ['', '@h', ' @']) {
        const ofSize = (size: number): string => piece.repeat(size / piece.length) + end;
        expect([name, end, growth(show, ofSize) < LINEAR]).toEqual([name, end, true]);
      }
  });
});
