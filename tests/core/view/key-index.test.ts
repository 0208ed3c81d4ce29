import { describe, expect, test } from 'vitest';
import type { Card } from '../../../src/core/cliproxyapi/card';
import { indexOf } from '../../../src/core/view/key-index';
import type { KeyView } from '../../../src/core/view/view';
import { keyView, missing, proved, running } from '../../ui/samples';

const failed: Card = {
  kind: 'failed',
  failure: { code: 'relay-unreachable', host: 'h1.example' },
  importId: null,
  root: '',
  at: 7,
};
const interrupted: Card = { kind: 'interrupted', importId: 'i1', root: '', finding: 'unread', at: 7 };

describe('a key stands with CLIProxyAPI as its card says:', () => {
  test.each<[string, Partial<KeyView>, string, string | undefined]>([
    ['nothing was imported', {}, 'not-imported', undefined],
    ['its relay switched it off', { status: 'disabled' }, 'not-imported', undefined],
    ['its import is under way', { running: running(), card: failed }, 'running', undefined],
    ['it failed', { card: failed }, 'review', 'failed relay-unreachable'],
    ['it was cut off', { card: interrupted }, 'review', 'interrupted unread'],
    ['it is served', { card: proved() }, 'served', undefined],
    // What is not proved for this very key is not served, whatever was listed or registered.
    ['it is listed', { card: proved({ basis: 'listed' }) }, 'review', 'listed'],
    [
      'it is listed with the key alone',
      { card: proved({ basis: 'listed', keyOnly: true }) },
      'review',
      'listed',
    ],
    ['only a request would prove it', { card: proved({ unsure: true }) }, 'review', 'unsure'],
    [
      'it is listed in part',
      { card: proved({ basis: 'listed', served: 3, missing: [missing('hidden', 'm')] }) },
      'review',
      'missing hidden',
    ],
    [
      'it is served in part',
      { card: proved({ served: 3, missing: [missing('hidden', 'm')] }) },
      'review',
      'missing hidden',
    ],
    ['nobody could ask', { card: proved({ basis: 'none' }) }, 'review', 'missing unknown'],
    ['it has no model', { card: proved({ served: 0, total: 0 }) }, 'review', 'missing unknown'],
    ['none of the chosen models was taken', { card: proved({ keyOnly: true }) }, 'review', 'key-only'],
  ])('%s', (_what, key, group, reason) => {
    const index = indexOf(keyView(key));
    expect([index.group, index.reason?.id]).toEqual([group, reason]);
  });

  test('with the list and the time of its last import', () => {
    const { list, importedAt } = indexOf(keyView({ card: proved({ list: 'claude-api-key', at: 9 }) }));
    expect([list, importedAt]).toEqual(['claude-api-key', 9]);
    expect(indexOf(keyView())).toMatchObject({ list: null, importedAt: 0 });
    expect(indexOf(keyView({ card: failed }))).toMatchObject({ list: null, importedAt: 7 });
  });
});

test('what is searched is made once for each picture of a key', () => {
  const key = keyView({ name: 'NIGHT', note: 'Cron' });
  expect(indexOf(key)).toBe(indexOf(key));
  expect(indexOf(key).text).toContain('night');
  expect(indexOf({ ...key, name: 'Day' }).text).toContain('day');
});
