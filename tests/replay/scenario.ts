import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RecordedRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  /** Text as it stands; anything else is sent as JSON. */
  body?: unknown;
}

export interface RecordedResponse {
  status: number;
  /** Null: must be absent. Headers that are not named do not matter. */
  headers?: Record<string, string | null>;
  body?: unknown;
}

export interface RecordedUpstreamRequest {
  method: string;
  url: string;
  headers?: Record<string, string | null>;
  body?: unknown;
}

export interface Step {
  note?: string;
  request: RecordedRequest;
  response: RecordedResponse;
  waitMs?: number;
  /** Repeat until the answer matches, up to this long. */
  eventuallyMs?: number;
  /** A successful write: go on only when the server has loaded it. */
  settle?: boolean;
  /** `subset`: more keys and elements than expected are allowed. */
  match?: 'subset';
  /** `path:key`: arrays whose order is not defined. */
  unordered?: string[];
  /** What the relay behind the server saw during the step. */
  upstream?: RecordedUpstreamRequest[];
}

export interface Scenario {
  file: string;
  scenario: string;
  server: string;
  title?: string;
  /** Needs a server just started, with `config.startup`. */
  fresh?: boolean;
  needs?: string[];
  /** Initial lists by family, beside the keys named here. */
  config?: { startup?: Record<string, unknown>; noReset?: boolean; [family: string]: unknown };
  steps: Step[];
}

export function readScenarios(directory: string): Scenario[] {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  return files.toSorted().map((file) => {
    const scenario = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Omit<Scenario, 'file'>;
    return { file, ...scenario };
  });
}
