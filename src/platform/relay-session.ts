import type { TabSession } from '../ports/page';

/**
 * Runs inside the page of a relay, once, on a click of the user. It must be self-contained, so it gets what it needs
 * as a parameter. Pages of the New API family keep their user under `user`. Older servers answer to the cookie of the
 * page with the access token; since July 2026 they give the page a token of 15 minutes, and only to requests from the
 * page itself (source of New API). Sub2API keeps its token under `auth_token`; its refresh token is left alone, since using
 * it ends the page's own login (source of Sub2API). The call that creates a new access token is never used.
 */
export async function readRelaySession(userIdHeaders: readonly string[]): Promise<TabSession | null> {
  const json = async (path: string, init: RequestInit): Promise<Record<string, unknown> | undefined> => {
    try {
      const reply = await fetch(path, { credentials: 'same-origin', ...init });
      const { data } = (await reply.json()) as { data?: unknown };
      return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : undefined;
    } catch {
      return undefined;
    }
  };
  const idOf = (user: unknown): string => {
    const id = (user as { id?: unknown } | null | undefined)?.id;
    return typeof id === 'number' || typeof id === 'string' ? String(id) : '';
  };
  const kept = localStorage.getItem('auth_token');
  // Other sites use that name too: it is Sub2API's if Sub2API knows its user.
  const me = kept
    ? await json('/api/v1/auth/me', { headers: { Authorization: `Bearer ${kept}` } })
    : undefined;
  if (kept && idOf(me))
    return {
      origin: location.origin,
      userId: idOf(me),
      accessToken: kept,
      shortLived: true,
      family: 'sub2api',
    };
  let stored: unknown;
  try {
    stored = JSON.parse(localStorage.getItem('user') ?? 'null');
  } catch {
    stored = null;
  }
  const userId = idOf(stored);
  const headers = userId ? Object.fromEntries(userIdHeaders.map((name) => [name, userId])) : {};
  const self = await json('/api/user/self', { headers });
  if (self && idOf(self)) {
    const token = self['access_token'];
    return {
      origin: location.origin,
      userId: idOf(self),
      accessToken: typeof token === 'string' ? token : '',
      shortLived: false,
    };
  }
  const fresh = await json('/api/user/auth/refresh', { method: 'POST' });
  const token = fresh?.['access_token'];
  if (typeof token === 'string' && token)
    return {
      origin: location.origin,
      userId: idOf(fresh?.['user']) || userId,
      accessToken: token,
      shortLived: true,
    };
  return userId ? { origin: location.origin, userId, accessToken: '', shortLived: false } : null;
}
