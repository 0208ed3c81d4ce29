import { expect, test } from 'vitest';
import type { LaterHandlers } from '../../src/worker/later-handlers';
import { createLifeCycle } from '../../src/worker/life-cycle';
import { never } from '../fakes/clock';
import { must } from '../workflows/scene';
import { testPorts } from '../workflows/test-ports';

/** Two CLIProxyAPIs, and something that the last life of the worker left at one of them. */
async function unfinished(): Promise<ReturnType<typeof testPorts>> {
  const ports = testPorts();
  must(
    await ports.everywhere.saved.change(
      ({ proxies }) => void proxies.push({ id: 'nas', connection: null, cards: {} }),
    ),
  );
  const running = { importId: 'i', stage: 'writing', served: 0, total: 1 } as const;
  must(await ports.at('nas').session.change((session) => void (session.running['k'] = running)));
  return ports;
}

const laterThat = (recover: () => Promise<void>): LaterHandlers =>
  ({ recoverUnfinished: recover }) as unknown as LaterHandlers;

test('what is left at one that hangs holds up no change of another', async () => {
  const looked: string[] = [];
  const life = createLifeCycle(await unfinished(), async (proxyId) =>
    laterThat(async () => {
      looked.push(proxyId ?? '');
      if (proxyId === 'nas') await never;
    }),
  );
  void life.start();
  await life.startAt('first');
  await expect.poll(() => looked.toSorted()).toEqual(['first', 'nas']);
});

test('it is looked at once at each, and once more after the lock was opened', async () => {
  const looked: string[] = [];
  const life = createLifeCycle(await unfinished(), async (proxyId) =>
    laterThat(async () => void looked.push(proxyId ?? '')),
  );
  await Promise.all([life.start(), life.startAt('nas'), life.start()]);
  expect(looked.toSorted()).toEqual(['first', 'nas']);
  life.startAgain();
  await life.start();
  expect(looked).toHaveLength(4);
});

test('a look that failed is tried again by the next message', async () => {
  let fails = true;
  const life = createLifeCycle(await unfinished(), async () =>
    laterThat(async () => {
      if (fails) throw new Error('the storage is full');
    }),
  );
  await expect(life.startAt('nas')).rejects.toThrow('full');
  fails = false;
  await expect(life.startAt('nas')).resolves.toBeUndefined();
});
