import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Stage } from '../../core/cliproxyapi/card';
import type { Report } from '../heartbeat';
import type { KeyFacts } from '../accounts/find-key';

export interface CarryOrder {
  /** All that is written shares this id, and one undo takes it back. */
  carryId: string;
  /** The id of the CLIProxyAPI that it comes from. */
  from: string;
  chosen: readonly string[];
  /** The plan that the user saw: a hash for each list, joined by dots. */
  hash: string;
  signal: AbortSignal;
  /** How many keys have been asked about. */
  report: Report;
}

/** Carrying over under way. */
export interface CarryRun extends CarryOrder {
  started: number;
  /** The other one's configuration as it is now. Holds key texts. */
  there: ProxyConfig;
  /** The user's own keys, by their texts, as far as cards know them. */
  ours: ReadonlyMap<string, KeyFacts>;
  /** Shows a stage on the cards of these keys; null clears them. */
  show(keyIds: readonly string[], stage: Stage | null): Promise<void>;
}
