import { describe, expect, test } from 'vitest';
import { ACCOUNT_FAMILIES, FAMILIES, type AccountFamily } from '../../src/core/accounts/relay-family';
import type { Http } from '../../src/ports/http';
import { KEY_EDITS } from '../../src/relays/edits-table';
import type { KeyDraft } from '../../src/relays/relay';

const credentials = { siteUrl: 'https://relay.example', accessToken: 'fake', userId: '2' };
type Json = Record<string, unknown>;

/** A key with a value in every field that a family has, also in those that KeyFerry knows nothing of. */
const SHAPES: Record<'new-api' | 'one-api' | 'one-hub', Json> = {
  'new-api': {
    model_limits_enabled: true,
    model_limits: 'gpt-4o,o3',
    allow_ips: '10.0.0.1',
    group: 'vip',
    cross_group_retry: true,
    auto_groups: ['a'],
  },
  'one-api': { models: 'gpt-4o,o3', subnet: '10.0.0.0/8' },
  'one-hub': {
    group: 'vip',
    backup_group: 'spare',
    setting: {
      heartbeat: { enabled: true, timeout_seconds: 60 },
      limits: {
        limit_model_setting: { enabled: true, models: ['gpt-4o', 'o3'] },
        limits_ip_setting: { enabled: true, whitelist: ['10.0.0.1'] },
      },
      billing_tag: 'b',
    },
  },
};
const shapeOf = (family: AccountFamily): Json =>
  SHAPES[family === 'one-api' || family === 'one-hub' ? family : 'new-api'];

/** A server as all of them are: PUT replaces every field, and what is left out is emptied (recorded exchanges). */
function server(family: AccountFamily, more: Json = {}) {
  const held: { token: Json; puts: Json[]; refuses: boolean } = {
    token: {
      id: 7,
      user_id: 2,
      key: family === 'new-api' ? 'Labx**********0007' : 'LabxFakeKeyFakeKeyFakeKeyFakeKeyFakeKeyFakeK0007',
      status: 2,
      name: 'one',
      created_time: 1,
      accessed_time: 2,
      expired_time: 1_900_000_000,
      remain_quota: 500,
      used_quota: 40,
      unlimited_quota: false,
      ...shapeOf(family),
      ...more,
    },
    puts: [],
    refuses: false,
  };
  const emptied = Object.fromEntries(
    Object.keys(held.token)
      .filter((name) => name !== 'key')
      .map((name) => [name, null]),
  );
  const http: Http = {
    async send({ method, body }) {
      if (method === 'PUT') {
        const put = JSON.parse(body ?? '') as Json;
        held.puts.push(put);
        if (!held.refuses) held.token = { key: held.token['key'], ...emptied, ...put };
      }
      const text = JSON.stringify({ success: true, message: '', data: held.token });
      return { ok: true, value: { status: 200, text, header: () => null } };
    },
  };
  return { held, http };
}

const CHANGES: Partial<KeyDraft>[] = [
  { name: 'two' },
  { group: 'default' },
  { quota: 900 },
  { quota: null },
  { expiredTime: -1 },
  { models: ['o3'] },
  { models: null },
  { name: 'two', quota: 1, expiredTime: 1_950_000_000, models: ['x'] },
];

describe.each(ACCOUNT_FAMILIES)('a key of the family %s', (family) => {
  const possible = CHANGES.filter(
    (change) => !('group' in change) || FAMILIES[family].newKey.includes('group'),
  );

  test.each(possible)('changes in %o, and all else of it stays', async (change) => {
    const { held, http } = server(family);
    const before = structuredClone(held.token);
    expect(await KEY_EDITS[family].changeKey(http, credentials, 7, change)).toEqual({
      ok: true,
      value: true,
    });
    const fields: Record<keyof KeyDraft, string[]> = {
      name: ['name'],
      group: ['group'],
      quota: ['remain_quota', 'unlimited_quota'],
      expiredTime: ['expired_time'],
      models: ['models', 'model_limits', 'model_limits_enabled', 'setting'],
    };
    const mayDiffer = new Set((Object.keys(change) as (keyof KeyDraft)[]).flatMap((name) => fields[name]));
    for (const [name, value] of Object.entries(before))
      if (!mayDiffer.has(name)) expect([name, held.token[name]]).toEqual([name, value]);
    if (family === 'one-hub') {
      const setting = before['setting'] as { limits: object };
      const limits = { ...setting.limits, limit_model_setting: expect.anything() as unknown };
      expect(held.token['setting']).toEqual({ ...setting, limits });
    }
    expect(JSON.stringify(held.puts)).not.toContain('**');
  });

  test('that is not as asked afterwards is no success', async () => {
    const { held, http } = server(family);
    held.refuses = true;
    expect(await KEY_EDITS[family].changeKey(http, credentials, 7, { name: 'two' })).toEqual({
      ok: false,
      failure: { code: 'key-unchanged', host: 'relay.example' },
    });
  });

  test('that is another one is left alone', async () => {
    const { held, http } = server(family, { id: 8 });
    expect(await KEY_EDITS[family].changeKey(http, credentials, 7, { name: 'two' })).toMatchObject({
      failure: { code: 'relay-shape' },
    });
    expect(held.puts).toEqual([]);
  });
});

test('a Sub2API key gets a name or a group, and keeps the rest', async () => {
  let key: Json = { id: 7, user_id: 2, key: 'fake', name: 'one', group_id: 2, status: 'active', quota: 5 };
  const puts: Json[] = [];
  const http: Http = {
    async send({ method, body }) {
      if (method === 'PUT') {
        puts.push(JSON.parse(body ?? '') as Json);
        key = { ...key, ...puts.at(-1) };
      }
      const text = JSON.stringify({ code: 0, message: 'success', data: key });
      return { ok: true, value: { status: 200, text, header: () => null } };
    },
  };
  const before = key;
  expect((await KEY_EDITS.sub2api.changeKey(http, credentials, 7, { name: 'two', group: '1' })).ok).toBe(
    true,
  );
  expect(key).toEqual({ ...before, name: 'two', group_id: 1 });
  expect(puts.every((put) => !('key' in put))).toBe(true);
  await expect(KEY_EDITS.sub2api.changeKey(http, credentials, 7, { quota: 5 })).rejects.toThrow('quota');
});
