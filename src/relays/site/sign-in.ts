import type { Failure } from '../../core/failure';
import { safeText } from '../../core/mask';
import type { Credentials } from '../relay';
import { relayMessage } from '../relay-reply';
import type { Site } from '../ask';

const HEADER_NAME = /(?:new-api|veloera|x-api|voapi|rix-api|neo-api|modelflare)-user|\buser-id\b/i;

/** Exactly this form, one blank and a capital B, works on every server (seen on running servers). */
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
 * What a refusal with a 401 or with `success: false` says about signing in, or undefined if it is about something
 * else. Names only that stand in the message in every language: the header's, and "access token" (section 1).
 */
export function signInFailure(text: string, host: string): Failure | undefined {
  const message = relayMessage(text) ?? '';
  if (HEADER_NAME.test(message)) return { code: 'user-id-refused', host };
  return /access token/i.test(message) ? { code: 'token-refused', host } : undefined;
}

/** A 401 of the user API. A banned user's token is sound, so that new one would not help. */
export function unauthorized(text: string, host: string, secrets: readonly string[]): Failure {
  if (/"AUTH_USER_DISABLED"|"USER_INACTIVE"/.test(text))
    return { code: 'relay-refusal', host, text: safeText(relayMessage(text) ?? '', secrets) };
  return signInFailure(text, host) ?? { code: 'token-refused', host };
}
