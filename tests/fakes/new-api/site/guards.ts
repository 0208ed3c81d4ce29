import { accept } from '../keys/auth';
import { say } from '../messages';
import { empty, json, refuse, withHeaders } from '../reply';
import { userOfAccessToken } from './sessions';
import type { RelayState } from '../state';
import type { Call, RelayKey, RelayUser, Reply } from '../types';

/** What a route does; guards put something before it. The state goes through all of them. */
export type Run<Extra extends unknown[] = []> = (state: RelayState, call: Call, ...extra: Extra) => Reply;

const AUTH_VERSION = '864b7076dbcd0a3c01b5520316720ebf';
const NEVER_CACHE = 'no-store, no-cache, must-revalidate, private, max-age=0';
const ADMIN = 10;
const ROOT = 100;

/** What may show or spend somebody's keys: root, and admins that have been given the right. */
export const mayWriteSecrets = ({ role, sensitiveWrite }: RelayUser): boolean =>
  role >= ROOT || (role >= ADMIN && sensitiveWrite);

const refused = (status: number, code: string, message: string): Reply =>
  json(status, { code, message, success: false });

/** `Bearer` in any case, or the bare token. */
function bearerOf(header: string | undefined): string | undefined {
  const words = (header ?? '').trim().split(/\s+/);
  if (words.length === 1 && words[0] !== '') return words[0];
  return words.length === 2 && words[0]?.toLowerCase() === 'bearer' ? words[1] : undefined;
}

function userGuard(allowed: (user: RelayUser) => boolean, run: Run<[RelayUser]>): Run {
  return (state, call) => {
    const found = userOfAccessToken(state, bearerOf(call.headers.authorization));
    if (typeof found === 'string') return refused(401, found, say(call, 'accessTokenInvalid'));
    if (found.status !== 1) return refused(401, 'AUTH_USER_DISABLED', say(call, 'userBanned'));
    if (!allowed(found))
      return refused(403, 'AUTH_INSUFFICIENT_PRIVILEGE', 'Unauthorized, insufficient privileges');
    // Only accepted requests carry this mark, whatever comes of them afterwards.
    return withHeaders(run(state, call, found), { 'auth-version': AUTH_VERSION });
  };
}

export const forUser = (run: Run<[RelayUser]>): Run => userGuard(() => true, run);
export const forAdmin = (run: Run<[RelayUser]>): Run => userGuard(({ role }) => role >= ADMIN, run);
/** An admin without the right is refused without a code (fixture new-api/channels-copy-and-tags). */
export const forSensitive = (run: Run<[RelayUser]>): Run =>
  forAdmin((state, call, user) =>
    mayWriteSecrets(user) ? run(state, call, user) : refuse('Unauthorized, insufficient privileges', 403),
  );

/** Routes used with an API key. */
export const forKey =
  (run: Run<[RelayKey, RelayUser]>): Run =>
  (state, call) => {
    const accepted = accept(state, call);
    return 'refusal' in accepted ? accepted.refusal : run(state, call, accepted.key, accepted.user);
  };

export const tooMany = (retryAfter: number): Reply => empty(429, { 'retry-after': String(retryAfter) });

/** Reveals, sign-ins and usage by key share one bucket per address. */
export const critical =
  <Extra extends unknown[]>(run: Run<Extra>): Run<Extra> =>
  (state, call, ...extra) => {
    const wait = state.limiter?.refuse('critical', call.address);
    return wait === undefined ? run(state, call, ...extra) : tooMany(wait);
  };

export const searchLimited =
  (run: Run<[RelayUser]>): Run<[RelayUser]> =>
  (state, call, user) => {
    const wait = state.limiter?.refuse('search', String(user.id));
    return wait === undefined ? run(state, call, user) : tooMany(wait);
  };

/** A header of the route's own wins. */
export const uncached =
  <Extra extends unknown[]>(run: Run<Extra>): Run<Extra> =>
  (state, call, ...extra) => {
    const reply = run(state, call, ...extra);
    return { ...reply, headers: { 'cache-control': NEVER_CACHE, ...reply.headers } };
  };
