import { expect, test } from 'vitest';
import { createHandlers } from '../../src/worker/handlers';
import { arrived, channelScene } from '../workflows/channels/scene';
import { must } from '../workflows/scene';

test('a work can be followed and stopped by the id that the page chose, and its results come back', async () => {
  const made = await channelScene({
    channels: Array.from({ length: 40 }, (_, index) => ({
      name: `c${index}`,
      baseUrl: 'https://other.example',
      models: 'a',
    })),
  });
  made.admin.faults.delayMs = 15;
  const { handlers } = createHandlers(made.ports);
  // The first goes alone, then four at once.
  const eighth = arrived(made.admin, '/api/channel/test/', 8);
  const work = handlers['channels.test']({
    newApiId: made.newApiId,
    workId: 'w',
    channelIds: made.admin.channels.map(({ id }) => id),
  });
  await eighth;
  expect(must(await handlers['work.progress']({ workId: 'w' }))?.done).toBeGreaterThan(2);
  expect(must(await handlers['work.progress']({ workId: 'w' }))?.total).toBe(40);
  must(await handlers['work.stop']({ workId: 'w' }));
  const kinds = must(await work).map(({ kind }) => kind);
  expect(kinds).toContain('done');
  expect(kinds).toContain('not-tried');
  expect(must(await handlers['work.progress']({ workId: 'w' }))).toBeNull();
});

test('closing the lock stops a work as well', async () => {
  const made = await channelScene();
  made.admin.faults.hang = '/api/channel/test';
  const { handlers } = createHandlers(made.ports);
  must(await handlers['lock.set']({ passphrase: 'pass' }));
  const first = arrived(made.admin, '/api/channel/test/', 1);
  const work = handlers['channels.test']({ newApiId: made.newApiId, workId: 'w', channelIds: [1, 2] });
  await first;
  must(await handlers['lock.close']({}));
  expect(must(await work)).toMatchObject([
    { kind: 'failed', failure: { code: 'cancelled' } },
    { kind: 'not-tried' },
  ]);
});

test('no answer about New APIs and channels holds a token or a key', async () => {
  const made = await channelScene();
  const { handlers } = createHandlers(made.ports);
  const { newApiId, keyId } = made;
  const opened = must(await handlers['channel-import.open']({ newApiId, keyId }));
  const answers = [
    opened,
    await handlers['new-api.list']({}),
    await handlers['new-api.check']({ newApiId }),
    await handlers['channels.list']({ newApiId }),
    await handlers['channels.groups']({ newApiId }),
    await handlers['channel-import.plan']({ newApiId, keyId, draft: opened.draft }),
    await handlers['sync.run']({ newApiId, workId: 'r', channelIds: null }),
    await handlers['sync.runs']({ newApiId }),
    await handlers['channels.history']({}),
  ];
  expect(JSON.stringify(answers)).not.toMatch(/LabPat|sk-their|LaboneFake/);
});

test('the alarm of the schedule runs what is due, and no other alarm does', async () => {
  const made = await channelScene();
  const { handlers, onAlarm } = createHandlers(made.ports);
  const rules = { include: [], exclude: [] };
  const settings = { everyHours: 1, applyAdded: false, rules, skip: [] };
  must(await handlers['sync.save']({ newApiId: made.newApiId, settings }));
  await onAlarm('unfinished');
  expect(must(await handlers['sync.runs']({ newApiId: made.newApiId }))).toEqual([]);
  await onAlarm('model-sync');
  expect(must(await handlers['sync.runs']({ newApiId: made.newApiId }))).toMatchObject([{ by: 'schedule' }]);
});
