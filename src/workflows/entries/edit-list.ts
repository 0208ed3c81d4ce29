import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { apiKeyOf, labelOf, type Provider } from '../../core/cliproxyapi/provider';
import { entryContent } from '../../core/cliproxyapi/same-entry';
import { selectList, type ProviderList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { isEditApplied } from '../../core/entries/applied';
import {
  editsChange,
  editsIdentity,
  planAllEdits,
  type EditedEntry,
  type ListEdits,
} from '../../core/entries/plan-edits';
import { fail, ok, type Result } from '../../core/failures/result';
import { maskKey } from '../../core/mask';
import type { ListFailure } from '../batch/write-lists';
import { agreed, type Agreed } from '../cliproxyapi/agreed';
import { applyAndStay } from '../cliproxyapi/apply-change';
import type { ChangeJob } from '../cliproxyapi/change-job';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import type { Management } from '../connection/open-management';
import { openEntryRecords, secretsOnDevice, type NewRecord } from '../history/entry-records';
import { updateRecords, type RecordChange } from '../history/journal';
import type { Ports } from '../ports';
import { findChosen, type Found } from './chosen';
import { editRecord, noteOnCards } from './edit-record';
import type { EntriesRun } from './edits-run';

export interface EditedList {
  entries: EditedEntry[];
  /** As it was read last. */
  config: ProxyConfig;
  wrote: boolean;
}

interface PlannedList {
  /** Undefined: a list that was not understood, of which nothing is changed. */
  here: ProviderList | undefined;
  plan: ListEdits;
  found: Found;
}

/** A record to be opened, with its entry. */
interface Opened {
  record: NewRecord;
  edited: EditedEntry;
}

/** The part of a change of many that goes into one list. Call it in `changeProxy`. */
export async function editList(
  ports: Ports,
  management: Management,
  run: EntriesRun,
  { list, hash }: { list: ListName; hash: string },
): Promise<Result<EditedList, ListFailure>> {
  const decisions = agreedEdits(ports, run, list, hash);
  const { root } = management.url;
  const ids = run.chosen.keys.map(({ facts }) => facts.id);
  const onDevice = await secretsOnDevice(ports, ids);
  let records: Opened[] = [];
  const update = (change: RecordChange) =>
    updateRecords(ports, new Map(records.map(({ record }) => [record.id, change])));
  const job: ChangeJob = {
    ports,
    management,
    ...decisions,
    journal() {
      records = recordsOf(ports, run, decisions.plan(), { hash, root });
      const opened = records.map(({ record, edited: { before, after } }) => ({ record, before, after }));
      return openEntryRecords(ports, opened, onDevice);
    },
    noteGroups: (names) => updateRecords(ports, groupsOf(records, names)),
    setPhase: (phase, unseen) => update({ phase, unseen }),
    showStage: (stage) => run.show(ids, stage),
    signal: run.signal,
  };
  const applied = await applyAndStay(job);
  if (!applied.ok) {
    const { failure } = applied.failure;
    const moved = failure.code === 'list-changed' ? decisions.config() : undefined;
    return fail({ failure, ...(moved && { moved }) });
  }
  const { config, wroteAt } = applied.value;
  const { entries } = decisions.plan().plan;
  if (wroteAt === null) return ok({ entries, config, wrote: false });
  await restAfterWrite(ports, true);
  await update({ phase: 'done', tookMs: ports.clock.now() - run.started });
  const edits = records.map(({ record, edited }) => [record.id, { list, ...edited }] as const);
  await noteOnCards(ports, new Map(edits), root);
  return ok({ entries, config, wrote: true });
}

const agreedEdits = (
  ports: Ports,
  { chosen, order }: EntriesRun,
  list: ListName,
  hash: string,
): Agreed<PlannedList> =>
  agreed<PlannedList>(ports, hash, {
    plan(config) {
      const found = findChosen(chosen, config);
      const plan = planAllEdits(config, found.byList, order).find((one) => one.list === list);
      const here = selectList(config, list);
      return plan
        ? ok({ here: here.ok ? here.value : undefined, plan, found })
        : fail({ code: 'list-changed' });
    },
    identityOf: ({ plan }) => editsIdentity(plan),
    changeOf: ({ plan, here }) => (here ? editsChange(plan, here) : null),
    isHeld({ plan: { entries } }, config) {
      const here = selectList(config, list);
      return here.ok && entries.every((entry) => isEditApplied(entry, here.value.providers, entry.counted));
    },
  });

/** The names of groups that went, by record. The list may have been read anew since the records were opened. */
function groupsOf(
  records: readonly Opened[],
  names: ReadonlyMap<Provider, string>,
): Map<string, RecordChange> {
  const byContent = new Map([...names].map(([entry, name]) => [entryContent(entry), name]));
  return new Map(
    records.flatMap(({ record, edited: { before } }) => {
      const group = byContent.get(entryContent(before));
      return group === undefined ? [] : [[record.id, { group }] as const];
    }),
  );
}

/** One record for each entry; all have the id of the whole change as their batch. */
const recordsOf = (
  ports: Ports,
  { chosen, editId, started }: EntriesRun,
  { plan: { list, entries }, found }: PlannedList,
  { hash, root }: { hash: string; root: string },
): Opened[] =>
  entries.map((edited) => {
    const { index, before } = edited;
    const own = found.places.filter((place) => place.list === list && place.index === index);
    const keyIds = own.flatMap(({ keyId }) => keyId ?? []);
    const first = chosen.keys.find(({ facts }) => facts.id === keyIds[0])?.facts;
    const label = labelOf(before);
    const name = first ? first.name : label;
    const record = editRecord(
      { list, ...edited },
      {
        id: ports.ids.next(),
        at: started,
        batch: editId,
        key: {
          id: first?.id ?? null,
          name: keyIds.length > 1 ? `${name} +${keyIds.length - 1}` : name,
          mask: first?.mask ?? maskKey(apiKeyOf(before)),
        },
        keyIds,
        relayName: first?.relayName ?? label,
        proxyRoot: root,
        providerName: label,
        planHash: hash,
      },
    );
    return { record, edited };
  });
