import { hostOf } from '../../core/base-url';
import type { Failure } from '../../core/failure';
import { hasLastingToken, type AccountFamily } from '../../core/accounts/relay-family';
import { fail, ok, type Result } from '../../core/result';
import { ALL_USER_ID_HEADERS } from '../../core/accounts/user-id-headers';
import type { Http } from '../../ports/http';
import type { Site } from '../../relays/ask';
import { recognise } from '../../relays/recognise';
import { siteOf } from '../../relays/site/sign-in';
import type { NewApi } from '../../storage/channel-schema';
import type { Saved } from '../../storage/schema';
import type { Dialect } from '../../targets/new-api/dialect';
import { DIALECTS } from '../../targets/new-api/dialects';
import { callRelay } from '../accounts/relay-waits';
import type { Ports } from '../ports';

export type NewApiPorts = Pick<Ports, 'http' | 'hosts' | 'saved' | 'clock' | 'pages' | 'keepAlive'>;

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
export async function openNewApi(
  ports: NewApiPorts,
  newApiId: string,
  { despiteHalt = false } = {},
): Promise<Result<NewApiClient>> {
  const found = await findNewApi(ports, newApiId);
  if (!found.ok) return found;
  const newApi = found.value;
  if (newApi.halted && !despiteHalt) return fail(newApi.halted);
  const family = newApi.family ? ok(newApi.family) : await recogniseFamily(ports, newApi);
  if (!family.ok) return family;
  const host = hostOf(newApi.siteUrl);
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
        const halted = await haltedSince(ports, newApi, despiteHalt);
        if (halted) return fail(halted);
        const answer = await ask(ports.http, site, DIALECTS[known]);
        return answer.ok ? answer : fail(await judged(ports, newApiId, host, answer.failure));
      }),
  });
}

export async function findNewApi(ports: Pick<Ports, 'saved'>, id: string): Promise<Result<NewApi>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const found = saved.value.newApis.find((one) => one.id === id);
  return found ? ok(found) : fail({ code: 'unknown-item' });
}

/** Another call was refused meanwhile: what stands in the queue is not sent after it. */
async function haltedSince(
  ports: NewApiPorts,
  newApi: NewApi,
  despiteHalt: boolean,
): Promise<Failure | null> {
  if (despiteHalt) return null;
  const now = await findNewApi(ports, newApi.id);
  return now.ok ? now.value.halted : now.failure;
}

/** A 403 is about rights, since the token was accepted; a refused token halts the New API. */
async function judged(ports: NewApiPorts, id: string, host: string, failure: Failure): Promise<Failure> {
  if (failure.code === 'relay-forbidden') return { code: 'channel-no-right', host };
  if (failure.code === 'token-refused' || failure.code === 'user-id-refused') {
    await changeNewApi(ports, id, (newApi) => {
      newApi.halted = failure;
    });
    await ports.pages.notify();
  }
  return failure;
}

async function recogniseFamily(ports: NewApiPorts, newApi: NewApi): Promise<Result<AccountFamily>> {
  const kind = await callRelay(ports, newApi.siteUrl, () => recognise(ports.http, newApi.siteUrl));
  if (!kind.ok) return kind;
  const { family } = kind.value;
  // Sub2API has no channels of this kind.
  if (!hasLastingToken(family)) return fail({ code: 'not-new-api', host: hostOf(newApi.siteUrl) });
  if (family === newApi.family) return ok(family);
  const saved = await changeNewApi(ports, newApi.id, (saved) => {
    if (saved.siteUrl === newApi.siteUrl) saved.family = family;
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

/** One change at a time for each server, across pages and schedule; each asks once more what the server is. */
export async function holdNewApi<T>(
  ports: Pick<Ports, 'locks'>,
  client: NewApiClient,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<Result<T>> {
  const held = await ports.locks.hold(`channels ${client.newApi.siteUrl}`, signal, async () => {
    await client.recogniseAgain();
    return work();
  });
  return held === undefined ? fail({ code: 'cancelled' }) : ok(held.value);
}

/** Changes channels of one New API: held against other changes, and the pages hear of it, however it ended. */
export async function changeChannels<T>(
  ports: NewApiPorts & Pick<Ports, 'locks'>,
  newApiId: string,
  signal: AbortSignal,
  work: (client: NewApiClient) => Promise<Result<T>>,
): Promise<Result<T>> {
  const client = await openNewApi(ports, newApiId);
  if (!client.ok) return client;
  const held = await holdNewApi(ports, client.value, signal, () => work(client.value));
  await ports.pages.notify();
  return held.ok ? held.value : held;
}
