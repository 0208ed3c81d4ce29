import type { TabSession } from '../ports/page';

/**
 * Runs inside the page of a relay, once, on the user's click: it must stand alone, and what it needs is handed in. The page of the whole New API family
 * keeps its user under `user`; older servers answer with the access token to the page's cookie, those since July 2026
 * give the page a token of 15 minutes, and only to a request that comes from the page itself (from the servers’ sources). The
 * call that makes a new access token is never used.
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
