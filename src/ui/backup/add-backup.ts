import {
  shownMask,
  type BackupAccount,
  type BackupItem,
  type BackupKey,
  type ItemState,
} from '../../core/backup/items';
import { hostOf, parseHttpUrl } from '../../core/base-url';
import { hostPattern } from '../../core/connection/management-url';
import { joinSets } from '../../core/aliases/rule-set-file';
import type { Result } from '../../core/failures/result';
import type { Settings } from '../../core/view/settings';
import type { KeyView } from '../../core/view/view';
import type { PageContext } from '../page-context';
import { keyInput, stateOf } from './use-backup-file';

type Needs = Pick<PageContext, 'ask' | 'page' | 'view'>;

/** What became of an item, or what stands of it before. */
export type RowState = ItemState | { kind: 'added' };

export interface Added {
  /** By the ids of the items. */
  states: Record<string, RowState>;
  /** How many of the new accounts could not be read; each says why on its own page. */
  waiting: number;
}

/**
 * Adds the chosen items; nothing that is here is written over, except the settings, if they were chosen. Call it from a
 * click: the hosts of accounts are asked for in one question, and an account that may not be reached is kept unread.
 */
export async function addBackup(context: Needs, items: readonly BackupItem[]): Promise<Added> {
  const { ask } = context;
  const accounts = items.flatMap(({ id, thing }) => (thing.kind === 'account' ? [{ id, ...thing }] : []));
  const keys = items.flatMap(({ id, thing }) => (thing.kind === 'key' ? [{ id, ...thing }] : []));
  const newApis = items.flatMap(({ id, thing }) => (thing.kind === 'new-api' ? [{ id, ...thing }] : []));
  await askForHosts(context, [
    ...accounts.map(({ account }) => account),
    ...newApis.map(({ newApi }) => newApi),
  ]);
  const states: Added['states'] = {};
  // The worker takes the keys at once, and the accounts side by side: each is read when it is added.
  const [verdicts, added] = await Promise.all([
    ask('keys.add', { keys: keys.map(({ key }) => keyInput(key)), dry: false }),
    Promise.all(
      accounts.map(async ({ id, account }) => {
        const { name, siteUrl, accessToken, userId } = account;
        const reply = await ask('account.add', { name, siteUrl, accessToken, userId });
        return { id, account, reply };
      }),
    ),
  ]);
  for (const [at, { id }] of keys.entries()) {
    const verdict = verdicts.ok ? verdicts.value[at] : undefined;
    const state = verdict ? stateOf(verdict) : endOf(verdicts);
    states[id] = state.kind === 'new' ? { kind: 'added' } : state;
  }
  for (const { id, reply } of added) states[id] = endOf(reply);
  for (const { id, newApi } of newApis) {
    const { name, siteUrl, userId, accessToken } = newApi;
    // Kept, and nothing is sent to it: that is for the check on its own page.
    states[id] = endOf(await ask('new-api.save', { name, siteUrl, userId, accessToken }));
  }
  for (const { id, thing } of items) {
    if (thing.kind !== 'settings') continue;
    await context.view.changeSettings(settingsToAdd(context, thing.settings));
    states[id] = { kind: 'added' };
  }
  const waiting = await labelAndCount(
    context,
    added.map(({ account, reply }) => ({ account, accountId: reply.ok ? reply.value : null })),
    keys.filter(({ id }) => states[id]?.kind === 'added'),
  );
  return { states, waiting };
}

function endOf(reply: Result<unknown>): RowState {
  if (reply.ok) return { kind: 'added' };
  const { failure } = reply;
  return failure.code === 'duplicate' ? { kind: 'here' } : { kind: 'unusable', failure };
}

/**
 * All but the rule sets are written over: those that are here are the user's work, so both stay. Where a key is sent and
 * what is shown before it is sent is never set by a file, which may be somebody else's.
 */
function settingsToAdd({ view }: Needs, settings: Partial<Settings>): Partial<Settings> {
  const state = view.getState();
  const here = state.kind === 'ready' ? state.view.settings.ruleSets : [];
  const { sites: _sites, told: _told, skipWhenOnlyAdds: _skip, ruleSets, ...rest } = settings;
  return ruleSets ? { ...rest, ruleSets: joinSets(here, ruleSets) } : rest;
}

/** One question for all. Whoever says no has the accounts all the same, and can allow them one by one. */
async function askForHosts({ page }: Needs, sites: readonly { siteUrl: string }[]): Promise<void> {
  const patterns = sites.flatMap(({ siteUrl }) => {
    const url = parseHttpUrl(siteUrl);
    return url ? [hostPattern(url)] : [];
  });
  if (patterns.length > 0) await page.requestHosts([...new Set(patterns)]).catch(() => false);
}

/** The user's own names and notes, for the keys that are listed now. */
async function labelAndCount(
  { ask }: Needs,
  accounts: readonly { account: BackupAccount; accountId: string | null }[],
  keys: readonly { key: BackupKey }[],
): Promise<number> {
  const view = await ask('view', {});
  if (!view.ok) return 0;
  const find = (test: (key: KeyView) => boolean): string | undefined => view.value.keys.find(test)?.id;
  const labels = [
    ...keys.map(({ key }) => ({ label: key.label, keyId: find((shown) => isSame(shown, key)) })),
    ...accounts.flatMap(({ account, accountId }) =>
      Object.entries(account.labels).map(([remoteId, label]) => ({
        label,
        keyId: find((shown) => shown.accountId === accountId && shown.id.endsWith(`/${remoteId}`)),
      })),
    ),
  ];
  for (const { label, keyId } of labels)
    if (label && keyId !== undefined) await ask('key.label', { keyId, ...label });
  const added = new Set(accounts.map(({ accountId }) => accountId));
  return view.value.accounts.filter(({ id, failure }) => failure !== null && added.has(id)).length;
}

const isSame = (shown: KeyView, key: BackupKey): boolean =>
  shown.accountId === null && shown.host === hostOf(key.baseUrl) && shown.mask === shownMask(key);
