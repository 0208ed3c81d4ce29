import { siteOf } from '../../core/accounts/account-login';
import { FAMILIES, hasLastingToken, type RelayFamily } from '../../core/accounts/relay-family';
import type { SiteKind } from '../../core/accounts/site-kind';
import { hostOf } from '../../core/base-url';
import type { FailureCode } from '../../core/failures/failure';
import { fail, ok, type Result } from '../../core/failures/result';
import { typedAddress } from '../../core/typed-address';
import { capReading } from '../../relays/cap-reading';
import { recognise } from '../../relays/recognise';
import type { AccountReading } from '../../relays/relay';
import { RELAYS } from '../../relays/table';
import type { Account } from '../../storage/schema';
import type { Ports } from '../ports';
import { callRelay } from './relay-waits';

type Needs = Pick<Ports, 'http' | 'hosts' | 'saved' | 'clock'>;

/** Recognises a site by its public status; sends no credential. */
export async function recogniseSite(ports: Needs, address: string): Promise<Result<SiteKind>> {
  const url = typedAddress(address);
  if (!url.ok) return url;
  const siteUrl = siteOf(url.value);
  return callRelay(ports, siteUrl, () => recognise(ports.http, siteUrl));
}

export type Reading = Result<AccountReading & { family: RelayFamily }>;

/** Failures of a site that may have changed its software since it was last read. */
const MAY_HAVE_MOVED: ReadonlySet<FailureCode> = new Set([
  'relay-shape',
  'relay-not-found',
  'relay-refusal',
  'token-refused',
  'user-id-refused',
  'not-new-api',
]);

/**
 * Reads an account. A site that was never read, or that answers unlike its family, is first recognised by its public
 * status, without a credential.
 */
export async function readAccount(ports: Needs, account: Account): Promise<Reading> {
  const known = account.refreshedAt !== null;
  const before = known ? await readAs(ports, account, account.family) : undefined;
  if (before && (before.ok || !MAY_HAVE_MOVED.has(before.failure.code))) return before;
  const recognised = await recognise(ports.http, account.siteUrl);
  if (!recognised.ok) return before ?? recognised;
  const { family } = recognised.value;
  return before && family === account.family ? before : readAs(ports, account, family);
}

async function readAs(ports: Needs, account: Account, family: RelayFamily): Promise<Reading> {
  const host = hostOf(account.siteUrl);
  // Only a signed-in page has one; what was typed is an API key, or of another site.
  if (!hasLastingToken(family) && !account.shortLived) return fail({ code: 'no-lasting-token', host });
  if (FAMILIES[family].userId === 'required' && !account.userId)
    return fail({ code: 'user-id-needed', host });
  const reading = await RELAYS[family].readAccount(ports.http, account);
  return reading.ok ? ok({ ...capReading(reading.value), family }) : reading;
}
