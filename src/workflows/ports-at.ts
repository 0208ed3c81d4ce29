import { memo } from '../core/memo';
import { firstProxy, savedAt, sessionAt } from '../storage/at-proxy';
import type { Ports } from './ports';

/** Ports at the CLIProxyAPI that is first in the user's order, from which all others can be reached. */
export function portsAt(outside: Omit<Ports, 'saved' | 'session' | 'at'>): Ports {
  const { saved, session } = outside.everywhere;
  const seen = (which: () => Promise<string>): Ports => ({
    ...outside,
    saved: savedAt(saved, which),
    session: sessionAt(session, which),
    at,
  });
  const at = memo((proxyId: string): Ports => seen(async () => proxyId));
  return seen(firstProxy(saved));
}
