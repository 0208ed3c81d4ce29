import { hostOf, parseHttpUrl } from '../../core/base-url';
import { hostPattern } from '../../core/connection/management-url';
import { fail, type Result } from '../../core/failures/result';
import type { Account, Saved } from '../../storage/schema';
import type { Ports } from '../ports';

/** Twenty in twenty minutes, from one address, together with signing in to the site (seen on running servers). */
const REVEALS = { most: 20, withinMs: 20 * 60_000 } as const;
/** Left to the user, who signs in by the same count. */
const SPARED = 5;

type Needs = Pick<Ports, 'saved' | 'clock' | 'hosts'>;

/**
 * A call to a relay's user API, if it may be made: the browser allows the host, and the relay has not asked to wait. An
 * answer that asks to wait is remembered: until then nothing is sent.
 */
export async function callRelay<T>(
  ports: Needs,
  siteUrl: string,
  call: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const url = parseHttpUrl(siteUrl);
  const host = hostOf(siteUrl);
  if (!url || !(await ports.hosts.granted(hostPattern(url)))) return fail({ code: 'relay-permission', host });
  return unlessWaiting(ports, host, call);
}

/** A refused token that was taken from a page has ended with its login: only that page has another. */
export const endedLogin = <T>(account: Account, result: Result<T>): Result<T> =>
  account.shortLived && !result.ok && result.failure.code === 'token-refused'
    ? fail({ code: 'login-ended', host: result.failure.host })
    : result;

/**
 * A call that counts as a reveal. Fails without asking when it could lock the user out of the site's sign-in. The count
 * outlives the browser, as the site's does.
 */
export function countedReveal<T>(
  ports: Needs,
  siteUrl: string,
  call: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const host = hostOf(siteUrl);
  const counted = async (): Promise<Result<T>> => {
    const saved = await ports.saved.read();
    if (!saved.ok) return saved;
    const now = ports.clock.now();
    const { left, until } = budgetOf(saved.value.reveals[host], now);
    if (left <= 0) return fail({ code: 'reveal-wait', host, until: until ?? 0 });
    const noted = await ports.saved.change((document) => {
      document.reveals[host] = [...recent(document.reveals[host], now), now];
    });
    return noted.ok ? call() : noted;
  };
  return callRelay(ports, siteUrl, () =>
    unlessWaiting(ports, revealsAt(host), counted, {
      host,
      atLeastMs: REVEALS.withinMs,
      code: 'reveal-wait',
    }),
  );
}

/** How many reveals are left to KeyFerry at a host, by the times of earlier ones, and when the oldest no longer counts. */
export function budgetOf(
  times: readonly number[] | undefined,
  now: number,
): { left: number; most: number; until: number | null } {
  const counted = recent(times, now);
  const [oldest] = counted;
  const left = Math.max(0, REVEALS.most - SPARED - counted.length);
  return {
    left,
    most: REVEALS.most - SPARED,
    until: oldest === undefined ? null : oldest + REVEALS.withinMs,
  };
}

const recent = (times: readonly number[] | undefined, now: number): number[] =>
  (times ?? []).filter((at) => now - at < REVEALS.withinMs);

/** Where a relay asks to wait and does not say how long (New API before July 2026, and its kin). */
const UNSAID_MS = 60_000;
/** However long it asks for: a mistake, or malice, must not shut the user's own site for ever. */
const MOST_MS = 24 * 60 * 60_000;

/** Forgets what a host asked to wait with. Reveals stay counted, as they do at the site. */
export function forgetWaits({ waits }: Pick<Saved, 'waits'>, host: string): void {
  delete waits[host];
  delete waits[revealsAt(host)];
}

const revealsAt = (host: string): string => `reveal ${host}`;

interface Waiting {
  host?: string;
  atLeastMs?: number;
  code?: 'relay-wait' | 'reveal-wait';
}

async function unlessWaiting<T>(
  ports: Needs,
  name: string,
  call: () => Promise<Result<T>>,
  { host = name, atLeastMs = UNSAID_MS, code = 'relay-wait' }: Waiting = {},
): Promise<Result<T>> {
  const saved = await ports.saved.read();
  const until = (saved.ok && saved.value.waits[name]) || 0;
  if (until > ports.clock.now()) return fail({ code, host, until });
  const answer = await call();
  if (answer.ok || answer.failure.code !== 'relay-rate-limited') return answer;
  const next = ports.clock.now() + Math.min(answer.failure.seconds * 1_000 || atLeastMs, MOST_MS);
  await ports.saved.change((document) => {
    document.waits[name] = next;
  });
  return fail({ code, host, until: next });
}
