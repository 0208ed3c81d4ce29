import type { Failure } from '../../core/failures/failure';
import { safeText } from '../../core/mask';
import type { Credentials } from '../relay';
import { relayMessage } from '../relay-reply';
import type { Site } from '../ask';

const HEADER_NAME = /(?:new-api|veloera|x-api|voapi|rix-api|neo-api|modelflare)-user|\buser-id\b/i;

/**
 * Signs requests. Every recorded server takes this form: one blank, a capital B (fixtures <server>/auth; all but the newest
 * New API refuse `bearer` and two blanks).
 */
export function siteOf(credentials: Credentials, userIdHeaders: readonly string[]): Site {
  const userId = credentials.userId.trim();
  const ids = (userId ? userIdHeaders : []).map((name) => [name, userId] as const);
  return {
    siteUrl: credentials.siteUrl,
    headers: { Authorization: `Bearer ${credentials.accessToken}`, ...Object.fromEntries(ids) },
    secrets: [credentials.accessToken],
  };
}

/**
 * What a 401 or a `success: false` says about signing in, or undefined if it is about something else. Decides by
 * names that every translation of the message keeps: that of the header, and "access token".
 */
export function signInFailure(text: string, host: string): Failure | undefined {
  const message = relayMessage(text) ?? '';
  if (HEADER_NAME.test(message)) return { code: 'user-id-refused', host };
  return /access token/i.test(message) ? { code: 'token-refused', host } : undefined;
}

/** Turns a 401 of the user API into a failure. The token of a banned user is valid, so a new one would not help. */
export function unauthorized(text: string, host: string, secrets: readonly string[]): Failure {
  if (/"AUTH_USER_DISABLED"|"USER_INACTIVE"/.test(text))
    return { code: 'relay-refusal', host, text: safeText(relayMessage(text) ?? '', secrets) };
  return signInFailure(text, host) ?? { code: 'token-refused', host };
}
