import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMasked } from '../../../src/core/mask';
import type { PastedItem } from '../../../src/core/paste/pasted';
import { MOST_ITEMS, MAX_CHARS, readPaste } from '../../../src/core/paste/read-paste';
import { withAddress } from '../../../src/core/paste/with-address';
import { growth, LINEAR } from '../growth';

const key = (number: number): string => `sk-Labk${String(number).padStart(4, '0')}FakeFakeFake`;
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

/** One item in short: `2 key Hoshi https://r1.example/v1 sk-…`. */
function short(item: PastedItem): string {
  const parts = (...more: (string | null)[]): string =>
    [item.line, item.kind, ...more.filter(Boolean)].join(' ');
  switch (item.kind) {
    case 'key':
      return parts(item.name, item.baseUrl, item.key, item.firstAt === null ? null : `=${item.firstAt}`);
    case 'no-address':
      return parts(item.name, item.key, item.firstAt === null ? null : `=${item.firstAt}`);
    case 'masked':
      return parts(item.name, item.baseUrl, item.text);
    case 'no-key':
      return parts(item.baseUrl);
    case 'not-understood':
      return parts(item.lastLine > item.line ? `to ${item.lastLine}` : null, item.text);
    case 'cut':
      return parts(item.reason);
  }
}

const read = (...lines: string[]): string[] => readPaste(lines.join('\n')).map(short);

describe('ordinary text: a key goes to the address', () => {
  test.each([
    ['in its line', [`https://r1.example ${key(1)}`], [`1 key https://r1.example/v1 ${key(1)}`]],
    [
      'in its line, behind it',
      [`${key(1)} https://r1.example/v1/`],
      [`1 key https://r1.example/v1 ${key(1)}`],
    ],
    [
      'above it, as all keys under one address',
      ['https://r1.example', key(1), key(2)],
      [`2 key https://r1.example/v1 ${key(1)}`, `3 key https://r1.example/v1 ${key(2)}`],
    ],
    [
      'above it, one after the other',
      ['https://r1.example', key(1), 'https://r2.example', key(2)],
      [`2 key https://r1.example/v1 ${key(1)}`, `4 key https://r2.example/v1 ${key(2)}`],
    ],
    [
      'below it, if the paragraph begins with a key',
      [key(1), 'https://r1.example', key(2), 'https://r2.example'],
      [`1 key https://r1.example/v1 ${key(1)}`, `3 key https://r2.example/v1 ${key(2)}`],
    ],
    ['over a blank line', ['https://r1.example', '', key(1)], [`3 key https://r1.example/v1 ${key(1)}`]],
    [
      'over a blank line below',
      [key(1), '', 'https://r1.example'],
      [`1 key https://r1.example/v1 ${key(1)}`],
    ],
    [
      'over blank lines of several keys',
      ['https://r1.example', '', key(1), '', key(2)],
      [`3 key https://r1.example/v1 ${key(1)}`, `5 key https://r1.example/v1 ${key(2)}`],
    ],
    [
      'that names the API rather than the home page',
      ['官网：https://home.example/register?aff=x', '接口地址：https://api.example/v1', `密钥：${key(1)}`],
      [`3 key https://api.example/v1 ${key(1)}`],
    ],
    [
      'of the home page if there is no other',
      ['官网：https://home.example/register?aff=x', key(1)],
      [`2 key https://home.example/v1 ${key(1)}`],
    ],
    [
      'without a scheme',
      [`r1.example:8443,${key(1)}`, '', 'Base URL: localhost:3000', `Key: ${key(2)}`],
      [`1 key https://r1.example:8443/v1 ${key(1)}`, `4 key http://localhost:3000/v1 ${key(2)}`],
    ],
    [
      'above it, with other lines between them',
      ['网址: https://r1.example', '模型: gpt-4o, claude-sonnet-4', '密码 Passw0rd1234', `令牌 ${key(1)}`],
      [
        '2 not-understood 模型: gpt-4o, claude-sonnet-4',
        '3 not-understood 密码 Passw0rd1234',
        `4 key https://r1.example/v1 ${key(1)}`,
      ],
    ],
    [
      'behind dashes, as sellers write it',
      [`https://r1.example----${key(1)}----30$`],
      [`1 key https://r1.example/v1 ${key(1)}`],
    ],
    [
      'of the page from which it was copied',
      ['https://r1.example/console/token', key(1)],
      [`2 key https://r1.example/v1 ${key(1)}`],
    ],
    [
      'that holds it itself',
      ['https://r1.example/v1beta/models/gemini-2.5-pro:generateContent?key=AIzaFake0001FakeFakeFake'],
      ['1 key https://r1.example/v1 AIzaFake0001FakeFakeFake'],
    ],
  ])('%s', (_, lines, items) => expect(read(...lines)).toEqual(items));

  test.each([
    ['after a finished relay', ['https://r1.example', key(1), '', key(2)], `4 no-address ${key(2)}`],
    [
      'behind another text',
      [
        'https://r1.example',
        '',
        'And here is the one of my other account, which is not for that relay:',
        key(1),
      ],
      `4 no-address ${key(1)}`,
    ],
    ['behind a heading', ['https://r1.example', '', 'OpenAI', key(1)], `4 no-address OpenAI ${key(1)}`],
    ['beside a file that is named', ['config.json', key(1)], `2 no-address config.json ${key(1)}`],
  ])('but not %s: it stays without', (_, lines, item) => expect(read(...lines)).toContain(item));
});

describe('ordinary text: labels and names', () => {
  test('are understood in both languages, in the line and in the line before', () => {
    expect(
      read(
        '站点：星港',
        'base_url=https://r1.example/v1',
        `API Key: "${key(1)}"`,
        '',
        'Name: Hoshi',
        `令牌：${key(2)}`,
        '地址: https://r2.example',
        '',
        'Base URL',
        'https://r3.example',
        'API Key',
        'chosen-by-me-1',
      ),
    ).toEqual([
      `3 key 星港 https://r1.example/v1 ${key(1)}`,
      `6 key Hoshi https://r2.example/v1 ${key(2)}`,
      '12 key https://r3.example/v1 chosen-by-me-1',
    ]);
  });

  test('name each relay, and a single key where it has a name of its own', () => {
    expect(
      read(
        'Hoshi',
        'https://r1.example',
        key(1),
        `备用 ${key(2)}`,
        'Second relay:',
        'https://r2.example',
        key(3),
        `| Third | https://r3.example | ${key(4)} |`,
        `Fourth,https://r4.example,${key(5)}`,
        `https://r5.example,${key(6)},Fifth`,
      ),
    ).toEqual([
      `3 key Hoshi https://r1.example/v1 ${key(1)}`,
      `4 key 备用 https://r1.example/v1 ${key(2)}`,
      `7 key Second relay https://r2.example/v1 ${key(3)}`,
      `8 key Third https://r3.example/v1 ${key(4)}`,
      `9 key Fourth https://r4.example/v1 ${key(5)}`,
      `10 key Fifth https://r5.example/v1 ${key(6)}`,
    ]);
  });

  test('tell records apart that stand without a blank line', () => {
    expect(
      read(
        'Name: A',
        'URL: https://a.example',
        `Key: ${key(1)}`,
        'Name: B',
        `Key: ${key(2)}`,
        'URL: https://b.example',
      ),
    ).toEqual([`3 key A https://a.example/v1 ${key(1)}`, `5 key B https://b.example/v1 ${key(2)}`]);
  });

  test('of code are understood', () => {
    expect(
      read('client = OpenAI(', `    api_key="${key(1)}",`, '    base_url="https://r1.example/v1",', ')'),
    ).toEqual(['1 not-understood client = OpenAI(', `2 key https://r1.example/v1 ${key(1)}`]);
    expect(
      read(
        '[model_providers.hoshi]',
        'name = "Hoshi"',
        'base_url = "https://r1.example/v1"',
        `key = '${key(1)}'`,
      ),
    ).toContain(`4 key Hoshi https://r1.example/v1 ${key(1)}`);
  });
});

test('tables are read, with their heads left out', () => {
  expect(
    read(
      '| Name | URL | Key |',
      '|------|-----|-----|',
      `| Hoshi | https://a.example | ${key(1)} |`,
      `| Tsuki | https://b.example | ${key(2)} |`,
      '',
      'name,base_url,api_key',
      `"Hoshi","https://c.example","${key(3)}"`,
      '',
      `- [Tsuki](https://d.example) \`${key(4)}\``,
    ),
  ).toEqual([
    `3 key Hoshi https://a.example/v1 ${key(1)}`,
    `4 key Tsuki https://b.example/v1 ${key(2)}`,
    `7 key Hoshi https://c.example/v1 ${key(3)}`,
    `9 key Tsuki https://d.example/v1 ${key(4)}`,
  ]);
});

describe('what is a key', () => {
  const LONG = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKl';
  test.each([
    key(1),
    LONG,
    'sk-ant-api03-FakeFakeFake0001',
    'AIzaFakeFakeFakeFake0001',
    'gsk_FakeFakeFakeFake0001',
    '0123abcd-0123-4567-89ab-0123456789ab',
    '0123456789abcdef0123456789abcdef.FakeFakeFake0001',
  ])('%s, also without a label', (text) => {
    expect(read(text)).toEqual([`1 no-address ${text}`]);
  });

  test.each(['my-own-key-0001', 'p4ssphrase', 'base64+/signs0=='])('%s, with a label', (text) => {
    expect(read(`Key: ${text}`)).toEqual([`1 no-address ${text}`]);
    expect(read(text)).toEqual([`1 not-understood ${text}`]);
  });

  test.each([
    'claude-sonnet-4-5-20250929',
    'deepseek-ai/DeepSeek-R1-Distill-Qwen-32B',
    '12345678901234567890123456789012345678',
    'Key: required',
    'Key: 2024-11-24',
    'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    `management key: ${LONG}`,
    `access token: ${LONG}`,
    `管理密钥：${LONG}`,
    `password: ${LONG}`,
    'sk-short',
  ])('not %s', (text) => expect(read(text)).toEqual([`1 not-understood ${text}`]));

  test.each([
    'sk-Labt**********0002',
    'Labt**********0002',
    'sk-Lab1…0001',
    'sk-••••••••0001',
    'sk-Lab1...0001',
    'sk-xxxxxxxxxxxxxxxx',
    'sk-your-api-key-goes-here',
  ])('never the mask or placeholder %s', (text) => {
    expect(read(`https://r1.example ${text}`)).toEqual([`1 masked https://r1.example/v1 ${text}`]);
  });
});

describe('variables', () => {
  test('pair by their prefix, in any order, with all that shells and compose files put around them', () => {
    expect(
      read(
        '# OPENAI_API_KEY=sk-oldFakeFakeFakeFake01',
        `export OPENAI_API_KEY="${key(1)}"`,
        "ANTHROPIC_BASE_URL='https://b.example'  # no /v1",
        'ANTHROPIC_AUTH_TOKEN=customtoken1',
        'OPENAI_BASE_URL=https://a.example/v1;',
        '  - HOSHI_API_BASE=https://c.example',
        `  - HOSHI_API_KEY=${key(2)}`,
        `$env:STAR_KEY = "${key(3)}"`,
        'set STAR_URL=https://d.example',
        `GEMINI_API_KEY=AIzaFakeFakeFakeFake0001`,
        'GOOGLE_GEMINI_BASE_URL=https://e.example',
      ),
    ).toEqual([
      `2 key https://a.example/v1 ${key(1)}`,
      '4 key https://b.example/v1 customtoken1',
      `7 key https://c.example/v1 ${key(2)}`,
      `8 key https://d.example/v1 ${key(3)}`,
      '10 key https://e.example/v1 AIzaFakeFakeFakeFake0001',
    ]);
  });

  test('several in one line', () => {
    expect(
      read(
        `$env:A_BASE_URL="https://a.example"; $env:A_AUTH_TOKEN="${key(1)}"`,
        '',
        `docker run -d -e OPENAI_API_KEY=${key(2)} -e OPENAI_BASE_URL=https://b.example/v1 image:latest`,
        '',
        `OPENAI_BASE_URL=https://c.example/v1 OPENAI_API_KEY=${key(3)} codex`,
      ),
    ).toEqual([
      `1 key https://a.example/v1 ${key(1)}`,
      `3 key https://b.example/v1 ${key(2)}`,
      `5 key https://c.example/v1 ${key(3)}`,
    ]);
  });

  test('of another prefix never lend their address', () => {
    expect(read(`OPENAI_API_KEY=${key(1)}`, 'ANTHROPIC_BASE_URL=https://b.example')).toEqual([
      `1 no-address ${key(1)}`,
      '2 no-key https://b.example/v1',
    ]);
    expect(read(`OPENAI_API_KEY=${key(1)} ANTHROPIC_BASE_URL=https://b.example run --key ${key(2)}`)).toEqual(
      ['1 no-key https://b.example/v1', `1 no-address ${key(1)}`, `1 no-address ${key(2)}`],
    );
    expect(read('BASE_URL=https://b.example', `OPENAI_API_KEY=${key(1)}`)).toEqual([
      `2 key https://b.example/v1 ${key(1)}`,
    ]);
  });

  test('that come again begin a new set', () => {
    expect(
      read(
        `OPENAI_API_KEY=${key(1)}`,
        'OPENAI_BASE_URL=https://a.example',
        '',
        'OPENAI_BASE_URL=https://b.example',
        `OPENAI_API_KEY=${key(2)}`,
      ),
    ).toEqual([`1 key https://a.example/v1 ${key(1)}`, `5 key https://b.example/v1 ${key(2)}`]);
  });

  test('of other things are shown as not understood', () => {
    expect(read('NODE_ENV=production', 'OPENAI_API_KEY=', 'OPENAI_BASE_URL=$URL')).toEqual([
      '1 not-understood NODE_ENV=production',
      '3 not-understood OPENAI_BASE_URL=$URL',
    ]);
  });
});

describe('JSON', () => {
  const json = (value: unknown): string[] => read(JSON.stringify(value));

  test.each([
    [{ name: 'Hoshi', baseUrl: 'https://r1.example', apiKey: key(1) }, 'Hoshi https://r1.example/v1'],
    [{ title: 'Hoshi', url: 'https://r1.example/v1/', key: key(1) }, 'Hoshi https://r1.example/v1'],
    [{ label: 'Hoshi', endpoint: 'https://r1.example', accessKey: key(1) }, 'Hoshi https://r1.example/v1'],
    [{ api_base: 'https://r1.example', token: key(1) }, 'https://r1.example/v1'],
    [
      { baseURL: 'https://r1.example', api_key: key(1), homepage: 'https://x.example' },
      'https://r1.example/v1',
    ],
    [{ host: 'r1.example', key: `Bearer ${key(1)}` }, 'https://r1.example/v1'],
    [
      { data: { deep: [{ list: [[{ base_url: 'https://r1.example', key: key(1) }]] }] } },
      'https://r1.example/v1',
    ],
    [
      { provider: { hoshi: { options: { baseURL: 'https://r1.example/v1', apiKey: key(1) } } } },
      'hoshi https://r1.example/v1',
    ],
    [
      { env: { ANTHROPIC_BASE_URL: 'https://r1.example', ANTHROPIC_AUTH_TOKEN: key(1) } },
      'https://r1.example/v1',
    ],
    [{ 'https://r1.example': [key(1)] }, 'https://r1.example/v1'],
  ])('%j', (value, found) => expect(json(value)).toEqual([`1 key ${found} ${key(1)}`]));

  test('lists of relays, each key with its line; the name of the list is none of theirs', () => {
    const text = JSON.stringify(
      {
        name: 'my relays',
        relays: [
          { site_name: 'A', site_url: 'https://a.example', keys: [key(1), { name: 'main', key: key(2) }] },
          { url: 'https://b.example', key: `${key(3)}\n${key(4)}` },
        ],
      },
      null,
      2,
    );
    expect(read(text)).toEqual([
      `8 key A https://a.example/v1 ${key(1)}`,
      `11 key main https://a.example/v1 ${key(2)}`,
      `17 key https://b.example/v1 ${key(3)}`,
      `17 key https://b.example/v1 ${key(4)}`,
    ]);
  });

  test('with commas at the end, comments, and other text around it', () => {
    expect(
      read(
        `Mine: [{"url": "https://a.example", "key": "${key(1)}",}, // the first`,
        `  /* old, ] */ {"url": "https://b.example", "key": "${key(2)}"},`,
        ']',
        `https://c.example ${key(3)}`,
      ),
    ).toEqual([
      `1 key https://a.example/v1 ${key(1)}`,
      `2 key https://b.example/v1 ${key(2)}`,
      `4 key https://c.example/v1 ${key(3)}`,
    ]);
  });

  test('one object a line, and what is broken line by line', () => {
    expect(
      read(
        `{"url":"https://a.example","key":"${key(1)}"}`,
        `{"url":"https://b.example","key":"${key(2)}"}`,
        '',
        '{',
        '  "url": "https://c.example",',
        `  "key": "${key(3)}"`,
      ),
    ).toEqual([
      `1 key https://a.example/v1 ${key(1)}`,
      `2 key https://b.example/v1 ${key(2)}`,
      `6 key https://c.example/v1 ${key(3)}`,
    ]);
  });

  test('without a key in it is one piece that is not understood, whatever else is in it', () => {
    expect(
      read(
        '{"id": "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789", "url": "https://a.example",',
        ` "access_token": "AbCdEfGhIjKlMnOpQrStUvWxYz012345", "key": "ArrowLeft"}`,
      ),
    ).toMatchObject([expect.stringMatching(/^1 not-understood to 2 /)]);
  });

  test('of variables: each key only with the address of its prefix', () => {
    expect(
      json({
        ANTHROPIC_AUTH_TOKEN: key(1),
        ANTHROPIC_BASE_URL: 'https://a.example',
        OPENAI_API_KEY: key(2),
      }),
    ).toEqual([`1 key https://a.example/v1 ${key(1)}`, `1 no-address ${key(2)}`]);
  });
});

describe('curl', () => {
  test.each([
    ['Authorization', `curl https://r1.example/v1/chat/completions -H "Authorization: Bearer ${key(1)}"`],
    ['x-api-key', `$ curl -X POST 'https://r1.example/v1/messages' -H 'x-api-key: ${key(1)}'`],
    ['a header before the address', `curl -H "authorization: bearer ${key(1)}" https://r1.example/v1/models`],
    ['a proxy', `curl -x http://127.0.0.1:7890 https://r1.example -H "Authorization: Bearer ${key(1)}"`],
    ['Windows', `curl.exe https://r1.example/v1/models -H "Authorization: Bearer ${key(1)}"`],
  ])('with %s', (_, line) => expect(read(line)).toEqual([`1 key https://r1.example/v1 ${key(1)}`]));

  test('over several lines, with a body that has addresses of its own', () => {
    expect(
      read(
        'curl https://r1.example/v1/chat/completions \\',
        '  -H "Content-Type: application/json" \\',
        `  -H "Authorization: Bearer ${key(1)}" \\`,
        "  -d '{",
        '    "model": "gpt-4o",',
        '    "messages": [{"role": "user", "content": "look at https://other.example"}]',
        "  }'",
        'curl https://r2.example/v1/models ^',
        `  -H "Authorization: Bearer ${key(2)}"`,
      ),
    ).toEqual([`3 key https://r1.example/v1 ${key(1)}`, `9 key https://r2.example/v1 ${key(2)}`]);
  });

  test('whose key is a variable has none', () => {
    expect(read('curl https://r1.example/v1/models -H "Authorization: Bearer $OPENAI_API_KEY"')).toEqual([
      '1 masked https://r1.example/v1 $OPENAI_API_KEY',
    ]);
    expect(read('curl https://r1.example/v1/models')).toEqual(['1 no-key https://r1.example/v1']);
  });
});

describe('links', () => {
  const cherry = (data: object): string => base64(data);
  const data = { id: 'hoshi', baseUrl: 'https://r1.example', apiKey: key(1), name: '星港???>>>' };

  test('of CC Switch', () => {
    const query = new URLSearchParams({
      resource: 'provider',
      app: 'codex',
      name: 'Hoshi + Star',
      homepage: 'https://home.example',
      endpoint: 'https://r1.example/v1,https://r2.example/v1',
      apiKey: key(1),
      usageApiKey: key(2),
    });
    expect(read(`Import: ccswitch://v1/import?${query}`)).toEqual([
      `1 key Hoshi + Star https://r1.example/v1 ${key(1)}`,
    ]);
  });

  test('of CC Switch with the rest in a configuration', () => {
    const toml = Buffer.from('base_url = "https://r1.example/v1"\nwire_api = "responses"\n').toString(
      'base64',
    );
    const query = new URLSearchParams({ app: 'codex', name: 'Hoshi', apiKey: key(1), config: toml });
    expect(read(`ccswitch://v1/import?${query}`)).toEqual([`1 key Hoshi https://r1.example/v1 ${key(1)}`]);
    const env = { env: { ANTHROPIC_AUTH_TOKEN: key(2), ANTHROPIC_BASE_URL: 'https://r2.example' } };
    expect(
      read(`ccswitch://v1/import?app=claude&name=Two&config=${encodeURIComponent(base64(env))}`),
    ).toEqual([`1 key Two https://r2.example/v1 ${key(2)}`]);
  });

  test.each([
    ['standard base64', cherry(data)],
    ['percent-encoded', encodeURIComponent(cherry(data))],
    ["Cherry Studio's own alphabet", cherry(data).replaceAll('+', '_').replaceAll('/', '-')],
    ['base64url', cherry(data).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')],
  ])('of Cherry Studio in %s', (_, text) => {
    expect(cherry(data)).toMatch(/[+/]/);
    expect(read(`cherrystudio://providers/api-keys?v=1&data=${text}`)).toEqual([
      `1 key ${data.name} https://r1.example/v1 ${key(1)}`,
    ]);
  });

  test('of Cherry Studio with what that program forgives', () => {
    const text = `({'id':'hoshi','baseUrl':'https://r1.example','apiKey':'${key(1)}'})`;
    expect(
      read(`cherrystudio://providers/api-keys?v=1&data=${Buffer.from(text).toString('base64')}`),
    ).toEqual([`1 key https://r1.example/v1 ${key(1)}`]);
  });

  test.each([
    `ccr://provider?name=Hoshi&base_url=https%3A%2F%2Fr1.example&api_key=${key(1)}&protocol=openai_responses`,
    `aionui://provider/add?v=1&data=${encodeURIComponent(base64({ platform: 'new-api', name: 'Hoshi', baseUrl: 'https://r1.example', apiKey: key(1) }))}`,
    `ai-provider:v1:${base64({ type: 'openai', name: 'Hoshi', apiKey: key(1), baseUrl: 'https://r1.example' })}`,
    `https://chat.example/#/?settings=${encodeURIComponent(JSON.stringify({ key: key(1), url: 'https://r1.example', name: 'Hoshi' }))}`,
  ])('of others: %s', (link) => expect(read(link)).toEqual([`1 key Hoshi https://r1.example/v1 ${key(1)}`]));

  test.each([
    'cherrystudio://providers/api-keys?v=1&data={cherryConfig}',
    'cherrystudio://providers/api-keys?data=%E0%A4%A',
    'ccswitch://v1/import?resource=provider&app=claude&name=x',
    'ccswitch://',
  ])('that carry no key: %s', (link) => expect(read(link)).toEqual([`1 not-understood ${link}`]));
});

describe("a piece of CLIProxyAPI's config.yaml", () => {
  const LIST = [
    'openai-compatibility:',
    '  - name: "hoshi" # the good one',
    '    prefix: ""',
    '    base-url: "https://r1.example/v1"',
    '    api-key-entries:',
    `      - api-key: "${key(1)}"`,
    '        proxy-url: "socks5://proxy.example:1080"',
    '      # the spare one',
    `      - api-key: '${key(2)}'`,
    '    models:',
    '      - name: "gpt-4o"',
    '        alias: "4o"',
    '  - base-url: https://r2.example',
    '    api-keys:',
    `      - ${key(3)}`,
    '    name: two',
    '  - name: keyless',
    '    base-url: https://r3.example/v1',
  ];
  const FOUND = [
    `6 key hoshi https://r1.example/v1 ${key(1)}`,
    `9 key hoshi https://r1.example/v1 ${key(2)}`,
    `15 key two https://r2.example/v1 ${key(3)}`,
    '18 no-key https://r3.example/v1',
  ];

  test('is read with its names, keys and addresses', () => expect(read(...LIST)).toEqual(FOUND));

  test('is read without its indentation and with Windows line ends', () => {
    const flat = LIST.map((line) => line.replace(/^ {2}/, ''));
    expect(read(flat.join('\r\n'))).toEqual(FOUND);
  });

  test('is read without its first line', () => {
    expect(read(...LIST.slice(1, 12))).toEqual([
      `5 key hoshi https://r1.example/v1 ${key(1)}`,
      `8 key hoshi https://r1.example/v1 ${key(2)}`,
    ]);
  });

  test.each(['claude-api-key', 'codex-api-key', 'gemini-api-key', 'interactions-api-key', 'xai-api-key'])(
    'is read from %s',
    (list) => {
      expect(
        read(
          `${list}:`,
          `  - api-key: ${key(1)}`,
          '    base-url: "https://r1.example"',
          `  - api-key: ${key(2)}`,
        ),
      ).toEqual([`2 key https://r1.example/v1 ${key(1)}`, `4 no-address ${key(2)}`]);
    },
  );

  test('gives no secret of the proxy itself away as a key', () => {
    const items = read(
      'port: 8317',
      'remote-management:',
      '  allow-remote: false',
      '  secret-key: "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"',
      'api-keys:',
      '  - "sk-of-my-own-clients-0001"',
      '',
      ...LIST,
      'proxy-url: http://proxy.example:3128',
      'debug: false',
    );
    expect(items.filter((item) => item.includes(' key ')).map((item) => item.replace(/^\d+ /, ''))).toEqual(
      FOUND.slice(0, 3).map((item) => item.replace(/^\d+ /, '')),
    );
    expect(items.filter((item) => item.includes('not-understood'))).toEqual([
      '1 not-understood to 4 port: 8317',
      '5 not-understood to 6 api-keys:',
      '26 not-understood to 27 proxy-url: http://proxy.example:3128',
    ]);
  });
});

describe('the same key', () => {
  test('of the same relay is marked with the line where it stands first', () => {
    expect(
      read(
        `https://r1.example ${key(1)}`,
        `https://R1.example/v1/ ${key(1).slice(3)}0123456789abcdef`,
        `https://r2.example ${key(1)}`,
        `https://R1.example:443/v1/ ${key(1)}`,
      ).map((item) => / =\d+$/.exec(item)?.[0] ?? ''),
    ).toEqual(['', '', '', ' =1']);
    const bare = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKl';
    expect(read(`https://r1.example sk-${bare}`, `https://r1.example ${bare}`)[1]).toMatch(/ =1$/);
  });

  test('without an address is marked, too, and again when an address is given', () => {
    const items = readPaste([`https://r1.example ${key(1)}`, '', key(1), '', key(2), '', key(2)].join('\n'));
    expect(items.map(short)).toEqual([
      `1 key https://r1.example/v1 ${key(1)}`,
      `3 no-address ${key(1)}`,
      `5 no-address ${key(2)}`,
      `7 no-address ${key(2)} =5`,
    ]);
    expect(withAddress(items, ' r1.example ').map(short)).toEqual([
      `1 key https://r1.example/v1 ${key(1)}`,
      `3 key https://r1.example/v1 ${key(1)} =1`,
      `5 key https://r1.example/v1 ${key(2)}`,
      `7 key https://r1.example/v1 ${key(2)} =5`,
    ]);
    for (const wrong of ['', ' ', 'two words', 'ftp://r1.example'])
      expect(withAddress(items, wrong)).toBe(items);
  });
});

describe('a mixture', () => {
  test('of all of it is read in the order of its lines', () => {
    expect(
      read(
        '\uFEFF# Keys of November',
        '// not this: sk-commentedFake00001',
        'Hoshi',
        'https://r1.example',
        key(1),
        '',
        `OPENAI_API_KEY=${key(2)}`,
        'OPENAI_BASE_URL=https://r2.example',
        '',
        `{"name":"J","url":"https://r3.example","key":"${key(3)}"}`,
        key(4),
        `curl https://r5.example/v1/models -H "Authorization: Bearer ${key(5)}"`,
        'openai-compatibility:',
        '  - name: y',
        '    base-url: https://r6.example/v1',
        `    api-key-entries: [{ api-key: x }]`,
        '',
        'That is all that there is, and nothing of it is worth much.',
        'https://alone.example',
      ),
    ).toEqual([
      `5 key Hoshi https://r1.example/v1 ${key(1)}`,
      `7 key https://r2.example/v1 ${key(2)}`,
      `10 key J https://r3.example/v1 ${key(3)}`,
      `11 no-address ${key(4)}`,
      `12 key https://r5.example/v1 ${key(5)}`,
      '15 no-key https://r6.example/v1',
      '18 not-understood That is all that there is, and nothing of it is worth much.',
      '19 no-key https://alone.example/v1',
    ]);
  });

  test.each([[''], ['\n \n\t'], ['# only\n// comments'], ['{}\n,\n---']])('%j gives nothing', (text) => {
    expect(readPaste(text)).toEqual([]);
  });
});

describe('a text that is too large', () => {
  test('is read up to its last whole line, and says so', () => {
    const line = `https://r1.example ${key(1)} ${'x'.repeat(50_000)}\n`;
    const items = readPaste(line.repeat(30));
    expect(items.at(-1)).toEqual({ kind: 'cut', line: 20, reason: 'size' });
    expect(items).toHaveLength(20);
    expect(readPaste(`${'a'.repeat(MAX_CHARS - 10)} sk-halfOfAKeyOnly0001`)).toEqual([
      { kind: 'cut', line: 1, reason: 'size' },
    ]);
  });

  test('is read up to 2,000 items, and says so', () => {
    const lines = Array.from({ length: MOST_ITEMS + 5 }, (_, index) => `https://r1.example ${key(index)}`);
    const items = readPaste(lines.join('\n'));
    expect(items).toHaveLength(MOST_ITEMS + 1);
    expect(items.at(-1)).toEqual({ kind: 'cut', line: MOST_ITEMS + 1, reason: 'count' });
    expect(readPaste(lines.slice(0, MOST_ITEMS).join('\n')).at(-1)?.kind).toBe('key');
  });
});

const HOSTILE = [
  'a', ' ', '\n', '{', '{"', '[1,', '{"a":', '"', '\\', '=', ':', '-', '/', '*', '…', ', ', '. .', '/*', '{ "/*',
  '{,\n', '{"a":[\n', 'https://', 'https://a.example/////////////////', 'sk-', 'sk-abcdefgh1 ', 'key: abcdefgh1 ',
  '密钥：', 'Bearer ', '- name: x\n', '- name: x\n  base-url: \n', 'openai-compatibility:\n  - name: a\n', "curl '\n",
  'curl a\\\n', 'A_KEY=1\n', 'name: x\n', 'a: b\n', 'sk-abcdefgh1\n\n', 'https://a.example\n\n',
  'cherrystudio://x?data=aaaa ', 'https://x?settings=%7B', 'https://x?settings=', 'a.', 'a@a.', '\t-  - - ',
]; // prettier-ignore

describe('hostile text of 1 MB', () => {
  /** So much of a text: a quarter of it is of the same kind as the whole. */
  type OfLength = (length: number) => string;
  const fill =
    (piece: string): OfLength =>
    (length) =>
      piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  const distinct = (length: number): string =>
    Array.from(
      { length: 18_000 },
      (_, n) => `K${n}_API_KEY=sk-a${n}aaaaaaaa\nU${n}_URL=https://u${n}.example`,
    )
      .join('\n')
      .slice(0, length);

  test.each<[string, OfLength]>([
    ...HOSTILE.map((piece): [string, OfLength] => [JSON.stringify(piece), fill(piece)]),
    ['deep lists', (length) => '['.repeat(length / 2) + ']'.repeat(length / 2)],
    ['deep objects', (length) => `${'{"a":'.repeat(length / 6)}1${'}'.repeat(length / 6)}`],
    ['keys of one list', (length) => `["${'sk-abcdefgh1","'.repeat(length / 15)}"]`],
    ['keys with escapes', (length) => `[${'"sk-\\u0061bcdefgh1",'.repeat((length - 3) / 21)}1]`],
    ['variables that do not pair', distinct],
  ])('%s is read in a time that grows with its length', (_, ofLength) => {
    expect(growth(readPaste, ofLength)).toBeLessThan(LINEAR);
  });
});

describe('whatever is pasted', () => {
  const URLS = ['https://r1.example', 'http://127.0.0.1:3000/v1', 'https://r2.example/api/v1/'];
  const piece = fc.oneof(
    fc.constantFrom(
      ...URLS,
      key(1),
      key(2),
      'customkey0001',
      'Labt**********0002',
      'sk-xxxxxxxx',
      '\n',
      '\n\n',
      ' ',
    ),
    fc.constantFrom(
      'Key: ',
      '密钥：',
      'name: Hoshi',
      '"',
      "'",
      ',',
      '{',
      '}',
      '[',
      ']',
      '- ',
      '  ',
      '#',
      '\\',
      '----',
    ),
    fc.constantFrom(
      'curl ',
      '-H "Authorization: Bearer ',
      'A_API_KEY=',
      'A_BASE_URL=',
      'base-url: ',
      '- api-key: ',
    ),
    fc.constantFrom(
      'openai-compatibility:\n',
      'ccswitch://v1/import?apiKey=',
      'settings=%7B',
      '{"url":"',
      '","key":"',
    ),
    fc.string({ maxLength: 12 }),
  );
  const anyText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

  /** Links carry keys percent-encoded. */
  const decoded = (pasted: string): string =>
    pasted.replace(/(?:%[\da-f]{2})+/gi, (signs) => {
      try {
        return decodeURIComponent(signs);
      } catch {
        return signs;
      }
    });

  test('no key is invented, changed or masked, and every line is one of the text', () => {
    fc.assert(
      fc.property(anyText, (pasted) => {
        const lines = pasted.split(/\r\n|\n|\r/).length;
        for (const item of readPaste(pasted)) {
          expect(item.line).toBeGreaterThanOrEqual(1);
          expect(item.line).toBeLessThanOrEqual(lines);
          if (item.kind !== 'key' && item.kind !== 'no-address') continue;
          expect(`${pasted} ${decoded(pasted)}`).toContain(item.key);
          expect(isMasked(item.key)).toBe(false);
          if (item.kind === 'key') expect(item.baseUrl).toMatch(/^https?:\/\/[^/]+\/.*v\d/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  const word = fc.string({ unit: fc.constantFrom(...'abcXYZ0189'), minLength: 12, maxLength: 48 });
  const known = fc.record({ text: word.map((part) => `sk-${part}`), url: fc.constantFrom(...URLS) });
  const FORMS: ((one: { text: string; url: string }) => string)[] = [
    ({ text, url }) => `${url} ${text}`,
    ({ text, url }) => `${url}\n${text}`,
    ({ text, url }) => `Key: ${text}\nBase URL: ${url}`,
    ({ text, url }) => `Hoshi,${url},${text}`,
    ({ text, url }) => `X_API_KEY="${text}"\nX_BASE_URL=${url}`,
    ({ text, url }) => JSON.stringify({ name: 'x', api_key: text, base_url: url }, null, 2),
    ({ text, url }) => `curl ${url}/chat/completions \\\n  -H "Authorization: Bearer ${text}"`,
    ({ text, url }) =>
      `ccswitch://v1/import?${new URLSearchParams({ name: 'x', endpoint: url, apiKey: text })}`,
    ({ text, url }) =>
      `cherrystudio://providers/api-keys?v=1&data=${base64({ id: 'x', baseUrl: url, apiKey: text })}`,
    ({ text, url }) =>
      `openai-compatibility:\n  - name: x\n    base-url: ${url}\n    api-key-entries:\n      - api-key: ${text}`,
  ];

  test('no key is lost, and each keeps its address, whichever forms stand below each other', () => {
    const parts = fc.array(fc.tuple(known, fc.constantFrom(...FORMS)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(parts, (chosen) => {
        const items = readPaste(chosen.map(([one, form]) => form(one)).join('\n\n'));
        expect(items.map((item) => (item.kind === 'key' ? item.key : item.kind))).toEqual(
          chosen.map(([one]) => one.text),
        );
        expect(items.map((item) => (item.kind === 'key' ? new URL(item.baseUrl).host : ''))).toEqual(
          chosen.map(([one]) => new URL(one.url).host),
        );
      }),
      { numRuns: 500 },
    );
  });
});
