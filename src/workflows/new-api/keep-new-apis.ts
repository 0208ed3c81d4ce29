import { parseLogin, sameLogin } from '../../core/accounts/account-login';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/failures/result';
import { NO_SYNC, type SyncSettings } from '../../core/sync/run';
import type { NewApi } from '../../storage/channel-schema';
import type { Saved } from '../../storage/schema';
import type { Ports } from '../ports';
import type { NewApiView } from '../../core/new-api/view';
import { reachOf } from './view-new-apis';

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
  ports: Pick<Ports, 'saved' | 'journal' | 'ids' | 'pages'>,
  input: NewApiInput,
): Promise<Result<string>> {
  // All in one change: what was read earlier would bring back what was forgotten meanwhile, and an old schedule.
  const saved = await ports.saved.change((document): Result<{ id: string; moved: boolean }> => {
    const list = document.newApis;
    const before = list.find(({ id }) => id === input.id);
    const built = build(list, before, input, () => ports.ids.next());
    if (!built.ok) return built;
    const newApi = built.value;
    if (before) list[list.indexOf(before)] = newApi;
    else list.push(newApi);
    const moved = before !== undefined && before.siteUrl !== newApi.siteUrl;
    // Numbers of channels mean nothing at another site.
    if (moved) forgetLinks(document, newApi.id);
    return ok({ id: newApi.id, moved });
  });
  if (!saved.ok) return saved;
  if (!saved.value.ok) return saved.value;
  const { id, moved } = saved.value.value;
  const journal = moved ? await forgetRuns(ports, id) : ok(true as const);
  await ports.pages.notify();
  return journal.ok ? ok(id) : journal;
}

function build(
  all: readonly NewApi[],
  before: NewApi | undefined,
  input: NewApiInput,
  nextId: () => string,
): Result<NewApi> {
  if (input.id !== undefined && !before) return fail({ code: 'unknown-item' });
  const login = parseLogin({ ...input, accessToken: input.accessToken || before?.accessToken || '' });
  if (!login.ok) return login;
  const { siteUrl, accessToken, userId } = login.value;
  const moved = before?.siteUrl !== siteUrl;
  // A saved token goes to the site that it was saved for, and to no other.
  if (!input.accessToken && before && moved) return fail({ code: 'key-for-new-host', host: hostOf(siteUrl) });
  const same = all.find((other) => other.id !== input.id && sameLogin(other, login.value));
  if (same) return fail({ code: 'duplicate', name: same.name || hostOf(same.siteUrl) });
  // A new name is no reason to send a refused token again.
  const known =
    before && !moved && before.accessToken === accessToken && before.userId === userId ? before : undefined;
  return ok({
    ...login.value,
    id: before?.id ?? nextId(),
    name: input.name.trim(),
    family: moved ? null : (before?.family ?? null),
    rights: known?.rights ?? null,
    checkedAt: known?.checkedAt ?? null,
    halted: known?.halted ?? null,
    sync: before ? (moved ? atAnotherSite(before.sync) : before.sync) : NO_SYNC,
  });
}

/** Nothing is asked or added by itself at a site that the user has not seen the channels of. */
const atAnotherSite = (sync: SyncSettings): SyncSettings => ({
  ...sync,
  everyHours: 0,
  applyAdded: false,
  skip: [],
  lastAt: null,
});

const forgetLinks = (document: Pick<Saved, 'channelLinks'>, id: string): void => {
  document.channelLinks = document.channelLinks.filter(({ newApiId }) => newApiId !== id);
};

/** Forgets a New API, its token, and which of its channels were made for which key. Its channels stay as they are. */
export async function forgetNewApi(
  ports: Pick<Ports, 'saved' | 'journal' | 'pages'>,
  newApiId: string,
): Promise<Result<true>> {
  const removed = await ports.saved.change((document) => {
    document.newApis = document.newApis.filter(({ id }) => id !== newApiId);
    forgetLinks(document, newApiId);
  });
  if (!removed.ok) return removed;
  const journal = await forgetRuns(ports, newApiId);
  await ports.pages.notify();
  return journal;
}

async function forgetRuns(ports: Pick<Ports, 'journal'>, newApiId: string): Promise<Result<true>> {
  const journal = await ports.journal.change((document) => {
    document.syncRuns = document.syncRuns.filter((run) => run.newApiId !== newApiId);
  });
  return journal.ok ? ok(true) : journal;
}

/** All that are kept, without their tokens. */
export async function readNewApis(ports: Pick<Ports, 'saved' | 'hosts'>): Promise<Result<NewApiView[]>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const views = saved.value.newApis.map(async (newApi) => {
    const { siteUrl, userId, family, rights, checkedAt, sync } = newApi;
    return { ...(await reachOf(ports, newApi)), siteUrl, userId, family, rights, checkedAt, sync };
  });
  return ok(await Promise.all(views));
}
