import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { readBackup } from '../../src/core/backup/read-backup';
import { MESSAGES } from '../../src/contract/messages';
import { readPaste } from '../../src/core/paste/read-paste';
import { createHandlers } from '../../src/worker/handlers';
import { growth, LINEAR } from '../core/growth';
import { must, scene } from '../workflows/scene';

const file = (data: unknown, more: object = {}): string =>
  JSON.stringify({ format: 'keyferry-backup', version: 1, at: 1, secrets: 'none', data, ...more });

describe('a hostile file', () => {
  test.each([
    ['nested without end', '{"a":'.repeat(200_000)],
    ['an array nested without end', `{"format":"keyferry-backup","data":${'['.repeat(200_000)}`],
    ['of wrong shapes', file({ settings: 1, accounts: 'x', keys: {} })],
    ['with keys that are none', file({ settings: {}, accounts: [], keys: [{ id: 1, text: {} }] })],
    ['that asks for endless work', file('', { secrets: 'sealed', salt: 1, iterations: 'x', sealed: 1 })],
  ])('%s is refused, and nothing hangs', (_, text) =>
    expect(readBackup(text)).toMatchObject({ ok: false, failure: { code: 'backup-broken' } }),
  );

  test('sets nothing on what all objects are made of', () => {
    readBackup(
      '{"__proto__":{"owned":1},"format":"keyferry-backup","version":1,"constructor":{"prototype":{"owned":1}}}',
    );
    expect(({} as Record<string, unknown>)['owned']).toBeUndefined();
  });

  test.each(['sk-', '{"', 'https://a@', 'curl -H "', '= ', '\u202e'])(
    'of text made of %j is read in time that grows with its length',
    (piece) =>
      expect(growth(readPaste, (size) => piece.repeat(size / piece.length), { whole: 500_000 })).toBeLessThan(
        LINEAR,
      ),
  );
});

describe('a hostile page', () => {
  test('that speaks to the worker in other shapes changes nothing', async () => {
    const made = await scene();
    const { route } = createHandlers(made.ports);
    const before = must(await made.ports.saved.read());
    const inputs = [
      undefined,
      null,
      1,
      'x',
      [],
      { keyId: {} },
      JSON.parse('{"__proto__":{"keyId":"k"}}') as unknown,
      { settings: { sites: 1 } },
    ];
    // What needs no more than its name does what it says: a page of ours may send it.
    const shaped = Object.entries(MESSAGES).flatMap(([name, schema]) => (v.is(schema, {}) ? [] : [name]));
    expect(shaped.length).toBeGreaterThan(50);
    for (const name of shaped)
      for (const input of inputs) expect(await route({ name, input })).toMatchObject({ ok: false });
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
      for (const input of inputs) expect(await route({ name, input })).not.toMatchObject({ ok: true });
    expect(must(await made.ports.saved.read())).toEqual(before);
    expect(made.relay.requests).toEqual([]);
  });
});
