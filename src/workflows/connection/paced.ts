import { atMost } from '../few-at-once';
import type { Management } from './open-management';

/**
 * A client of which so many requests are in flight at once: each would count where the management key is refused meanwhile.
 * Reading the configuration is no part of it.
 */
export function paced(management: Management, most: number): Management {
  const gate = atMost(most);
  return { ...management, send: (call) => gate(() => management.send(call)) };
}
