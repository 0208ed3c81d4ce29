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
import type { Kept } from '../../storage/schema';
import type { Dialect } from '../../targets/new-api/dialect';
import { DIALECTS } from '../../targets/new-api/dialects';
import { callRelay } from '../accounts/relay-waits';
import type { World } from '../ports';

export type DoorNeeds = Pick<World, 'http' | 'hosts' | 'kept' | 'clock' | 'pulse'>;

export interface NewApiDoor {
  newApi: NewApi;
  host: string;
  /** As the site was recognised last. */
  readonly dialect: Dialect;
  /** Asks the site again what it is: one that was upgraded in place keeps its channels in another way. */
  recogniseAgain(): Promise<void>;
  /** One call, if it may be made. A refused token shuts the door: it is sent once. */
  call<T>(ask: (http: Http, site: Site, dialect: Dialect) => Promise<Result<T>>): Promise<Result<T>>;
}

/** Opens a New API by its id. Its family is found out first, from what it tells everybody, where it is not known. */
export async function openNewApi(
  world: DoorNeeds,
  newApiId: string,
  { despiteHalt = false } = {},
): Promise<Result<NewApiDoor>> {
  const found = await findNewApi(world, newApiId);
  if (!found.ok) return found;
  const newApi = found.value;
  if (newApi.halted && !despiteHalt) return fail(newApi.halted);
  const family = newApi.family ? ok(newApi.family) : await recogniseFamily(world, newApi);
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
      const now = await recogniseFamily(world, newApi);
      // Where that does not come, the work itself meets what is wrong.
      if (now.ok) known = now.value;
    },
    call: (ask) =>
      callRelay(world, newApi.siteUrl, async () => {
        const shut = await shutSince(world, newApi, despiteHalt);
        if (shut) return fail(shut);
        const answer = await ask(world.http, site, DIALECTS[known]);
        return answer.ok ? answer : fail(await judged(world, newApiId, host, answer.failure));
      }),
  });
}

export async function findNewApi(world: Pick<World, 'kept'>, id: string): Promise<Result<NewApi>> {
  const kept = await world.kept.read();
  if (!kept.ok) return kept;
  const found = kept.value.newApis?.find((one) => one.id === id);
  return found ? ok(found) : fail({ code: 'unknown-item' });
}

/** Another call was refused meanwhile: what stands in the queue is not sent after it. */
async function shutSince(world: DoorNeeds, newApi: NewApi, despiteHalt: boolean): Promise<Failure | null> {
  if (despiteHalt) return null;
  const now = await findNewApi(world, newApi.id);
  return now.ok ? now.value.halted : now.failure;
}

/** A 403 is about rights, since the token was accepted; a refused token shuts the door. */
async function judged(world: DoorNeeds, id: string, host: string, failure: Failure): Promise<Failure> {
  if (failure.code === 'relay-forbidden') return { code: 'channel-no-right', host };
  if (failure.code === 'token-refused' || failure.code === 'user-id-refused') {
    await changeNewApi(world, id, (newApi) => {
      newApi.halted = failure;
    });
    await world.pulse.changed();
  }
  return failure;
}

async function recogniseFamily(world: DoorNeeds, newApi: NewApi): Promise<Result<AccountFamily>> {
  const kind = await callRelay(world, newApi.siteUrl, () => recognise(world.http, newApi.siteUrl));
  if (!kind.ok) return kind;
  const { family } = kind.value;
  // Sub2API has no channels of this kind.
  if (!hasLastingToken(family)) return fail({ code: 'not-new-api', host: hostOf(newApi.siteUrl) });
  if (family === newApi.family) return ok(family);
  const saved = await changeNewApi(world, newApi.id, (kept) => {
    if (kept.siteUrl === newApi.siteUrl) kept.family = family;
  });
  return saved.ok ? ok(family) : saved;
}

/** Changes what is kept of one New API; nothing if it is gone. */
export const changeNewApi = (
  world: Pick<World, 'kept'>,
  id: string,
  change: (newApi: NewApi, kept: Kept) => void,
): Promise<Result<void>> =>
  world.kept.change((kept) => {
    const newApi = kept.newApis?.find((one) => one.id === id);
    if (newApi) change(newApi, kept);
  });

/** One change at a time for each server, across pages and schedule; each asks once more what the server is. */
export async function holdNewApi<T>(
  world: Pick<World, 'locks'>,
  door: NewApiDoor,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<Result<T>> {
  const held = await world.locks.hold(`channels ${door.newApi.siteUrl}`, signal, async () => {
    await door.recogniseAgain();
    return work();
  });
  return held === undefined ? fail({ code: 'cancelled' }) : ok(held.value);
}

/** Changes channels of one New API: held against other changes, and the pages hear of it, however it ended. */
export async function changeChannels<T>(
  world: DoorNeeds & Pick<World, 'locks'>,
  newApiId: string,
  signal: AbortSignal,
  work: (door: NewApiDoor) => Promise<Result<T>>,
): Promise<Result<T>> {
  const door = await openNewApi(world, newApiId);
  if (!door.ok) return door;
  const held = await holdNewApi(world, door.value, signal, () => work(door.value));
  await world.pulse.changed();
  return held.ok ? held.value : held;
}
