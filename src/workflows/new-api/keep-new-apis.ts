import { parseLogin, sameLogin } from '../../core/accounts/account-login';
import { hostOf } from '../../core/base-url';
import { fail, ok, type Result } from '../../core/failures/result';
import { NO_SYNC, type SyncSettings } from '../../core/sync/run';
import type { NewApi } from '../../storage/channel-schema';
import type { Saved } from '../../storage/schema';
import type { Ports } from '../ports';
import type { NewApiView } from '../../core/new-api/view';
import { holdToken, tokenOf } from './site-token';
import { reachOf } from './view-new-apis';

export interface NewApiInput {
  /** Absent: a new one. */
  id?: string | undefined;
  name: string;
  siteUrl: string;
  /** Absent: the saved one stays, unless the site is another. */
  accessToken?: string | undefined;
  userId: string;
  /** Where the token is kept: on the device, or until the browser closes. Absent: as before, a new one on the device. */
  remember?: NewApiView['remember'] | undefined;
}

/** Keeps a New API; answers with its id. Nothing is sent: that is the check's. */
export async function saveNewApi(
  ports: Pick<Ports, 'saved' | 'session' | 'journal' | 'ids' | 'pages'>,
  input: NewApiInput,
): Promise<Result<string>> {
  const session = await ports.session.read();
  if (!session.ok) return session;
  // All in one change: what was read earlier would bring back what was forgotten meanwhile, and an old schedule.
  const saved = await ports.saved.change(
    (document): Result<{ id: string; moved: boolean; held: string | null }> => {
      const list = document.newApis;
      const all = list.map((one) => ({ ...one, accessToken: tokenOf(one, session.value) }));
      const at = all.findIndex(({ id }) => id === input.id);
      const before = all[at];
      const built = build(all, before, input, () => ports.ids.next());
      if (!built.ok) return built;
      const newApi = built.value;
      const isHeld = (input.remember ?? before?.remember) === 'session';
      list[before ? at : list.length] = isHeld ? { ...newApi, accessToken: '', remember: 'session' } : newApi;
      const moved = before !== undefined && before.siteUrl !== newApi.siteUrl;
      // Numbers of channels mean nothing at another site.
      if (moved) forgetLinks(document, newApi.id);
      return ok({ id: newApi.id, moved, held: isHeld ? newApi.accessToken : null });
    },
  );
  if (!saved.ok) return saved;
  if (!saved.value.ok) return saved.value;
  const { id, moved, held } = saved.value.value;
  const kept = await holdToken(ports, id, held);
  const journal = moved ? await forgetRuns(ports, id) : ok(true as const);
  await ports.pages.notify();
  if (!kept.ok) return kept;
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
  own: [],
  lastAt: null,
});

const forgetLinks = (document: Pick<Saved, 'channelLinks'>, id: string): void => {
  document.channelLinks = document.channelLinks.filter(({ newApiId }) => newApiId !== id);
};

/** Forgets a New API, its token, and which of its channels were made for which key. Its channels stay as they are. */
export async function forgetNewApi(
  ports: Pick<Ports, 'saved' | 'session' | 'journal' | 'pages'>,
  newApiId: string,
): Promise<Result<true>> {
  const dropped = await holdToken(ports, newApiId, null);
  if (!dropped.ok) return dropped;
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
export async function readNewApis(
  ports: Pick<Ports, 'saved' | 'session' | 'hosts'>,
): Promise<Result<NewApiView[]>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const session = await ports.session.read();
  if (!session.ok) return session;
  const views = saved.value.newApis.map(async (newApi): Promise<NewApiView> => {
    const { siteUrl, userId, family, rights, checkedAt, sync } = newApi;
    const about = { siteUrl, userId, family, rights, checkedAt, sync };
    const remember = newApi.remember ?? 'device';
    const hasToken = tokenOf(newApi, session.value) !== '';
    return { ...(await reachOf(ports, newApi)), ...about, remember, hasToken };
  });
  return ok(await Promise.all(views));
}
