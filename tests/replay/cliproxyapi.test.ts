import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCliproxyapi, type FakeCliproxyapi } from '../fakes/cliproxyapi.ts';
import { startUpstream, type FakeUpstream } from '../fakes/upstream.ts';
import { virtualClock } from '../fakes/virtual-clock.ts';
import { replay, type Target } from './replay.ts';
import { readScenarios, type Scenario } from './scenario.ts';

const SCENARIOS = readScenarios(join(import.meta.dirname, '../fixtures/cliproxyapi'));
const VERSION = '7.2.140';

describe('the stand-in CLIProxyAPI answers as the real one was recorded to', () => {
  const clock = virtualClock();
  let upstream: FakeUpstream;
  let shared: FakeCliproxyapi;

  beforeAll(async () => {
    upstream = await startUpstream();
    shared = await startCliproxyapi({ clock });
  });

  afterAll(async () => {
    await shared.stop();
    await upstream.stop();
  });

  test('there are recordings', () => {
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(56);
    expect(new Set(SCENARIOS.map(({ server }) => server))).toEqual(new Set([`CLIProxyAPI ${VERSION}`]));
  });

  test.each(SCENARIOS.map((scenario) => [scenario.scenario, scenario] as const))(
    '%s',
    async (_, scenario) => {
      const fresh = scenario.fresh
        ? await startCliproxyapi({ clock, startup: scenario.config?.startup })
        : undefined;
      try {
        await expect(replay(scenario, targetOf(scenario, fresh ?? shared))).resolves.toBeUndefined();
      } finally {
        await fresh?.stop();
      }
    },
  );

  function targetOf({ config }: Scenario, fake: FakeCliproxyapi): Target {
    return {
      origin: fake.origin,
      // Where none is configured any will do: the API does not exist.
      managementKey: config?.noReset ? 'mk-none' : fake.managementKey,
      proxyKey: fake.proxyKeys[0] ?? 'sk-none',
      version: VERSION,
      upstream,
      settled: () => fake.settled(),
      clock,
    };
  }
});
