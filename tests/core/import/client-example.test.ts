import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { chatCommand, clientBaseUrl } from '../../../src/core/import/client-example';

/** What a shell makes of the command, in place of running it. */
const argumentsOf = (command: string): string[] =>
  execFileSync('/bin/sh', ['-c', command.replace(/^curl/, String.raw`printf '%s\0'`)], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

test.each(['gpt-4o', `it's $(id) \`id\` "x" \\ !! %s\nnext`, '模型'])(
  'the command asks for “%s”, whatever is in the name',
  (model) => {
    const [url, ...options] = argumentsOf(chatCommand('http://127.0.0.1:8317', model));
    expect(url).toBe('http://127.0.0.1:8317/v1/chat/completions');
    expect(options.slice(0, 4)).toEqual([
      '-H',
      'Authorization: Bearer YOUR-API-KEY',
      '-H',
      'Content-Type: application/json',
    ]);
    expect(JSON.parse(options[5] ?? '')).toMatchObject({ model });
  },
);

test('the base URL keeps the path of a reverse proxy', () => {
  expect(clientBaseUrl('https://home.example/cpa')).toBe('https://home.example/cpa/v1');
});
