import { hostOf } from '../../core/base-url';
import type { Failure } from '../../core/failures/failure';
import { hasLastingToken, type AccountFamily } from '../../core/accounts/relay-family';
import { fail, ok, type Result } from '../../core/failures/result';
import { ALL_USER_ID_HEADERS } from '../../core/accounts/user-id-headers';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { recognise } from '../../relays/recognise';
import { siteOf } from '../../relays/site/sign-in';
import type { NewApi } from '../../storage/channel-schema';
import type { Saved } from '../../storage/schema';
import type { Dialect } from '../../targets/new-api/dialect';
import { DIALECTS } from '../../targets/new-api/dialects';
import { tokenOf } from './site-token';
import { callRelay } from '../accounts/relay-waits';
import { failed, type Failed } from '../running';
import { whileAwake } from '../heartbeat';
import type { Ports } from '../ports';

export type NewApiPorts = Pick<
  Ports,
  'http' | 'hosts' | 'saved' | 'session' | 'clock' | 'pages' | 'keepAlive'
>;

export interface NewApiClient {
  newApi: NewApi;
  host: string;
  /** As the site was recognised last. */
  readonly dialect: Dialect;
  /** Asks the site again what it is: one that was upgraded in place keeps its channels in another way. */
  recogniseAgain(): Promise<void>;
  /** One call, if it may be made. A refused token halts the New API, so that it is sent once. */
  call<T>(ask: (http: Http, site: Site, dialect: Dialect) => Promise<Result<T>>): Promise<Result<T>>;
}

/** Opens a New API by its id. Its family is found out first, from what it tells everybody, where it is not known. */
export async function openNewApi(ports: NewApiPorts, newApiId: string): Promise<Result<NewApiClient>> {
  const found = await findNewApi(ports, newApiId);
  if (!found.ok) return found;
  if (found.value.halted) return fail(found.value.halted);
  const session = await ports.session.read();
  if (!session.ok) return session;
  const host = hostOf(found.value.siteUrl);
  const newApi = { ...found.value, accessToken: tokenOf(found.value, session.value) };
  if (!newApi.accessToken) return fail({ code: 'site-token-missing', host });
  const family = newApi.family ? ok(newApi.family) : await recogniseFamily(ports, newApi);
  if (!family.ok) return family;
  let known = family.value;
  let sure = newApi.family === null;
  // All names of the header at once do no harm, and a fork may want any of them.
  const site = siteOf(newApi, ALL_USER_ID_HEADERS);
  return ok({
    newApi: { ...newApi, family: family.value },
    host,
    get dialect() {
      return DIALECTS[known];
    },
    async recogniseAgain() {
      if (sure) return;
      sure = true;
      const now = await recogniseFamily(ports, newApi);
      // Where that does not come, the work itself meets what is wrong.
      if (now.ok) known = now.value;
    },
    call: (ask) =>
      callRelay(ports, newApi.siteUrl, async () => {
        // Another call was refused meanwhile: what stands in the queue is not sent after it.
        const now = await findNewApi(ports, newApiId);
        if (!now.ok) return now;
        if (now.value.halted) return fail(now.value.halted);
        const answer = await ask(ports.http, site, DIALECTS[known]);
        return answer.ok ? answer : fail(await judged(ports, newApi, host, answer.failure));
      }),
  });
}

export async function findNewApi(ports: Pick<Ports, 'saved'>, id: string): Promise<Result<NewApi>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const found = saved.value.newApis.find((one) => one.id === id);
  return found ? ok(found) : fail({ code: 'unknown-item' });
}

/**
 * A 403 is about rights, since the token was accepted; a refused token halts the New API. A server that complains of the
 * user id where none was sent wants one: it belongs to nobody else.
 */
async function judged(
  ports: NewApiPorts,
  { id, userId }: NewApi,
  host: string,
  failure: Failure,
): Promise<Failure> {
  if (failure.code === 'relay-forbidden') return { code: 'channel-no-right', host };
  if (failure.code !== 'token-refused' && failure.code !== 'user-id-refused') return failure;
  const idMissing = failure.code === 'user-id-refused' && userId === '';
  const halted: Failure = idMissing ? { code: 'user-id-needed', host } : failure;
  await ports.saved.changeOrRemember((saved) => {
    const newApi = saved.newApis.find((one) => one.id === id);
    if (newApi) newApi.halted = halted;
  });
  await ports.pages.notify();
  return halted;
}

async function recogniseFamily(ports: NewApiPorts, newApi: NewApi): Promise<Result<AccountFamily>> {
  const kind = await callRelay(ports, newApi.siteUrl, () => recognise(ports.http, newApi.siteUrl));
  if (!kind.ok) return kind;
  const { family } = kind.value;
  // Sub2API has no channels of this kind.
  if (!hasLastingToken(family)) return fail({ code: 'not-new-api', host: hostOf(newApi.siteUrl) });
  if (family === newApi.family) return ok(family);
  const saved = await changeNewApi(ports, newApi.id, (document) => {
    if (document.siteUrl === newApi.siteUrl) document.family = family;
  });
  return saved.ok ? ok(family) : saved;
}

/** Changes what is kept of one New API; nothing if it is gone. */
export const changeNewApi = (
  ports: Pick<Ports, 'saved'>,
  id: string,
  change: (newApi: NewApi, saved: Saved) => void,
): Promise<Result<void>> =>
  ports.saved.change((saved) => {
    const newApi = saved.newApis.find((one) => one.id === id);
    if (newApi) change(newApi, saved);
  });

/**
 * The frame of every change of a New API's channels: the worker stays awake and holds the lock of this server, which is one
 * for all pages and the schedule; the server is asked once more what it is, and the pages hear of the change, however it
 * ended. An abort ends the waiting for the lock, as cancelled.
 */
export const changeChannels = <T>(
  ports: Ports,
  newApiId: string,
  signal: AbortSignal,
  work: (client: NewApiClient) => Promise<Result<T>>,
): Promise<Result<T>> =>
  whileAwake(ports, async () => {
    const opened = await openNewApi(ports, newApiId);
    if (!opened.ok) return opened;
    const client = opened.value;
    try {
      const held = await ports.locks.hold(`channels ${client.newApi.siteUrl}`, signal, async () => {
        await client.recogniseAgain();
        return work(client);
      });
      return held === undefined ? fail({ code: 'cancelled' }) : held.value;
    } finally {
      await ports.pages.notify();
    }
  });

/** For work whose outcomes include its failures. */
export const orFailed = <T>(result: Result<T | Failed>): T | Failed =>
  result.ok ? result.value : failed(result.failure);
