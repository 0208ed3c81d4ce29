import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FAILURE_CODES } from './failure-codes';
import type { FailureCode } from '../../../src/core/failures/failure';

/** Codes that no unit test can produce, with the reason. Keep it short. */
const NOT_HERE: Partial<Record<FailureCode, string>> = {
  'undo-changed': 'stays inside an undo: its outcome is what would be lost',
  'permission-denied': 'comes from the browser’s own prompt, in the pages (tests/e2e)',
};

const ROOMS = ['core', 'storage', 'relays', 'targets', 'workflows', 'contract', 'platform', 'ui'];

const texts = (directory: string, pattern: RegExp, leaveOut: string[] = []): string =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file) && !leaveOut.includes(file))
    .map((file) => readFileSync(`${directory}/${file}`, 'utf8'))
    .join('\n');

const inTests = ROOMS.map((room) => {
  try {
    return texts(`tests/${room}`, /\.test\.tsx?$/, ['failures/failures.test.ts']);
  } catch {
    return '';
  }
}).join('\n');
const inSource = texts('src', /\.tsx?$/, ['core/failures/failure.ts']) + texts('entrypoints', /\.tsx?$/);

const produced = FAILURE_CODES.filter((code) => inSource.includes(`'${code}'`));

test('every failure code is in some test, or in the list of those that cannot be', () => {
  const missing = produced.filter((code) => !inTests.includes(`'${code}'`) && !(code in NOT_HERE));
  expect(missing).toEqual([]);
  expect(Object.keys(NOT_HERE).filter((code) => inTests.includes(`'${code}'`))).toEqual([]);
});

test('every failure code is produced somewhere: a sentence for what cannot happen is a lie', () => {
  expect(FAILURE_CODES.filter((code) => !produced.includes(code))).toEqual([]);
});
