import { expect, test } from 'vitest';
import { isNews, type Finding } from '../../../src/core/undo/judge-record';
import { lookedFor, SOUGHT_MS, type SoughtWrite } from '../../../src/core/undo/looked-for';

const NOW = SOUGHT_MS * 2;
const write = (more: Partial<SoughtWrite> = {}): SoughtWrite => ({
  at: NOW - 1000,
  phase: 'not-written',
  unseen: true,
  keyIds: ['k'],
  proxyRoot: 'http://a.example',
  list: 'openai-compatibility',
  providerName: 'mine',
  ...more,
});
const later = { phase: 'done', keyIds: ['other'], providerName: 'other' } as const;

test.each<[string, boolean, SoughtWrite[]]>([
  ['is open', true, [write({ phase: 'written', unseen: undefined })]],
  ['is open, however old', true, [write({ phase: 'writing', at: 0 })]],
  ['no list showed', true, [write()]],
  ['was refused', false, [write({ unseen: undefined })]],
  ['was found', false, [write({ phase: 'done' })]],
  ['no list showed for too long', false, [write({ at: NOW - SOUGHT_MS })]],
  ['a later one of its key superseded', false, [write({ ...later, keyIds: ['k'] }), write()]],
  ['a later one of its provider superseded', false, [write({ ...later, providerName: 'mine' }), write()]],
  [
    'a later one did not touch: a namesake in another list',
    true,
    [write({ ...later, providerName: 'mine', list: 'claude-api-key' }), write()],
  ],
  [
    'a later one did not touch: at another proxy',
    true,
    [write({ phase: 'done', proxyRoot: 'http://b.example' }), write()],
  ],
])('a write that %s is looked for: %s', (_name, sought, records) => {
  expect(lookedFor(records, NOW).includes(records.at(-1)!)).toBe(sought);
});

test.each<[Finding, boolean, boolean]>([
  ['written', false, true],
  ['needs-look', false, true],
  ['not-written', false, false],
  ['unread', false, false],
  ['not-written', true, true],
  ['unread', true, false],
])('%s, of an open record %s: news %s', (finding, open, news) => {
  expect(isNews(open, finding)).toBe(news);
});
