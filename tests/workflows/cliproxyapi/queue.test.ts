import { describe, expect, test } from 'vitest';
import { addKey } from '../../../src/workflows/accounts/keep-keys';
import {
  apply,
  must,
  opened,
  planOf,
  providers,
  publicModels,
  scene,
  SECOND_KEY,
  served,
  type Scene,
  planDialog,
} from '../scene';

/** Two keys of two relays, each with an agreed plan for a provider of its own. */
async function twoPlans(made: Scene) {
  const { ports, relay, keyId } = made;
  const second = must(
    await addKey(ports, {
      relayName: 'Second',
      baseUrl: relay.origin.replace('127.0.0.1', 'localhost'),
      key: SECOND_KEY,
    }),
  );
  const [a, b] = [await opened(ports, keyId), await opened(ports, second)];
  return [
    { keyId, draft: a.draft, hash: planOf(a).hash },
    { keyId: second, draft: b.draft, hash: planOf(b).hash },
  ] as const;
}

const writesAt = ({ proxy }: Scene): number[] =>
  proxy.requests.filter(({ method }) => method === 'PUT' || method === 'PATCH').map(({ at }) => at);

/** When the proxy was first seen to serve the first import, in the time of its log. */
function watchServed(made: Scene): { at: number } {
  const seen = { at: 0 };
  const { http } = made.ports;
  made.ports.http = {
    async send(request) {
      const reply = await http.send(request);
      const models = reply.ok && request.url.includes('auth-files') && reply.value.text.includes('"id"');
      if (models && seen.at === 0) seen.at = made.clock.now();
      return reply;
    },
  };
  return seen;
}

describe('two imports at once', () => {
  test('are one after the other: both are served and nothing is lost', async () => {
    const made = await scene();
    const [first, second] = await twoPlans(made);
    let writing = 0;
    let most = 0;
    made.proxy.faults.beforeWrite = async () => {
      most = Math.max(most, ++writing);
      await made.clock.sleep(10);
      writing--;
    };
    const outcomes = await Promise.all(
      [first, second].map(({ keyId, draft, hash }) => apply(made.ports, keyId, draft, hash)),
    );
    expect(outcomes).toEqual([
      served(3),
      expect.objectContaining({ kind: expect.stringMatching(/proved|replan/) as string }),
    ]);
    // The first one changed who shares the names of the second: its new plan is shown before it is written.
    const again = outcomes[1]!.kind === 'replan' ? planOf(outcomes[1]!).hash : second.hash;
    expect(await apply(made.ports, second.keyId, second.draft, again)).toMatchObject({ kind: 'proved' });
    await made.proxy.settled();
    expect(providers(made.proxy).map(({ name }) => name)).toEqual(['Other one', 'off', 'My relay', 'Second']);
    expect(await publicModels(made.proxy)).toContain('gpt-4o');
    expect(most).toBe(1);
  });

  test.each([
    ['at once', 2],
    ['after 0.9 s', 900],
    ['after 2.4 s', 2_400],
  ])(
    'of which the first is served %s: the second is not written before 300 ms after that',
    async (_when, reloadDelayMs) => {
      const made = await scene({ proxy: { reloadDelayMs } });
      const [first, second] = await twoPlans(made);
      // The names differ, so that the second plan does not depend on the first import.
      const draft = { ...second.draft, models: [{ name: 'gpt-4o', alias: 'only-mine', typed: true }] };
      const hash = planOf({ planned: await planDialog(made.ports, new Map(), second.keyId, draft) }).hash;
      const seen = watchServed(made);
      const outcomes = await Promise.all([
        apply(made.ports, first.keyId, first.draft, first.hash),
        apply(made.ports, second.keyId, draft, hash),
      ]);
      expect(outcomes).toEqual([served(3), served(1)]);
      const [, secondWrite] = writesAt(made);
      expect(secondWrite! - seen.at).toBeGreaterThanOrEqual(300);
    },
  );

  test('wait also for a write that was done in an earlier life of the worker', async () => {
    const made = await scene();
    const [first, second] = await twoPlans(made);
    await apply(made.ports, first.keyId, first.draft, first.hash);
    const ended = made.clock.now();
    const { nextLife } = await import('../scene');
    const ports = nextLife(made);
    const open = await opened(ports, second.keyId);
    made.proxy.requests.length = 0;
    await apply(ports, second.keyId, open.draft, planOf(open).hash);
    expect(writesAt(made)[0]! - ended).toBeGreaterThanOrEqual(300);
  });
});
