import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { ServerClock } from '../../clock.ts';
import { refused, type Reply, type Request } from '../reply.ts';

const MAX_FAILURES = 5;
const BAN_MS = 30 * 60_000;

interface Attempts {
  failures: number;
  bannedUntil: number;
}

/** What decides on a management request; read anew for each, since a configuration can change. */
export interface ManagementRules {
  key: string | null;
  allowRemote: boolean;
  banLocal: boolean;
  /** Forwarding headers are believed from anybody. */
  believesForwarded: boolean;
  bcryptMs: number;
}

/** The gate of the management API. It counts failures per address, and a missing key is one. */
export class ManagementGate {
  private readonly attempts = new Map<string, Attempts>();

  constructor(private readonly clock: ServerClock) {}

  /** Undefined for a caller that may pass. The order of the questions is the server's. */
  async check(request: Request, rules: ManagementRules): Promise<Reply | undefined> {
    const address = clientAddress(request, rules.believesForwarded);
    const local = address === '127.0.0.1' || address === '::1';
    const counts = rules.banLocal || !local;
    const attempts = this.attempts.get(address);
    const left = (attempts?.bannedUntil ?? 0) - this.clock.now();
    if (counts && left > 0) {
      return refused(403, `IP banned due to too many failed attempts. Try again in ${goDuration(left)}`);
    }
    if (!local && !rules.allowRemote) return refused(403, 'remote management disabled');
    if (rules.key === null) return refused(403, 'remote management key not set');
    const provided = managementKeyIn(request.headers);
    if (provided !== '' && rules.bcryptMs > 0) await this.clock.sleep(rules.bcryptMs);
    if (provided === rules.key) {
      this.attempts.delete(address);
      return undefined;
    }
    if (counts) this.countFailure(address);
    return refused(401, provided === '' ? 'missing management key' : 'invalid management key');
  }

  private countFailure(address: string): void {
    const attempts = this.attempts.get(address) ?? { failures: 0, bannedUntil: 0 };
    attempts.failures++;
    if (attempts.failures >= MAX_FAILURES) {
      attempts.failures = 0;
      attempts.bannedUntil = this.clock.now() + BAN_MS;
    }
    this.attempts.set(address, attempts);
  }
}

/** `Authorization` hides `X-Management-Key`, and no key is trimmed. */
function managementKeyIn(headers: IncomingHttpHeaders): string {
  const authorization = headers.authorization ?? '';
  const bearer = /^bearer (.*)$/is.exec(authorization);
  return (bearer ? bearer[1]! : authorization) || header(headers, 'x-management-key');
}

/** The proxy keys are looked for in every place a client of any vendor puts them. */
export function checkProxyKey(request: Request, keys: readonly string[]): Reply | undefined {
  const known = new Set(keys.map((key) => key.trim()).filter((key) => key !== ''));
  if (known.size === 0) return undefined;
  const { headers, query } = request;
  const authorization = headers.authorization ?? '';
  const found = [
    /^bearer (.*)$/is.exec(authorization)?.[1]?.trim() ?? authorization,
    header(headers, 'x-goog-api-key'),
    header(headers, 'x-api-key'),
    query.get('key') ?? '',
    query.get('auth_token') ?? '',
  ].filter((key) => key !== '');
  if (found.length === 0 && authorization === '') return refused(401, 'Missing API key');
  return found.some((key) => known.has(key)) ? undefined : refused(401, 'Invalid API key');
}

function header(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function clientAddress({ headers, remoteAddress }: Request, believesForwarded: boolean): string {
  for (const name of believesForwarded ? ['x-forwarded-for', 'x-real-ip'] : []) {
    const parts = header(headers, name)
      .split(',')
      .map((part) => part.trim());
    if (parts.every((part) => isIP(part) !== 0)) return parts[0]!;
  }
  return remoteAddress.replace(/^::ffff:/, '');
}

/** As the server prints durations, in whole seconds: `29m58s`, `45s`, `1h0m0s`. */
export function goDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (h > 0) return `${h}h${m}m${s}s`;
  return m > 0 ? `${m}m${s}s` : `${s}s`;
}
