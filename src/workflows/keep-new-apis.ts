import { parseLogin, sameLogin } from '../core/account-login';
import { hostOf, parseHttpUrl } from '../core/base-url';
import type { NewApiView } from '../core/channel-view';
import { hostPattern } from '../core/management-url';
import { fail, ok, type Result } from '../core/result';
import { NO_SYNC } from '../core/sync-run';
import type { NewApi } from '../storage/channel-schema';
import type { World } from './world';

export interface NewApiInput {
  /** Absent: a new one. */
  id?: string | undefined;
  name: string;
  siteUrl: string;
  /** Absent: the saved one stays, unless the site is another. */
  accessToken?: string | undefined;
  userId: string;
}

/** Keeps a New API; answers with its id. Nothing is sent: that is the check's. */
export async function saveNewApi(
  world: Pick<World, 'kept' | 'ids' | 'pulse'>,
  input: NewApiInput,
): Promise<Result<string>> {
  const kept = await world.kept.read();
  if (!kept.ok) return kept;
  const all = kept.value.newApis ?? [];
  const before = all.find(({ id }) => id === input.id);
  if (input.id !== undefined && !before) return fail({ code: 'unknown-item' });
  const login = parseLogin({ ...input, accessToken: input.accessToken || before?.accessToken || '' });
  if (!login.ok) return login;
  // A saved token goes to the site that it was saved for, and to no other.
  if (!input.accessToken && before && before.siteUrl !== login.value.siteUrl)
    return fail({ code: 'key-for-new-host', host: hostOf(login.value.siteUrl) });
  const same = all.find((other) => other.id !== input.id && sameLogin(other, login.value));
  if (same) return fail({ code: 'duplicate', name: same.name || hostOf(same.siteUrl) });
  const moved = before?.siteUrl !== login.value.siteUrl;
  const newApi: NewApi = {
    ...login.value,
    id: before?.id ?? world.ids.next(),
    name: input.name.trim(),
    family: moved ? null : (before?.family ?? null),
    rights: null,
    checkedAt: null,
    halted: null,
    ...(before?.sync && { sync: before.sync }),
  };
  const saved = await world.kept.change((document) => {
    const list = (document.newApis ??= []);
    const at = list.findIndex(({ id }) => id === newApi.id);
    if (at < 0) list.push(newApi);
    else list[at] = newApi;
    // Numbers of channels mean nothing at another site.
    if (moved) forgetLinks(document, newApi.id);
  });
  if (!saved.ok) return saved;
  await world.pulse.changed();
  return ok(newApi.id);
}

const forgetLinks = (
  document: { channelLinks?: { newApiId: string; channelId: number; keyId: string }[] | undefined },
  id: string,
): void => {
  if (document.channelLinks)
    document.channelLinks = document.channelLinks.filter(({ newApiId }) => newApiId !== id);
};

/** Forgets a New API, its token, and which of its channels were made for which key. Its channels stay as they are. */
export async function forgetNewApi(
  world: Pick<World, 'kept' | 'journal' | 'pulse'>,
  newApiId: string,
): Promise<Result<true>> {
  const removed = await world.kept.change((document) => {
    document.newApis = (document.newApis ?? []).filter(({ id }) => id !== newApiId);
    forgetLinks(document, newApiId);
  });
  if (!removed.ok) return removed;
  const journal = await world.journal.change((document) => {
    document.syncRuns = (document.syncRuns ?? []).filter((run) => run.newApiId !== newApiId);
  });
  await world.pulse.changed();
  return journal.ok ? ok(true) : journal;
}

/** All that are kept, without their tokens. */
export async function readNewApis(world: Pick<World, 'kept' | 'hosts'>): Promise<Result<NewApiView[]>> {
  const kept = await world.kept.read();
  if (!kept.ok) return kept;
  return ok(await Promise.all((kept.value.newApis ?? []).map((newApi) => viewOf(world, newApi))));
}

async function viewOf(world: Pick<World, 'hosts'>, newApi: NewApi): Promise<NewApiView> {
  const { id, name, siteUrl, userId, family, rights, checkedAt, halted, sync = NO_SYNC } = newApi;
  const url = parseHttpUrl(siteUrl);
  const pattern = url ? hostPattern(url) : '';
  const host = hostOf(siteUrl);
  const granted = pattern !== '' && (await world.hosts.granted(pattern));
  const shown = { id, name: name || host, siteUrl, host, pattern, granted };
  return { ...shown, userId, family, rights, checkedAt, halted, sync };
}
