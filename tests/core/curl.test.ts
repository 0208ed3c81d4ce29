import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { curlCommand, type Shell } from '../../src/core/curl';

const ODD = `sk-'"$HOME\`id\`\\n#!%PATH% & | < > ^ ( ) "&calc&" end\\`;
const URL = 'http://127.0.0.1:8317/v1/models?a=1&b=%41';
const NAMES = ['gpt-4o', ODD, '模型 ’; calc', 'line\nbreak', '\\"', '"'];

/** What a program gets: its arguments, and its standard input. */
interface Called {
  args: string[];
  input?: string;
}

const READERS: Record<Shell, (command: string) => Called> = {
  posix: (command) => ({
    args: execFileSync('/bin/sh', ['-c', command.replace(/^curl/, String.raw`printf '%s\0'`)], {
      encoding: 'utf8',
    })
      .split('\0')
      .slice(0, -1),
  }),
  powershell: asPowerShell,
  cmd: (command) => ({ args: argv(asCmd(command)).slice(1) }),
};

/** Words in single quotes, a quote doubled, and one pipe (about_Quoting_Rules of PowerShell). */
function asPowerShell(command: string): Called {
  const words = [...command.matchAll(/'((?:[^'‘’‚‛]|(['‘’‚‛])\2)*)'|[^\s'‘’‚‛]+/g)].map(
    ([whole, quoted]) => quoted?.replaceAll(/(['‘’‚‛])\1/g, '$1') ?? whole,
  );
  const pipe = words.indexOf('|');
  expect(words[pipe + 1]).toBe('curl.exe');
  return { args: words.slice(pipe + 2), ...(pipe === 1 && { input: words[0]! }) };
}

/** What cmd.exe leaves of a line: outside quotes a caret takes a sign's meaning away, and nothing else may have one. */
function asCmd(command: string): string {
  let [line, open] = ['', false];
  for (let at = 0; at < command.length; at++) {
    const sign = command[at]!;
    if (sign === '^' && !open) {
      line += command[++at];
      continue;
    }
    if (sign === '"') open = !open;
    else if (!open) expect(sign).not.toMatch(/[&|<>()%!\n]/);
    // A variable is put in even between quotes.
    expect(sign).not.toBe('%');
    line += sign;
  }
  expect(open).toBe(false);
  return line;
}

/** How a program on Windows takes its line apart (the rules of CommandLineToArgvW). */
function argv(line: string): string[] {
  const words: string[] = [];
  let [word, quoted, started] = ['', false, false];
  for (let at = 0; at < line.length; at++) {
    let slashes = 0;
    while (line[at] === '\\') [slashes, at] = [slashes + 1, at + 1];
    const sign = line[at];
    if (sign !== '"') word += '\\'.repeat(slashes);
    else word += '\\'.repeat(slashes / 2);
    started ||= slashes > 0;
    if (sign === undefined) break;
    if (sign === '"' && slashes % 2 === 0) [quoted, started] = [!quoted, true];
    else if (sign === ' ' && !quoted) {
      if (started) words.push(word);
      [word, started] = ['', false];
    } else [word, started] = [word + sign, true];
  }
  return started ? [...words, word] : words;
}

describe.each(['posix', 'powershell', 'cmd'] as const)('for %s', (shell) => {
  test.each(NAMES)('the request is what was meant, whatever is in the name: %s', (name) => {
    const headers = ['Authorization: Bearer YOUR-API-KEY', 'Content-Type: application/json'];
    const command = curlCommand(shell, { url: URL, headers, json: { model: name } });
    const { args, input } = READERS[shell](command);
    const [url, ...options] = args;
    expect(url).toBe(URL);
    expect(options.slice(0, 5)).toEqual(['-H', headers[0], '-H', headers[1], '-d']);
    const body = options[5] === '@-' ? input : options[5];
    expect(JSON.parse(body ?? '')).toEqual({ model: name });
  });

  test('a key is one header, whatever is in it', () => {
    const header = `Authorization: Bearer ${ODD}`;
    const { args } = READERS[shell](curlCommand(shell, { url: URL, headers: [header] }));
    expect(args).toEqual([URL, '-H', header]);
  });
});

test('what is plain stays readable for cmd', () => {
  expect(
    curlCommand('cmd', {
      url: 'http://127.0.0.1:8317/v1/models',
      headers: ['Authorization: Bearer sk-fake-1'],
    }),
  ).toBe('curl "http://127.0.0.1:8317/v1/models" -H "Authorization: Bearer sk-fake-1"');
});
