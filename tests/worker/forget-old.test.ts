import { expect, test } from 'vitest';
import { KEPT } from '../../src/core/history/kept';
import { createHandlers } from '../../src/worker/handlers';
import { importNow, must, nextLife, OTHERS, RELAY_KEY, scene } from '../workflows/scene';

test('secrets of writes that can be undone no more are gone without another import', async () => {
  const made = await scene({ proxy: { providers: OTHERS } });
  expect(await importNow(made.ports, made.keyId)).toMatchObject({ kind: 'proved' });
  const held = () => JSON.stringify(made.device.local.get('journal'));
  expect(held()).toContain(RELAY_KEY);
  const late = { now: () => made.clock.now() + KEPT.ms, sleep: made.clock.sleep };
  const ports = nextLife(made, { clock: { ...made.clock, ...late } });
  must(await createHandlers(ports).handlers.history({}));
  // The journal is one queue: behind the look comes the change, and behind that this.
  for (let turn = 0; turn < 2; turn++) must(await ports.journal.change(() => true));
  expect(held()).not.toContain(RELAY_KEY);
});
