import { readdirSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { startNewApi, type FakeNewApi } from '../fakes/new-api.ts';
import {
  PASSWORD,
  SETTINGS,
  startingState,
  UPSTREAM,
  WITHOUT_HEADERS,
  type Replay,
} from './new-api-settings';
import { differences } from './relay-compare';
import { loadScenario, send, type Answer, type Scenario, type Step, type Values } from './relay-replay';

const FIXTURES = new URL('../fixtures/new-api/', import.meta.url);
const SCENARIOS = readdirSync(FIXTURES).map((file) => file.replace(/\.json$/, ''));

/** The tokens of a sign-in are those that later steps use. */
function remember(values: Values, answer: Answer): void {
  const jwt = /"access_token":"([^"]+)"/.exec(answer.text)?.[1];
  const cookie = /new_api_refresh=([^;]+)/.exec(answer.headers['set-cookie']?.[0] ?? '')?.[1];
  if (jwt !== undefined) values.jwt = jwt;
  if (cookie !== undefined) values.cookie = cookie;
}

let running: FakeNewApi | undefined;
afterEach(() => running?.stop());

async function start(name: string, { given: recorded }: Scenario): Promise<Replay> {
  const given = startingState(recorded);
  // The clock stands still: the recorded seconds that are left would change if one went by between two steps.
  const started = Date.now();
  const relay = await startNewApi({ ...(SETTINGS[name]?.options?.(given) ?? given), now: () => started });
  running = relay;
  const values: Values = {
    'password.admin': PASSWORD,
    upstream: UPSTREAM,
    'upstream.encoded': encodeURIComponent(UPSTREAM),
  };
  const ask: Replay['ask'] = (method, path, authorization, body) =>
    send(relay.origin, { method, path, headers: authorization ? { authorization } : {}, body }, values);
  return { relay, values, recordedKeys: recorded.keys ?? [], ask };
}

async function play(name: string, replay: Replay, step: Step, index: number): Promise<string[]> {
  await SETTINGS[name]?.before?.[index]?.(replay);
  const answer = await send(replay.relay.origin, step.request, replay.values);
  remember(replay.values, answer);
  const withHeaders = !(WITHOUT_HEADERS[name] ?? []).includes(index);
  const label = `step ${index} ${step.request.method} ${step.request.path}`;
  return differences(step, answer, withHeaders).map((difference) => `${label}: ${difference}`);
}

test.each(SCENARIOS)('answers as recorded: %s', async (name) => {
  const scenario = loadScenario(FIXTURES, name);
  const replay = await start(name, scenario);
  const found: string[] = [];
  for (const [index, step] of scenario.steps.entries())
    found.push(...(await play(name, replay, step, index)));
  expect(found).toEqual([]);
});
