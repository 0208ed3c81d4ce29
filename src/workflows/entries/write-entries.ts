import type { Stage } from '../../core/cliproxyapi/card';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import type { Provider } from '../../core/cliproxyapi/provider';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { entryContent } from '../../core/cliproxyapi/same-entry';
import type { ListWork } from '../batch/write-lists';
import type { Agreed } from '../cliproxyapi/agreed';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import type { ListJob } from '../cliproxyapi/joint-job';
import type { Management } from '../connection/open-management';
import { openEntryRecords, secretsOnDevice, type NewRecord } from '../history/entry-records';
import { dropRecords, updateRecords, type RecordChange } from '../history/journal';
import type { Ports } from '../ports';
import { noteOnCards } from './edit-record';

/** An entry as it is before and after a write, and its record. */
export interface Opened<E> {
  record: NewRecord;
  entry: E;
}

interface Entry {
  before: Provider | null;
  after: Provider | null;
}

interface EntriesWork<E> {
  list: ListName;
  decisions: Agreed<unknown>;
  /** The records of what was agreed to last; they are opened before anything is written. */
  records(): Opened<E>[];
  /** The keys of ours that these are about: their cards show the work. */
  keyIds(opened: readonly Opened<E>[]): string[];
  /** The change that it is a part of; `started`: milliseconds since 1970. */
  run: { started: number; signal: AbortSignal; show(keyIds: readonly string[], stage: Stage): Promise<void> };
}

/** What was written, none where there was nothing to write; and the configuration as it was read last. */
export interface WrittenEntries<E> {
  opened: Opened<E>[];
  config: ProxyConfig;
}

/** Many entries of one list: journaled, read back, looked at again, and noted on the cards. */
export function writeEntries<E extends Entry>(
  ports: Ports,
  management: Management,
  { list, decisions, records, keyIds, run }: EntriesWork<E>,
): ListWork<WrittenEntries<E>> {
  let opened: Opened<E>[] = [];
  const update = (change: RecordChange) =>
    updateRecords(ports, new Map(opened.map(({ record }) => [record.id, change])));
  const job: ListJob = {
    ports,
    management,
    ...decisions,
    async journal() {
      opened = records();
      const entries = opened.map(({ record, entry: { before, after } }) => ({ record, before, after }));
      return openEntryRecords(ports, entries, await secretsOnDevice(ports, keyIds(opened)));
    },
    dropJournal: () => dropRecords(ports, new Set(opened.map(({ record }) => record.id))),
    noteGroups: (names) => updateRecords(ports, groupsOf(opened, names)),
    setPhase: (phase, unseen) => update({ phase, unseen }),
    showStage: (stage) => run.show(keyIds(opened), stage),
    signal: run.signal,
  };
  return {
    job,
    async conclude({ config, wroteAt }) {
      if (wroteAt === null) return { opened: [], config };
      await restAfterWrite(ports, true);
      await update({ phase: 'done', tookMs: ports.clock.now() - run.started });
      const edits = opened.map(({ record, entry }) => [record.id, { list, ...entry }] as const);
      await noteOnCards(ports, new Map(edits), management.url.root);
      return { opened, config };
    },
  };
}

/** The names of groups that went, by record. The list may have been read anew since the records were opened. */
function groupsOf(
  opened: readonly Opened<Entry>[],
  names: ReadonlyMap<Provider, string>,
): Map<string, RecordChange> {
  const byContent = new Map([...names].map(([entry, name]) => [entryContent(entry), name]));
  return new Map(
    opened.flatMap(({ record, entry: { before } }) => {
      const group = before ? byContent.get(entryContent(before)) : undefined;
      return group === undefined ? [] : [[record.id, { group }] as const];
    }),
  );
}
