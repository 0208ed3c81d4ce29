import type { EntryChange } from '../../core/cliproxyapi/entry-change';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import type { Provider } from '../../core/cliproxyapi/provider';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import type { Failure } from '../../core/failures/failure';
import type { Result } from '../../core/failures/result';
import type { ProviderRecord } from '../../storage/journal-schema';
import { openEntryRecords, type NewRecord } from '../history/entry-records';
import { updateRecord } from '../history/journal';
import type { Ports } from '../ports';
import type { Management } from '../connection/open-management';

/** One write of CLIProxyAPI: the change of one list, or of several where one write takes them all. */
export interface ChangeJob {
  ports: Ports;
  management: Management;
  /**
   * What to write, judged on a fresh list; null: the list is as it should be. Fails where the write would do more than the
   * user agreed to: of a file of both layouts, any converts all of it.
   */
  decide(config: ProxyConfig): Promise<Result<EntryChange | null>>;
  /** Whether a list that was read back holds what was decided. */
  isApplied(config: ProxyConfig): Promise<boolean>;
  /** Journals what is about to be written; nothing is sent before that is stored. */
  journal(change: EntryChange): Promise<Result<true>>;
  /** Notes in the journal the names of groups that go with their entries of a list, before they do. */
  noteGroups?(names: ReadonlyMap<Provider, string>, list: ListName): Promise<unknown>;
  /** Notes in the journal how far the change came. `unseen`: it was sent, and no list shows it. */
  setPhase(phase: ProviderRecord['phase'], unseen?: boolean): Promise<unknown>;
  showStage(stage: 'waiting' | 'reading' | 'writing' | 'reading-back'): Promise<void>;
  signal: AbortSignal;
}

export interface Applied {
  /** The configuration as it was read last. */
  config: ProxyConfig;
  /** When the write was answered; null: there was nothing to write. */
  wroteAt: number | null;
}

/** A failure, and whether the change may be in the list nevertheless. */
export interface ApplyFailure {
  failure: Failure;
  written: 'no' | 'maybe';
  /** It was sent, its answer did not come, and no list shows it: it may arrive yet. */
  unseen?: boolean;
}

/** The journal's part of a change of one entry. */
export const journalOne = (
  ports: Ports,
  id: string,
  record: () => NewRecord,
  onDevice: boolean,
): Pick<ChangeJob, 'journal' | 'noteGroups' | 'setPhase'> => ({
  journal: (change) => openEntryRecords(ports, [{ ...change, record: record() }], onDevice),
  noteGroups: async (names) => {
    const [group] = names.values();
    if (group !== undefined) await updateRecord(ports, id, { group });
  },
  setPhase: (phase, unseen) => updateRecord(ports, id, { phase, unseen }),
});
