import { hostOf, parseHttpUrl, shownUrl } from '../../core/base-url';
import { hostPattern, parseManagementUrl } from '../../core/connection/management-url';
import { presenceOf } from '../../core/cliproxyapi/held-keys';
import type { Card } from '../../core/cliproxyapi/card';
import { amountOf, keyStatus, type Amount, type QuotaUnit } from '../../core/accounts/quota';
import { FAMILIES } from '../../core/accounts/relay-family';
import { ok, type Result } from '../../core/failures/result';
import { memo } from '../../core/memo';
import type { AccountView, ConnectionView, KeyAmount, KeyView, View } from '../../core/view/view';
import type { Account, Connection, Saved, ListedKey, Session, Told } from '../../storage/schema';
import { allKeys, type KeyFacts } from '../accounts/find-key';
import { shortNewApis } from '../new-api/view-new-apis';
import { budgetOf } from '../accounts/relay-waits';
import type { Ports } from '../ports';
import { toldCard } from './told-card';

/** The picture for pages. */
export async function readView(ports: Ports): Promise<Result<View>> {
  const [saved, session] = [await ports.saved.read(), await ports.session.read()];
  if (!saved.ok) return saved;
  if (!session.ok) return session;
  const all = allKeys(saved.value);
  const placeOf = memo(placeAt);
  const granted = await grantedHosts(
    ports,
    saved.value,
    session.value,
    all.map(({ address }) => placeOf(address).pattern),
  );
  const root = saved.value.connection ? rootOf(saved.value.connection) : '';
  const now = ports.clock.now();
  const { settings, connection, accounts } = saved.value;
  const { intent, notices } = session.value;
  const told = session.value.told?.root === root ? session.value.told : null;
  return ok({
    settings,
    connection: connection && connectionView(connection, session.value, told, granted),
    accounts: accounts.map((account) => accountView(account, saved.value, granted, now)),
    keys: all.map((key) => {
      const place = placeOf(key.address);
      const card = saved.value.cards[key.id];
      return {
        ...keyView(key, now),
        ...place,
        granted: granted.has(place.pattern),
        running: session.value.running[key.id] ?? null,
        // What it says is of the CLIProxyAPI that is configured now.
        card: card && card.root === root ? toldNow(card, key, now) : null,
        presence: presenceOf(told?.held ?? null, { host: place.host, mask: key.mask }),
      };
    }),
    newApis: await shortNewApis(ports, saved.value),
    notices,
    intent,
    intentGranted: intent !== null && (intent.pattern === '' || granted.has(intent.pattern)),
    lock: ports.lock.saved.form() !== null,
  });
}

const toldNow = (card: Card, key: KeyFacts, now: number): Card =>
  card.kind === 'proved' ? toldCard(card, key, now) : card;

/** Which of the hosts in question may be reached: each is asked about once. */
async function grantedHosts(
  ports: Ports,
  saved: Saved,
  session: Session,
  ofKeys: string[],
): Promise<Set<string>> {
  const patterns = new Set(ofKeys);
  for (const account of saved.accounts) patterns.add(patternOf(account.siteUrl));
  const url = saved.connection && parseManagementUrl(saved.connection.address);
  if (url?.ok) patterns.add(url.value.pattern);
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

function rootOf({ address }: Connection): string {
  const url = parseManagementUrl(address);
  return url.ok ? url.value.root : '';
}

function connectionView(
  connection: Connection,
  session: Session,
  told: Told | null,
  granted: Set<string>,
): ConnectionView | null {
  const { address, remember, halted, version } = connection;
  const url = parseManagementUrl(address);
  if (!url.ok) return null;
  const { management: _management, ...place } = url.value;
  const { managementKey } = remember === 'device' ? connection : session;
  return {
    address,
    ...place,
    remember,
    hasKey: Boolean(managementKey),
    granted: granted.has(place.pattern),
    halted,
    version,
    checkedAt: told?.checkedAt ?? null,
    trouble: told?.trouble ?? null,
    checkingAt: told?.checkingAt ?? null,
  };
}

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

type OfPlaceAndState = 'address' | 'host' | 'pattern' | 'granted' | 'running' | 'card' | 'presence';

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
