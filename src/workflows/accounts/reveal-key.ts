import { hostOf } from '../../core/base-url';
import { isKeyText } from '../../core/key-text';
import { fail, ok, type Result } from '../../core/failures/result';
import { keyStatus, type KeyStatus } from '../../core/accounts/quota';
import { FAMILIES } from '../../core/accounts/relay-family';
import { REVEALS } from '../../relays/reveal-table';
import type { KeyFacts } from './find-key';
import { callRelay, countedReveal, endedLogin } from './relay-waits';
import type { Account, ListedKey } from '../../storage/schema';
import type { Ports } from '../ports';

export type RevealNeeds = Pick<Ports, 'http' | 'hosts' | 'saved' | 'session' | 'clock'>;

/**
 * The text of a key. One that the relay lists masked is revealed there, once, and remembered until the browser closes:
 * twenty reveals in twenty minutes lock the user out of the site's sign-in (seen on running servers). So none is spent on a
 * key that the relay will refuse, unless the user asks for its text (`insist`).
 */
export async function revealKey(ports: RevealNeeds, key: KeyFacts, insist = false): Promise<Result<string>> {
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
 * Whether a reveal would be counted for a key that the relay refuses in any case. An account without a balance may have
 * a subscription, so that its keys are revealed, and the plan warns.
 */
export const isVain = (ports: RevealNeeds, { family }: Account, listed: ListedKey): boolean =>
  FAMILIES[family].lists !== 'full' && statusOf(ports, listed) !== 'enabled';

const statusOf = ({ clock }: RevealNeeds, listed: ListedKey): KeyStatus =>
  keyStatus(listed, clock.now() / 1000);

/** Only what the list shows masked costs a reveal; elsewhere the list is asked again. */
export async function askRelay(
  ports: RevealNeeds,
  account: Account,
  ids: readonly number[],
): Promise<Result<Map<number, string>>> {
  const ask = (): Promise<Result<Map<number, string>>> => REVEALS[account.family](ports.http, account, ids);
  return endedLogin(
    account,
    FAMILIES[account.family].lists === 'full'
      ? await callRelay(ports, account.siteUrl, ask)
      : await countedReveal(ports, account.siteUrl, ask),
  );
}

async function manualText(ports: Pick<Ports, 'saved'>, id: string): Promise<Result<string>> {
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const key = saved.value.keys.find((candidate) => candidate.id === id);
  return key ? ok(key.text) : fail({ code: 'unknown-item' });
}
