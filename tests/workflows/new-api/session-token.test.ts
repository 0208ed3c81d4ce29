import { expect, test } from 'vitest';
import { ANY_MODEL } from '../../../src/core/sync/model-rules';
import { exportBackup } from '../../../src/workflows/backup/export-backup';
import { closeLock, openLock, setLock } from '../../../src/workflows/backup/lock';
import { listChannels } from '../../../src/workflows/channels/list-channels';
import { forgetNewApi, readNewApis, saveNewApi } from '../../../src/workflows/new-api/keep-new-apis';
import { runDueSyncs, saveSync } from '../../../src/workflows/sync/schedule-sync';
import { readSyncRuns } from '../../../src/workflows/sync/sync-models';
import { channelScene, ROOT_TOKEN } from '../channels/scene';
import { must, never } from '../scene';
import { testPorts } from '../test-ports';

const held = async () => {
  const made = await channelScene();
  const { ports, admin, newApiId: id } = made;
  const input = { id, name: 'Mine', siteUrl: admin.origin, userId: '1', remember: 'session' as const };
  must(await saveNewApi(ports, input));
  const onDevice = (): string => [...made.device.local.values()].join('');
  const inSession = (): string => [...made.device.session.values()].join('');
  /** The browser is closed and started. */
  const restart = () => {
    made.device.session.clear();
    return testPorts(made.device, { clock: made.clock });
  };
  return { ...made, input, onDevice, inSession, restart };
};

test('a token that is kept for the session is not on the device, and works', async () => {
  const { ports, newApiId, onDevice, inSession, input } = await held();
  expect(onDevice()).not.toContain(ROOT_TOKEN);
  expect(inSession()).toContain(ROOT_TOKEN);
  expect((await listChannels(ports, newApiId)).ok).toBe(true);
  expect(must(await readNewApis(ports))).toMatchObject([{ remember: 'session', hasToken: true }]);
  expect(JSON.stringify(must(await readNewApis(ports)))).not.toContain(ROOT_TOKEN);
  // A new name needs no token, and without a word about it the choice stays.
  const { remember: _remember, ...silent } = input;
  must(await saveNewApi(ports, { ...silent, name: 'Other' }));
  expect(onDevice()).not.toContain(ROOT_TOKEN);
  expect((await listChannels(ports, newApiId)).ok).toBe(true);
  expect(
    await saveNewApi(ports, { name: 'x', siteUrl: input.siteUrl, userId: '', accessToken: ROOT_TOKEN }),
  ).toMatchObject({ failure: { code: 'duplicate' } });
});

test('it comes back to the device when the user says so, and leaves the session', async () => {
  const { ports, input, onDevice, inSession, restart, newApiId } = await held();
  must(await saveNewApi(ports, { ...input, remember: 'device' }));
  expect(onDevice()).toContain(ROOT_TOKEN);
  expect(inSession()).not.toContain(ROOT_TOKEN);
  expect((await listChannels(restart(), newApiId)).ok).toBe(true);
});

test('it ends with the browser: nothing is sent until it is entered again', async () => {
  const { admin, restart, newApiId, input, onDevice } = await held();
  const ports = restart();
  const before = admin.requests.length;
  expect(await listChannels(ports, newApiId)).toMatchObject({ failure: { code: 'site-token-missing' } });
  expect(must(await readNewApis(ports))).toMatchObject([{ remember: 'session', hasToken: false }]);
  expect(await saveNewApi(ports, input)).toMatchObject({ failure: { code: 'bad-token' } });
  expect(admin.requests.length).toBe(before);
  must(await saveNewApi(ports, { ...input, accessToken: ROOT_TOKEN }));
  expect((await listChannels(ports, newApiId)).ok).toBe(true);
  expect(onDevice()).not.toContain(ROOT_TOKEN);
});

test('it is sealed by a lock in the session, too, and goes when the New API is forgotten', async () => {
  const { ports, newApiId, inSession } = await held();
  must(await setLock(ports, { passphrase: 'pass' }, 1_000));
  expect(inSession()).not.toContain(ROOT_TOKEN);
  must(await closeLock(ports));
  expect(await listChannels(ports, newApiId)).toMatchObject({ failure: { code: 'locked' } });
  must(await openLock(ports, 'pass'));
  expect((await listChannels(ports, newApiId)).ok).toBe(true);
  must(await forgetNewApi(ports, newApiId));
  expect(must(await ports.session.read()).siteTokens).toEqual({});
});

test('it is in no backup, not even in one with secrets', async () => {
  const { ports } = await held();
  const sealed: string[] = [];
  const sealing = {
    ...ports.sealing,
    seal: async (_key: string, text: string) => {
      sealed.push(text);
      return '';
    },
  };
  must(await exportBackup({ ...ports, sealing }, 'pass', 1_000));
  expect(sealed.join('')).toContain('Mine');
  expect(sealed.join('')).not.toContain(ROOT_TOKEN);
});

test('a schedule says once that it waits for the token, and runs when it is there again', async () => {
  const { ports: before, restart, newApiId, input } = await held();
  must(await saveSync(before, newApiId, { everyHours: 6, applyAdded: false, rules: ANY_MODEL, skip: [] }));
  const ports = restart();
  for (let look = 0; look < 3; look++) await runDueSyncs(ports, never());
  expect(must(await ports.session.read()).notices).toMatchObject([
    { keyName: 'Mine', outcome: { kind: 'failed', failure: { code: 'site-token-missing' } } },
  ]);
  expect(must(await readSyncRuns(ports, newApiId))).toEqual([]);
  must(await saveNewApi(ports, { ...input, accessToken: ROOT_TOKEN }));
  await runDueSyncs(ports, never());
  expect(must(await readSyncRuns(ports, newApiId)).length).toBe(1);
});
