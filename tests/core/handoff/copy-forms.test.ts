import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { COPY_FORMS, formTakesModels, formText, type CopyForm } from '../../../src/core/handoff/copy-forms';
import type { Handoff } from '../../../src/core/handoff/handoff';
import { handoff, KEY, NAMES } from './samples';

const text = (form: CopyForm, more: Partial<Handoff> = {}, models: string[] = []): string =>
  formText(form, handoff(more), models);

/** Signs that shells and languages give a meaning to. */
const ODD_KEY = `sk-'"$HOME\`id\`\\n#!`;
const shell = (script: string): string => execFileSync('sh', ['-c', script], { encoding: 'utf8' });

describe('a key copied as', () => {
  test('base URL and key is two lines', () => {
    expect(text('pair')).toBe(`https://r1.example/v1\n${KEY}\n`);
  });

  test.each([
    ['openai-compatibility', 'OPENAI_BASE_URL=https://r1.example/v1', 'OPENAI_API_KEY'],
    ['codex-api-key', 'OPENAI_BASE_URL=https://r1.example/v1', 'OPENAI_API_KEY'],
    ['claude-api-key', 'ANTHROPIC_BASE_URL=https://r1.example', 'ANTHROPIC_AUTH_TOKEN'],
    ['gemini-api-key', 'GOOGLE_GEMINI_BASE_URL=https://r1.example', 'GEMINI_API_KEY'],
  ] as const)('.env of %s has the names of its tools', (speaks, base, key) => {
    expect(text('env', { speaks })).toBe(`${base}\n${key}=${KEY}\n`);
  });

  test('.env is read by a shell as it was meant, whatever the key is', () => {
    expect(shell(`${text('env', { key: ODD_KEY })}printf %s "$OPENAI_API_KEY"`)).toBe(ODD_KEY);
  });

  test('curl is one command with the key in its header, whatever the key is', () => {
    const command = text('curl', { key: ODD_KEY });
    const words = shell(`curl() { printf '%s\\n' "$@"; }\n${command}`).trimEnd().split('\n');
    expect(words).toEqual(['https://r1.example/v1/models', '-H', `Authorization: Bearer ${ODD_KEY}`]);
  });

  test('JavaScript makes a client that has both, whatever the key is', () => {
    const stub = 'class OpenAI { constructor(given) { console.log(JSON.stringify(given)); } }';
    const code = text('javascript', { key: ODD_KEY }).replace("import OpenAI from 'openai';", stub);
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(JSON.parse(printed)).toEqual({ baseURL: 'https://r1.example/v1', apiKey: ODD_KEY });
  });

  test('Python makes a client that has both', () => {
    expect(text('python')).toBe(
      `from openai import OpenAI\n\nclient = OpenAI(\n    base_url="https://r1.example/v1",\n    api_key="${KEY}",\n)\n`,
    );
  });

  test.each(NAMES)('CLIProxyAPI’s YAML keeps the name %s, and has the models', (name) => {
    const lines = text('cliproxyapi', { name }, ['gpt-4o', 'glm:4']).split('\n');
    const value = (line: string): unknown => JSON.parse(line.slice(line.indexOf(': ') + 2));
    expect(lines.map((line) => line.replace(/: .*/, ':'))).toEqual([
      'openai-compatibility:',
      '  - name:',
      '    base-url:',
      '    api-key-entries:',
      '      - api-key:',
      '    models:',
      '      - name:',
      '      - name:',
      '',
    ]);
    expect([1, 2, 4, 6, 7].map((at) => value(lines[at]!))).toEqual([
      name,
      'https://r1.example/v1',
      KEY,
      'gpt-4o',
      'glm:4',
    ]);
  });

  test('CLIProxyAPI’s YAML has a place for a model where none is known: without any, nothing is served', () => {
    expect(text('cliproxyapi')).toMatch(/models:\n {6}- name: "MODEL"\n$/);
  });

  test('anything holds the key once, and only the YAML waits for models', () => {
    for (const form of COPY_FORMS.filter((each) => each !== 'kelivo'))
      expect(text(form).split(KEY)).toHaveLength(2);
    expect(COPY_FORMS.filter(formTakesModels)).toEqual(['cliproxyapi']);
  });
});
