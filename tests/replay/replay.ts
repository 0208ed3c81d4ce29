import type { FakeUpstream, SeenRequest } from '../fakes/upstream.ts';
import type { VirtualClock } from '../fakes/virtual-clock.ts';
import { difference, fill, inOrder, textMatches, type Variables } from './compare.ts';
import type { RecordedRequest, RecordedUpstreamRequest, Scenario, Step } from './scenario.ts';

/** The families whose lists are brought to what a scenario starts from. */
const FAMILIES = [
  'openai-compatibility',
  'codex-api-key',
  'claude-api-key',
  'gemini-api-key',
  'interactions-api-key',
  'vertex-api-key',
];
const RETRY_MS = 5;

/** The server that a scenario is replayed against. */
export interface Target {
  origin: string;
  managementKey: string;
  proxyKey: string;
  version: string;
  upstream: FakeUpstream;
  /** Waits until the server has loaded what was written. */
  settled(): Promise<void>;
  /** The server's: waits of the recordings pass in no time. */
  clock: VirtualClock;
}

interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Replays a scenario; rejects at the first answer that differs from the recorded one. */
export async function replay(scenario: Scenario, target: Target): Promise<void> {
  const variables = variablesOf(target);
  if (!scenario.config?.noReset) await reset(scenario, target, variables);
  for (const [i, step] of scenario.steps.entries()) {
    if (step.waitMs) await target.clock.sleep(step.waitMs);
    const problem = await playStep(step, target, variables);
    if (problem) throw new Error(`${titleOf(step, i)}: ${problem}`);
    if (step.settle) await target.settled();
  }
}

function titleOf({ request, note }: Step, i: number): string {
  return `step ${i + 1}, ${request.method} ${request.path}${note ? ` (${note})` : ''}`;
}

function variablesOf(target: Target): Variables {
  return {
    origin: target.origin,
    origin_host: new URL(target.origin).host,
    upstream: target.upstream.origin,
    upstream_host: new URL(target.upstream.origin).host,
    management_key: target.managementKey,
    proxy_key: target.proxyKey,
    version: target.version,
  };
}

/** Puts every list to what the scenario starts from, unless it is empty and shall be. */
async function reset(scenario: Scenario, target: Target, variables: Variables): Promise<void> {
  const headers = { Authorization: '{{management_key}}' };
  for (const family of FAMILIES) {
    const path = `/v0/management/${family}`;
    const wanted = (scenario.config?.[family] ?? []) as unknown[];
    const { body } = await exchange({ method: 'GET', path, headers }, target, variables);
    const current = (body as Record<string, unknown[] | null>)[family] ?? [];
    if (wanted.length === 0 && current.length === 0) continue;
    const put = await exchange({ method: 'PUT', path, headers, body: wanted }, target, variables);
    if (put.status !== 200)
      throw new Error(`${family} cannot be set: ${put.status} ${JSON.stringify(put.body)}`);
    await target.settled();
  }
}

async function playStep(step: Step, target: Target, variables: Variables): Promise<string | undefined> {
  const until = target.clock.now() + (step.eventuallyMs ?? 0);
  for (;;) {
    const before = target.upstream.seen.length;
    const answer = await exchange(step.request, target, variables);
    const problem =
      answerProblem(step, answer, variables) ??
      upstreamProblem(step.upstream, target.upstream.seen.slice(before), variables);
    if (problem === undefined || target.clock.now() >= until) return problem;
    await target.clock.sleep(RETRY_MS);
  }
}

async function exchange(recorded: RecordedRequest, target: Target, variables: Variables): Promise<Answer> {
  const { method, path, headers, body } = fill(recorded, variables);
  const sent = fetch(target.origin + path, {
    method,
    headers,
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
  });
  const response = await target.clock.during(sent);
  return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function answerProblem(step: Step, answer: Answer, variables: Variables): string | undefined {
  const { status, headers = {}, body } = step.response;
  if (answer.status !== status) {
    return `expected ${status}, got ${answer.status} ${JSON.stringify(answer.body)}`;
  }
  const present = Object.fromEntries(answer.headers);
  const header = headerProblem(headers, present, variables);
  if (header || body === undefined) return header;
  const unordered = step.unordered ?? [];
  const [expected, actual] = [inOrder(fill(body, variables), unordered), inOrder(answer.body, unordered)];
  return difference(expected, actual, variables, step.match);
}

function headerProblem(
  expected: Record<string, string | null>,
  actual: Record<string, unknown>,
  variables: Variables,
): string | undefined {
  for (const [name, wanted] of Object.entries(expected)) {
    const value = actual[name];
    const fits =
      wanted === null
        ? value === undefined
        : typeof value === 'string' && textMatches(wanted, value, variables);
    if (!fits) return `header ${name}: expected ${wanted ?? 'none'}, got ${String(value)}`;
  }
  return undefined;
}

function upstreamProblem(
  expected: RecordedUpstreamRequest[] | undefined,
  seen: SeenRequest[],
  variables: Variables,
): string | undefined {
  if (!expected) return undefined;
  if (seen.length !== expected.length) return `the relay saw ${seen.length} requests, not ${expected.length}`;
  for (const [i, { headers = {}, ...rest }] of expected.entries()) {
    const actual = seen[i]!;
    const problem =
      difference(rest, actual, variables, 'subset', 'relay') ??
      headerProblem(headers, { ...actual.headers }, variables);
    if (problem) return problem;
  }
  return undefined;
}
