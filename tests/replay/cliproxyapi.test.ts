import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startCliproxyapi, type FakeCliproxyapi } from '../fakes/cliproxyapi.ts';
import { startUpstream, type FakeUpstream } from '../fakes/upstream.ts';
import { virtualClock } from '../fakes/virtual-clock.ts';
import { replay, type Target } from './replay.ts';
import { readScenarios } from './scenario.ts';

const RECORDINGS = [
  { folder: 'cliproxyapi', server: 'CLIProxyAPI 7.2.140', version: '7.2.140', count: 57 },
  // Recorded from 8.0's own code for the configuration, built into 7.2.140.
  { folder: 'cliproxyapi-v8', server: 'CLIProxyAPI 8.0.0-v8layer', version: '8.0.20', count: 38 },
].map((row) => ({ ...row, scenarios: readScenarios(join(import.meta.dirname, '../fixtures', row.folder)) }));

describe.each(RECORDINGS)('the stand-in of $server answers as it was recorded to', (recording) => {
  const { version, scenarios } = recording;
  const clock = virtualClock();
  let upstream: FakeUpstream;
  let shared: FakeCliproxyapi;

  beforeAll(async () => {
    upstream = await startUpstream();
    shared = await startCliproxyapi({ clock, version });
  });

  afterAll(async () => {
    await shared.stop();
    await upstream.stop();
  });

  test('there are recordings', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(recording.count);
    expect(new Set(scenarios.map(({ server }) => server))).toEqual(new Set([recording.server]));
  });

  test.each(scenarios.map((scenario) => [scenario.scenario, scenario] as const))(
    '%s',
    async (_, scenario) => {
      const fresh = scenario.fresh
        ? await startCliproxyapi({ clock, version, startup: scenario.config?.startup })
        : undefined;
      try {
        await expect(replay(scenario, targetOf(fresh ?? shared))).resolves.toBeUndefined();
      } finally {
        await fresh?.stop();
      }
    },
  );

  function targetOf(fake: FakeCliproxyapi): Target {
    return {
      origin: fake.origin,
      // Where none is configured any will do: the API does not exist.
      managementKey: fake.managementKey || 'mk-none',
      proxyKey: fake.proxyKeys[0] ?? 'sk-none',
      version,
      upstream,
      settled: () => fake.settled(),
      clock,
    };
  }
});
