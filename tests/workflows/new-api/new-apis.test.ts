import { describe, expect, test } from 'vitest';
import { NEW_API_STEPS } from '../../../src/core/new-api/view';
import { ANY_MODEL } from '../../../src/core/sync/model-rules';
import { checkNewApi } from '../../../src/workflows/new-api/check-new-api';
import { exportBackup } from '../../../src/workflows/backup/export-backup';
import { forgetNewApi, readNewApis, saveNewApi } from '../../../src/workflows/new-api/keep-new-apis';
import { readView } from '../../../src/workflows/view/read-view';
import { setLock } from '../../../src/workflows/backup/lock';
import { listChannels } from '../../../src/workflows/channels/list-channels';
import { changeNewApi } from '../../../src/workflows/new-api/new-api-client';
import { runDueSyncs, saveSync } from '../../../src/workflows/sync/schedule-sync';
import { readSyncRuns } from '../../../src/workflows/sync/sync-models';
import { DEFAULT_ACCESS_TOKEN } from '../../fakes/new-api.ts';
import { startReplayer } from '../../relays/replayer.ts';
import { recordings } from '../../relays/recordings.ts';
import { channelScene, importIt, refusals, ROOT_TOKEN } from '../channels/scene';
import { must, never } from '../scene';
import { testPorts } from '../test-ports';

describe('a New API', () => {
  test('is kept with its token, and shown without it', async () => {
    const made = await channelScene();
    const [view] = must(await readNewApis(made.ports));
    expect(view).toMatchObject({
      id: made.newApiId,
      name: 'Mine',
      granted: true,
      family: null,
      halted: null,
    });
    expect(JSON.stringify(view)).not.toContain(ROOT_TOKEN);
    expect(made.admin.requests).toEqual([]);
  });

  test('is kept once for each of its users, and there may be several', async () => {
    const { ports, admin } = await channelScene();
    const again = { name: 'x', siteUrl: `${admin.origin}/console`, accessToken: ROOT_TOKEN, userId: '1' };
    expect(await saveNewApi(ports, again)).toMatchObject({ failure: { code: 'duplicate', name: 'Mine' } });
    expect(await saveNewApi(ports, { ...again, siteUrl: 'sk-Labk0000000000000001' })).toMatchObject({
      failure: { code: 'address-is-key' },
    });
    expect((await saveNewApi(ports, { ...again, siteUrl: 'https://b.example' })).ok).toBe(true);
    expect(must(await readNewApis(ports)).length).toBe(2);
  });

  test('keeps its token when only the name changes, and never takes it to another site', async () => {
    const { ports, admin, newApiId: id } = await channelScene();
    const input = { id, name: 'Other', siteUrl: admin.origin, userId: '1' };
    expect((await saveNewApi(ports, input)).ok).toBe(true);
    expect((await listChannels(ports, id)).ok).toBe(true);
    expect(await saveNewApi(ports, { ...input, siteUrl: 'https://b.example' })).toMatchObject({
      failure: { code: 'key-for-new-host' },
    });
    expect(await saveNewApi(ports, { ...input, id: 'gone' })).toMatchObject({
      failure: { code: 'unknown-item' },
    });
  });

  test('that moves to another site takes no schedule, no numbers and no runs along', async () => {
    const made = await channelScene();
    await importIt(made);
    const { ports, newApiId: id } = made;
    const rules = { include: ['gpt'], exclude: [] };
    must(await saveSync(ports, id, { everyHours: 6, applyAdded: true, rules, skip: [1] }));
    await runDueSyncs(ports, never());
    expect(must(await readSyncRuns(ports, id)).length).toBe(1);
    const moved = { id, name: 'Mine', siteUrl: 'https://b.example', accessToken: ROOT_TOKEN, userId: '1' };
    must(await saveNewApi(ports, moved));
    expect(must(await readNewApis(ports))).toMatchObject([
      { family: null, sync: { everyHours: 0, applyAdded: false, rules, skip: [], lastAt: null } },
    ]);
    expect(must(await readSyncRuns(ports, id))).toEqual([]);
    expect(must(await ports.saved.read()).channelLinks).toEqual([]);
  });

  test('keeps its schedule under a new name, and is not brought back by one when it is forgotten', async () => {
    const { ports, admin, newApiId: id } = await channelScene();
    must(await saveSync(ports, id, { everyHours: 6, applyAdded: true, rules: ANY_MODEL, skip: [1] }));
    const input = { id, name: 'Other', siteUrl: admin.origin, userId: '1' };
    const ran = changeNewApi(ports, id, (newApi) => void (newApi.sync.lastAt = 5));
    await Promise.all([ran, saveNewApi(ports, input)]);
    expect(must(await readNewApis(ports))).toMatchObject([
      { name: 'Other', sync: { everyHours: 6, skip: [1], lastAt: 5 } },
    ]);
    const [, saved] = await Promise.all([forgetNewApi(ports, id), saveNewApi(ports, input)]);
    expect(saved).toMatchObject({ failure: { code: 'unknown-item' } });
    expect(must(await readNewApis(ports))).toEqual([]);
  });

  test('whose refused token cannot be stored as such is not asked again either', async () => {
    const { ports, device, admin, newApiId } = await channelScene();
    must(await listChannels(ports, newApiId));
    admin.users[0]!.accessToken = DEFAULT_ACCESS_TOKEN;
    device.local.set = () => {
      throw new Error('QUOTA_BYTES quota exceeded');
    };
    for (let click = 0; click < 3; click++)
      expect(await listChannels(ports, newApiId)).toMatchObject({ failure: { code: 'token-refused' } });
    expect(refusals(admin)).toBe(1);
  });

  test('whose token was refused is not asked again for a new name, and is for a new token', async () => {
    const { ports, admin, newApiId: id } = await channelScene();
    admin.users[0]!.accessToken = DEFAULT_ACCESS_TOKEN;
    expect((await listChannels(ports, id)).ok).toBe(false);
    const input = { id, name: 'Other', siteUrl: admin.origin, userId: '1' };
    must(await saveNewApi(ports, input));
    must(await saveNewApi(ports, { ...input, accessToken: ROOT_TOKEN }));
    expect(await listChannels(ports, id)).toMatchObject({ failure: { code: 'token-refused' } });
    expect(refusals(admin)).toBe(1);
    must(await saveNewApi(ports, { ...input, accessToken: DEFAULT_ACCESS_TOKEN }));
    expect((await listChannels(ports, id)).ok).toBe(true);
  });

  test('that is forgotten leaves neither its token nor the record of its channels', async () => {
    const made = await channelScene();
    await importIt(made);
    must(await forgetNewApi(made.ports, made.newApiId));
    expect(must(await readNewApis(made.ports))).toEqual([]);
    expect(made.device.local.get('keyferry')).not.toContain(ROOT_TOKEN);
    expect(made.admin.channels.length).toBe(3);
  });

  test('outlives the worker, and is sealed with the rest by a lock', async () => {
    const made = await channelScene();
    await importIt(made);
    const life = testPorts(made.device, { clock: made.clock });
    expect(must(await readNewApis(life))).toMatchObject([{ id: made.newApiId, family: 'new-api' }]);
    expect(must(await listChannels(life, made.newApiId)).keys).toEqual({ 3: made.keyId });
    must(await setLock(life, { passphrase: 'pass' }, 1_000));
    expect([...made.device.local.values()].join('')).not.toContain(ROOT_TOKEN);
    expect((await listChannels(life, made.newApiId)).ok).toBe(true);
  });

  test('stands in the picture with the keys that have a channel there, and without its token', async () => {
    const made = await channelScene();
    await importIt(made);
    const { newApis } = must(await readView(made.ports));
    expect(newApis).toMatchObject([{ id: made.newApiId, name: 'Mine', granted: true, keys: [made.keyId] }]);
    expect(JSON.stringify(newApis)).not.toContain(ROOT_TOKEN);
  });

  test('stands in a backup, with its token only where that is sealed', async () => {
    const made = await channelScene();
    const open = must(await exportBackup(made.ports, undefined));
    expect(JSON.parse(open)).toMatchObject({ data: { newApis: [{ name: 'Mine', userId: '1' }] } });
    expect(open).not.toContain(ROOT_TOKEN);
    expect(must(await exportBackup(made.ports, 'pass', 1_000))).not.toContain(ROOT_TOKEN);
  });
});

describe('the check', () => {
  const check = async (options: Parameters<typeof channelScene>[0] = {}) => {
    const made = await channelScene(options);
    return { made, report: must(await checkNewApi(made.ports, made.newApiId)) };
  };

  test('passes all steps and says what it found', async () => {
    const { made, report } = await check();
    expect(report).toMatchObject({
      passed: [...NEW_API_STEPS],
      failure: null,
      found: { family: 'new-api', channels: 2, groups: ['default', 'svip', 'vip'] },
    });
    expect(must(await readNewApis(made.ports))).toMatchObject([
      { family: 'new-api', rights: { admin: true, write: true, sensitive: true } },
    ]);
  });

  test.each([
    [1, 'channel-no-admin', ['reachable', 'family', 'token']],
    [10, 'channel-no-right', ['reachable', 'family', 'token', 'admin']],
  ])('of an account of role %d stops at %s', async (role, code, passed) => {
    const { report } = await check({
      users: [{ id: 1, username: 'alice', accessToken: ROOT_TOKEN, role }],
    });
    expect(report).toMatchObject({ failure: { code }, passed });
  });

  test('sends a wrong token once, and once more when it is asked for again', async () => {
    const { made, report } = await check({
      users: [{ id: 2, username: 'alice', accessToken: DEFAULT_ACCESS_TOKEN }],
    });
    expect(report).toMatchObject({ failure: { code: 'token-refused' }, passed: ['reachable', 'family'] });
    expect(refusals(made.admin)).toBe(1);
    expect((await listChannels(made.ports, made.newApiId)).ok).toBe(false);
    expect(refusals(made.admin)).toBe(1);
    await checkNewApi(made.ports, made.newApiId);
    expect(refusals(made.admin)).toBe(2);
  });

  test('sends the token to nothing that is no New API', async () => {
    const made = await channelScene();
    made.admin.faults.html = true;
    expect(must(await checkNewApi(made.ports, made.newApiId))).toMatchObject({
      passed: ['reachable'],
      failure: { code: 'not-new-api' },
    });
    const asked = made.admin.requests.map(({ path }) => path);
    expect(asked.filter((path) => path.startsWith('/api/user') || path.startsWith('/api/channel'))).toEqual(
      [],
    );
  });

  test('says that nobody listens there', async () => {
    const made = await channelScene();
    await made.admin.stop();
    expect(must(await checkNewApi(made.ports, made.newApiId))).toMatchObject({
      passed: [],
      failure: { code: 'relay-unreachable' },
    });
    expect(must(await readNewApis(made.ports))).toMatchObject([
      { rights: null, checkedAt: expect.any(Number) as unknown },
    ]);
  });

  test('says that the user id is missing where a server of the cookie generation wants one, once', async () => {
    const made = await channelScene();
    const cookies = await startReplayer(recordings('new-api-cookie', ['status', 'auth']));
    const login = { name: '', siteUrl: cookies.origin, accessToken: ROOT_TOKEN, userId: '' };
    const id = must(await saveNewApi(made.ports, login));
    const sent = () => cookies.calls.filter(({ headers }) => headers['authorization']).length;
    expect(must(await checkNewApi(made.ports, id))).toMatchObject({ failure: { code: 'user-id-needed' } });
    expect(sent()).toBe(1);
    expect(await listChannels(made.ports, id)).toMatchObject({ failure: { code: 'user-id-needed' } });
    expect(sent()).toBe(1);
  });

  test('asks for the user id where the family needs it, before the token is sent', async () => {
    const made = await channelScene();
    const veloera = await startReplayer(recordings('veloera', ['status']));
    const id = must(
      await saveNewApi(made.ports, {
        name: '',
        siteUrl: veloera.origin,
        accessToken: ROOT_TOKEN,
        userId: '',
      }),
    );
    expect(must(await checkNewApi(made.ports, id))).toMatchObject({
      passed: ['reachable', 'family'],
      failure: { code: 'user-id-needed' },
    });
    expect(veloera.calls.filter(({ headers }) => headers['authorization'])).toEqual([]);
  });
});
