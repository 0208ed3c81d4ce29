import type { Failure } from '../../core/failures/failure';
import { groupBy } from '../../core/group-by';
import { hostOf } from '../../core/base-url';
import { isKeyText } from '../../core/key-text';
import { fail, ok, type Result } from '../../core/failures/result';
import { keyStatus, type KeyStatus } from '../../core/accounts/quota';
import { FAMILIES } from '../../core/accounts/relay-family';
import { REVEALS } from '../../relays/reveal-table';
import type { KeyFacts } from './find-key';
import { callRelay, countedReveal } from './relay-waits';
import type { Account, ListedKey } from '../../storage/schema';
import type { Ports } from '../ports';

type Needs = Pick<Ports, 'http' | 'hosts' | 'saved' | 'session' | 'clock'>;

/**
 * The text of a key. One that the relay lists masked is revealed there, once, and remembered until the browser closes:
 * twenty reveals in twenty minutes lock the user out of the site's sign-in (seen on running servers). So none is spent on a
 * key that the relay will refuse, unless the user asks for its text (`insist`).
 */
export async function revealKey(ports: Needs, key: KeyFacts, insist = false): Promise<Result<string>> {
  if (key.source.kind === 'manual') return manualText(ports, key.id);
  const { account, listed } = key.source;
  const session = await ports.session.read();
  if (!session.ok) return session;
  const known = session.value.revealed[key.id];
  if (known) return ok(known);
  const host = hostOf(account.siteUrl);
  const status = statusOf(ports, listed);
  if (!insist && isVain(ports, account, listed)) return fail({ code: 'key-unusable', host, status });
  const revealed = await askRelay(ports, account, [listed.remoteId]);
  if (!revealed.ok) return revealed;
  const text = revealed.value.get(listed.remoteId);
  if (text === undefined || !isKeyText(text)) return fail({ code: 'key-unrevealed', host });
  const saved = await ports.session.change((document) => {
    document.revealed[key.id] = text;
  });
  return saved.ok ? ok(text) : saved;
}

/**
 * The texts of several keys: those of one account with one call, which counts as one reveal for each hundred
 * (seen on running servers). A key that could not be had says why; the others go on.
 */
export async function revealKeys(
  ports: Needs,
  keys: readonly KeyFacts[],
): Promise<Map<string, Result<string>>> {
  const session = await ports.session.read();
  const known = session.ok ? session.value.revealed : {};
  const masked = keys.flatMap(({ id, source }) =>
    source.kind === 'account' && !known[id] && !isVain(ports, source.account, source.listed)
      ? [{ id, account: source.account, remoteId: source.listed.remoteId }]
      : [],
  );
  const failures = new Map<string, Failure>();
  for (const some of groupBy(masked, ({ account }) => account.id).values()) {
    const [first] = some;
    if (!first || some.length < 2) continue;
    const { account } = first;
    const ids = some.map(({ remoteId }) => remoteId);
    const revealed = await askRelay(ports, account, ids);
    // A server that knows no batch: its keys are revealed one by one.
    if (!revealed.ok && revealed.failure.code === 'relay-not-found') continue;
    const failure: Failure = revealed.ok
      ? { code: 'key-unrevealed', host: hostOf(account.siteUrl) }
      : revealed.failure;
    for (const { id } of some) failures.set(id, failure);
    if (!revealed.ok) continue;
    await ports.session.change((document) => {
      for (const { id, remoteId } of some) {
        const text = revealed.value.get(remoteId);
        if (text === undefined || !isKeyText(text)) continue;
        document.revealed[id] = text;
        failures.delete(id);
      }
    });
  }
  const texts = new Map<string, Result<string>>();
  for (const key of keys) {
    const failure = failures.get(key.id);
    texts.set(key.id, failure ? fail(failure) : await revealKey(ports, key));
  }
  return texts;
}

/**
 * Whether a reveal would be counted for a key that the relay refuses in any case. An account without a balance may have
 * a subscription, so that its keys are revealed, and the plan warns.
 */
const isVain = (ports: Needs, { family }: Account, listed: ListedKey): boolean =>
  FAMILIES[family].lists !== 'full' && statusOf(ports, listed) !== 'enabled';

const statusOf = ({ clock }: Needs, listed: ListedKey): KeyStatus => keyStatus(listed, clock.now() / 1000);

/** Only what the list shows masked costs a reveal; elsewhere the list is asked again. */
function askRelay(
  ports: Needs,
  account: Account,
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  const ask = (): Promise<Result<Map<number, string>>> => REVEALS[account.family](ports.http, account, ids);
  return FAMILIES[account.family].lists === 'full'
    ? callRelay(ports, account.siteUrl, ask)
    : countedReveal(ports, account.siteUrl, ask);
}

async function manualText(ports: Pick<Ports, 'saved'>, id: string): Promise<Result<string>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const key = saved.value.keys.find((candidate) => candidate.id === id);
  return key ? ok(key.text) : fail({ code: 'unknown-item' });
}
