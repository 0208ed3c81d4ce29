import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layoutOf } from '../../../src/core/connection/layout';
import { readScenarios } from '../../replay/scenario';

const FIXTURES = join(import.meta.dirname, '../../fixtures/cliproxyapi-v8/migrate');

/** The texts of the file that a recorded server showed one after the other. */
function recorded(name: string): string[] {
  const { steps } = readScenarios(FIXTURES).find(({ scenario }) => scenario === name)!;
  const reads = steps.filter(
    ({ request }) => request.method === 'GET' && request.path.endsWith('/config.yaml'),
  );
  return reads.map(({ response }) => String(response.body));
}

describe('files of a recorded server', () => {
  test.each([
    ['v8-first-write-migrates', ['old', 'new']],
    ['v8-rejected-write-does-not-migrate', ['old']],
    ['v8-server-v0-write-unmigrated', ['old']],
    ['v8-server-v0-write-partly-v8', ['mixed', 'new']],
    ['v8-rollback-by-config-yaml', ['new', 'old']],
    ['v8-status-of-a-config-key', ['old', 'new']],
    ['v8-then-v0-openai-compatibility', ['new']],
    ['v8-unknown-sections-and-comments', ['new', 'new']],
  ])('%s', (name, layouts) => {
    expect(recorded(name).map(layoutOf)).toEqual(layouts);
  });
});

describe('one sign decides', () => {
  test.each([
    ['a list of keys', 'api-keys:\n  - a\n', 'old'],
    ['a list in the first column', 'api-keys:\n- a\n- b\n', 'old'],
    ['a list in one line', "api-keys: ['a'] # mine\n", 'old'],
    ['a list below comments and empty lines', 'api-keys: # mine\n\n  # more\n  - a\n', 'old'],
    ['a mapping of keys', 'api-keys:\n    codex: []\n', 'new'],
    ['a mapping in one line', 'api-keys: {codex: []}\n', 'new'],
    ['keys without a value say nothing', 'api-keys:\nport: 1\n', 'old'],
    ['keys that are null say nothing', 'api-keys: null\nserver: {}\n', 'new'],
    ['a quoted name', '"server": {"port": 1}\n', 'new'],
    ['any list of the old layout', 'interactions-api-key: []\n', 'old'],
    ['routing with a name of both', 'routing:\n  strategy: x\n', 'old'],
    ['routing with a new name', 'port: 1\nrouting:\n  strategy: x\n  cooldown:\n    a: 1\n', 'mixed'],
    ['routing with a new name further inside', 'port: 1\nrouting:\n  other:\n    retry: 1\n', 'old'],
    ['routing in one line', 'port: 1\nrouting: {"strategy": "a}", "retry": {"request-retry": 1}}\n', 'mixed'],
    ['routing in one line, further inside', 'port: 1\nrouting: {other: {retry: 1}}\n', 'old'],
    ['routing in several lines of one mapping', 'routing: {\n# why\n    retry: {a: 1}}\n', 'new'],
    ['the number above old lists', 'config-version: 8\ncodex-api-key: []\n', 'mixed'],
    ['the number at the end', 'server:\n  port: 1\nconfig-version: 8\n', 'new'],
    ['carriage returns and a mark at the start', '\uFEFFserver:\r\n  port: 1\r\n', 'new'],
    ['the start of a document', '---\nport: 1\n', 'old'],
    ['texts with quotes and signs of comments', "a: 'it''s # b'\nport: \"1 # \\\" x\"\n", 'old'],
    ['client with what both have', 'port: 1\nclient:\n  codex: {}\n', 'old'],
    ['client with what is new', 'port: 1\nclient:\n  codex:\n    optimize-multi-agent-v2: false\n', 'mixed'],
    ['the providers of early 8.0.x', 'port: 1\nproviders: {codex: {response-steering: true}}\n', 'mixed'],
    ['a single setting that would be moved', 'server: {}\nlogging-to-file: true\n', 'mixed'],
    ['settings of both that differ by a letter', 'credentials: {}\nrequests: {}\noauth: {}\n', 'new'],
    ['what 8.x leaves where it is', 'server: {}\nplugins: {}\nquota-exceeded: {}\nmodels: []\n', 'new'],
    ['sections of which nothing is known', 'mystery:\n  a: 1\n', 'old'],
    ['a comment that looks like a name', '#server: 1\nport: 1\n', 'old'],
  ])('%s', (_, text, layout) => {
    expect(layoutOf(text)).toBe(layout);
  });
});

describe('anything odd is unknown', () => {
  test.each([
    ['nothing', ''],
    ['only comments', '# port: 1\n\n'],
    ['an indented file', '  port: 1\n'],
    ['one mapping in braces', '{port: 1, debug: true}\n'],
    ['a page', '<!doctype html>\n<title>Sign in</title>\n'],
    ['a JSON error', '{"error":"invalid management key"}'],
    ['a list', '- port: 1\n'],
    ['a second document', 'port: 1\n---\nserver: {}\n'],
    ['a name twice', 'port: 1\nport: 2\n'],
    ['a merge', '<<: *base\nport: 1\n'],
    ['a question mark', '? port\n: 1\n'],
    ['a tab', 'port: 1\n\tdebug: true\n'],
    ['a text of several lines', 'note: "one\nserver: two"\nport: 1\n'],
    ['keys behind an anchor', 'port: 1\napi-keys: &keys\n  - a\n'],
    ['keys that are an alias', 'port: 1\napi-keys: *keys\n'],
    ['keys that are a text below', 'port: 1\napi-keys:\n  plain\n'],
    ['routing behind an anchor', 'port: 1\nrouting: &r\n  retry: 1\n'],
    ['routing that is not closed', 'port: 1\nrouting: {retry: {a: 1}\n'],
  ])('%s', (_, text) => {
    expect(layoutOf(text)).toBe('unknown');
  });
});
