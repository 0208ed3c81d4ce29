import { describe, expect, test } from 'vitest';
import type { Channel } from '../../../src/core/channels/channel';
import { copyChanges, copyElsewhere, copyHere, type CopyPlace } from '../../../src/core/channels/copy';
import { channel } from './channels';

const place = (more: Partial<CopyPlace> = {}): CopyPlace => ({
  family: 'new-api',
  siteUrl: 'https://mine.example',
  gemini: 24,
  tags: true,
  groups: ['default'],
  ...more,
});
const there = place({ siteUrl: 'https://there.example' });
const HUB = place({ siteUrl: 'https://hub.example', family: 'one-hub', gemini: 25 });

const original = (more: Partial<Channel> = {}): Channel =>
  channel({
    id: 7,
    name: 'r',
    baseUrl: 'https://r.example',
    models: 'a,b',
    mapping: '{"a":"x"}',
    group: 'default,vip',
    priority: 3,
    weight: 2,
    tag: 't',
    ...more,
  });

describe('a copy on the same site', () => {
  test('is the channel once more, with the name that the site gives to copies', () => {
    const plan = copyHere(original({ remark: 'why', manyKeys: true, headers: 'set' }));
    expect(plan).toMatchObject({ fields: { name: 'r_复制', models: 'a,b', remark: 'why' }, left: [] });
    expect(plan.fields).not.toHaveProperty('id');
  });

  test('says that the site may not switch it off, which is told of no other new channel', () => {
    const rows = (autoBan: number) => copyChanges(copyHere(original({ autoBan }))).map(({ field }) => field);
    expect([rows(0).includes('autoBan'), rows(1).includes('autoBan')]).toEqual([true, false]);
  });

  test('shows its address without what is hidden in it, and keeps it', () => {
    const plan = copyHere(original({ baseUrl: 'https://me:pass@r.example' }));
    expect(plan.fields.baseUrl).toBe('https://me:pass@r.example');
    expect(copyChanges(plan)).toContainEqual({ field: 'baseUrl', from: '', to: 'https://r.example' });
  });
});

describe('a copy at another site', () => {
  test('has its name and all fields of a site of the same software', () => {
    const more = { remark: 'why', testModel: 'a', autoBan: 0, paramOverride: '{}', statusMapping: '{}' };
    const plan = copyElsewhere(original(more), place(), there);
    expect(plan).toMatchObject({ ok: true, value: { fields: { name: 'r', tag: 't', ...more }, left: [] } });
  });

  test('leaves behind what the other software may not have, by name', () => {
    const more = { remark: 'why', testModel: '', autoBan: 1, paramOverride: '{"x":1}' };
    const plan = copyElsewhere(original(more), place(), { ...HUB, tags: false });
    expect(plan).toMatchObject({ ok: true, value: { left: ['tag', 'remark', 'paramOverride'] } });
    expect(plan.ok && plan.value.fields).not.toHaveProperty('remark');
    expect(plan.ok && plan.value.fields.tag).toBe('');
  });

  test('leaves behind what is not told: headers, all keys but one, a password in the address', () => {
    const secret = { headers: 'set', manyKeys: true, baseUrl: 'https://me:pass@r.example' } as const;
    expect(copyElsewhere(original(secret), place(), there)).toMatchObject({
      value: { fields: { baseUrl: 'https://r.example' }, left: ['address', 'keys', 'headerOverride'] },
    });
  });

  test('is in the groups that are there, else in the first of them', () => {
    const groupOf = (groups: string[]) => {
      const plan = copyElsewhere(original(), place(), { ...there, groups });
      return plan.ok && plan.value.fields.group;
    };
    expect([groupOf(['vip']), groupOf(['free', 'paid']), groupOf([])]).toEqual([
      'default,vip',
      'free',
      'default,vip',
    ]);
  });

  test('speaks the same language under the number that it has there', () => {
    expect(copyElsewhere(original({ type: 24 }), place(), HUB)).toMatchObject({
      value: { fields: { type: 25 } },
    });
    expect(copyElsewhere(original({ type: 25 }), HUB, place())).toMatchObject({
      value: { fields: { type: 24 } },
    });
  });

  test('of another provider goes only where numbers mean the same', () => {
    const azure = original({ type: 3 });
    expect(copyElsewhere(azure, place(), place({ family: 'new-api-old' }))).toMatchObject({ ok: true });
    expect(copyElsewhere(azure, place(), HUB)).toMatchObject({
      failure: { code: 'channel-type', host: 'hub.example' },
    });
    // What is Gemini there is another provider here.
    expect(copyElsewhere(original({ type: 25 }), place(), HUB)).toMatchObject({ ok: false });
  });

  test('is none where it would lead the site to itself', () => {
    expect(copyElsewhere(original({ baseUrl: there.siteUrl }), place(), there)).toMatchObject({
      failure: { code: 'channel-own-site' },
    });
  });
});
