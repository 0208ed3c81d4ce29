import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { never, realClock, type ServerClock } from './clock.ts';
import { faultReply, garbled, hangs, resetFaults } from './new-api/faults';
import { withHeaders } from './new-api/reply';
import { dispatch } from './new-api/router';
import { newState, type RelayState } from './new-api/state';
import { pathWithoutSecrets, readCall, sendReply } from './new-api/wire';
import type {
  Call,
  Faults,
  NewApiOptions,
  RelayChannel,
  RelayKey,
  RelayUser,
  Reply,
  SeenRequest,
} from './new-api/types';

export { DEFAULT_ACCESS_TOKEN, fakeKey } from './new-api/keys/fake-secrets';
export type {
  ChannelInput,
  Faults,
  KeyInput,
  ModelsStatus,
  NewApiOptions,
  RateLimits,
  RelayChannel,
  RelayGroup,
  RelayKey,
  RelayUser,
  SeenRequest,
  UserInput,
} from './new-api/types';

export interface FakeNewApi {
  /** `http://127.0.0.1:<port>`, without a slash. Chats go to `origin + '/v1'`. */
  origin: string;
  requests: SeenRequest[];
  /** The live ones: tests may read and change them. */
  keys: RelayKey[];
  users: RelayUser[];
  channels: RelayChannel[];
  /** Base URL to the models that are listed there, or to the status of a refusal. */
  upstreams: Record<string, string[] | number>;
  /** For one group, or for all that have no list of their own. */
  setModels(models: string[], group?: string): void;
  faults: Faults;
  resetFaults(): void;
  stop(): Promise<void>;
}

const answer = (state: RelayState, call: Call): Reply => {
  const reply = garbled(state, faultReply(state, call) ?? dispatch(state, call));
  if (reply.bare === true) return reply;
  return withHeaders(reply, { 'x-new-api-version': state.version, 'x-oneapi-request-id': call.requestId });
};

async function handle(
  state: RelayState,
  clock: ServerClock,
  latencyMs: number,
  stopped: AbortSignal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathWithoutSecrets(request.url ?? '');
  const seen: SeenRequest = { at: state.now(), method: request.method ?? '', path, status: 0 };
  state.requests.push(seen);
  const call = await readCall(request);
  state.faults.onRequest?.(call.method, call.path);
  if (hangs(state, call.path)) return clock.waitFor(never);
  const delay = latencyMs + state.faults.delayMs;
  await clock.sleep(delay, stopped);
  const reply = answer(state, call);
  seen.status = reply.status;
  await sendReply(response, reply);
}

function setModels(state: RelayState, models: string[], group?: string): void {
  if (group === undefined) state.models = models;
  else state.groupModels[group] = models;
}

/** A stand-in for a New API relay of mid 2026, in memory, on this machine only. */
export async function startNewApi(options: NewApiOptions = {}): Promise<FakeNewApi> {
  const clock = options.clock ?? realClock;
  const state = newState(options);
  const stopping = new AbortController();
  const server = createServer((request, response) => {
    // A request that breaks off, on either side, is over.
    const handler = (): Promise<void> =>
      handle(state, clock, options.latencyMs ?? 0, stopping.signal, request, response);
    clock.serve(request, handler).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests: state.requests,
    keys: state.keys,
    users: state.users,
    channels: state.channels,
    upstreams: state.upstreams,
    setModels: (models, group) => setModels(state, models, group),
    faults: state.faults,
    resetFaults: () => resetFaults(state),
    stop: async () => {
      stopping.abort();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
