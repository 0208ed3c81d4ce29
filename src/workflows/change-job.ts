import type { EntryChange } from '../core/cliproxyapi/entry-change';
import type { Failure } from '../core/failure';
import type { Result } from '../core/result';
import type { JournalRecord } from '../storage/schema';
import type { ProxyConfig } from '../core/cliproxyapi/proxy-config';

export interface ChangeJob {
  /** What to write, judged on a fresh list; null: the list is as it should be. */
  decide(config: ProxyConfig): Promise<Result<EntryChange | null>>;
  /** Whether a list that was read back holds what was decided. */
  isApplied(config: ProxyConfig): Promise<boolean>;
  /** Journals what is about to be written; nothing is sent before that is stored. */
  journal(change: EntryChange): Promise<Result<true>>;
  /** Notes in the journal how far it came. */
  setPhase(phase: JournalRecord['phase']): Promise<unknown>;
  showStage(stage: 'waiting' | 'reading' | 'writing' | 'reading-back'): Promise<void>;
  signal: AbortSignal;
}

export interface Applied {
  /** The list as it was read last. */
  config: ProxyConfig;
  /** When the write was answered; null: there was nothing to write. */
  wroteAt: number | null;
}

/** A failure, and whether the change may be in the list nevertheless. */
export interface ApplyFailure {
  failure: Failure;
  written: 'no' | 'maybe' | 'memory-only';
}
