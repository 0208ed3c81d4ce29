import { hostOf, parseHttpUrl, shownUrl } from '../../core/base-url';
import { hostPattern } from '../../core/connection/management-url';
import { amountOf, keyStatus, type Amount, type QuotaUnit } from '../../core/accounts/quota';
import { FAMILIES } from '../../core/accounts/relay-family';
import { ok, type Result } from '../../core/failures/result';
import { memo } from '../../core/memo';
import type { AccountView, KeyAmount, KeyStanding, KeyView, View } from '../../core/view/view';
import type { Account, Saved, ListedKey, Session } from '../../storage/schema';
import { allKeys, proposalFor, type KeyFacts } from '../accounts/find-key';
import { shortNewApis } from '../new-api/view-new-apis';
import { budgetOf } from '../accounts/relay-waits';
import type { Ports } from '../ports';
import { NOWHERE, readStandings, type Standing } from './standing';

/** The picture for pages. */
export async function readView(ports: Ports): Promise<Result<View>> {
  const [saved, session] = [await ports.saved.read(), await ports.session.read()];
  if (!saved.ok) return saved;
  if (!session.ok) return session;
  const all = allKeys(saved.value);
  const placeOf = memo(placeAt);
  const places = await readStandings(ports, saved.value.proxyId);
  const granted = await grantedHosts(
    ports,
    saved.value,
    session.value,
    places,
    all.map(({ address }) => placeOf(address).pattern),
  );
  const now = ports.clock.now();
  const { settings, accounts } = saved.value;
  const { intent, notices } = session.value;
  const [own, ...others] = places;
  return ok({
    settings,
    connection: own?.view(granted) ?? null,
    ...(others.length > 0 && { others: others.map(({ view }) => view(granted)) }),
    accounts: accounts.map((account) => accountView(account, saved.value, granted, now)),
    keys: all.map((key) => {
      const place = placeOf(key.address);
      const { host } = place;
      const standing = (at: Standing): KeyStanding => at.standing(key, host, now);
      return {
        ...keyView(key, now),
        ...place,
        granted: granted.has(place.pattern),
        ...(own ? standing(own) : NOWHERE),
        ...(others.length > 0 && {
          others: others.map((at) => ({ proxyId: at.id, ...standing(at) })),
        }),
      };
    }),
    newApis: await shortNewApis(ports, saved.value),
    notices,
    intent,
    intentGranted: intent !== null && (intent.pattern === '' || granted.has(intent.pattern)),
    lock: ports.lock.saved.form() !== null,
  });
}

/** Which of the hosts in question may be reached: each is asked about once. */
async function grantedHosts(
  ports: Ports,
  saved: Saved,
  session: Session,
  places: readonly Standing[],
  ofKeys: string[],
): Promise<Set<string>> {
  const patterns = new Set(ofKeys);
  for (const account of saved.accounts) patterns.add(patternOf(account.siteUrl));
  for (const { pattern } of places) patterns.add(pattern);
  if (session.intent?.pattern) patterns.add(session.intent.pattern);
  const granted = await Promise.all(
    [...patterns].map(async (pattern) => ((await ports.hosts.granted(pattern)) ? [pattern] : [])),
  );
  return new Set(granted.flat());
}

function patternOf(address: string): string {
  const url = parseHttpUrl(address);
  return url ? hostPattern(url) : '';
}

/** Of an address, which many keys share. */
const placeAt = (address: string): Pick<KeyView, 'address' | 'host' | 'pattern'> => ({
  address: shownUrl(address),
  host: hostOf(address),
  pattern: patternOf(address),
});

function accountView(account: Account, saved: Saved, granted: Set<string>, now: number): AccountView {
  const { id, siteUrl, family, userId, balance, refreshedAt, failure, more } = account;
  const [host, pattern] = [hostOf(siteUrl), patternOf(siteUrl)];
  const isCounted = FAMILIES[family].lists !== 'full';
  return {
    id,
    name: account.name || host,
    siteUrl,
    family,
    host,
    pattern,
    userId,
    granted: granted.has(pattern),
    balance: amountIf(balance, account.unit),
    used: amountIf(account.used, account.unit),
    keys: account.keys.length,
    refreshedAt,
    failure,
    reveals: isCounted ? budgetOf(saved.reveals[host], now) : null,
    more,
  };
}

type OfPlaceAndState = 'address' | 'host' | 'pattern' | 'granted' | keyof KeyStanding;

function keyView(key: KeyFacts, now: number): Omit<KeyView, OfPlaceAndState> {
  const { source, address: _address, optionalPrefix: _prefix, ...facts } = key;
  const { account, listed } = source.kind === 'account' ? source : {};
  return {
    ...facts,
    listedName: listed?.name ?? key.relayName,
    group: listed?.group ?? '',
    platform: listed?.platform,
    accountId: account?.id ?? null,
    amount: account && listed ? amountLeft(account, listed) : { kind: 'none' },
    relay: source.kind === 'manual' ? source.relay : source.account.family,
    speaks: proposalFor(key, []).list,
    limits: listed?.models ?? null,
    status: listed ? keyStatus(listed, now / 1000) : 'enabled',
    expiresAt: listed && listed.expiredTime > 0 ? listed.expiredTime * 1000 : null,
  };
}

const amountIf = (points: number | null | undefined, unit: QuotaUnit): Amount | null =>
  points === null || points === undefined ? null : amountOf(points, unit);

function amountLeft(account: Account, listed: ListedKey): KeyAmount {
  if (listed.unlimitedQuota) return { kind: 'unlimited', used: amountIf(listed.usedQuota, account.unit) };
  const left = amountOf(listed.remainQuota, account.unit);
  const of = amountOf(listed.remainQuota + listed.usedQuota, account.unit);
  return { kind: 'left', left, of: listed.usedQuota > 0 ? of : null };
}
