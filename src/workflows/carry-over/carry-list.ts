import { isCarried } from '../../core/carry-over/held';
import { carryChange, carryIdentity, type CarriedEntry, type ListCarry } from '../../core/carry-over/plan';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { apiKeyOf, labelOf } from '../../core/cliproxyapi/provider';
import { selectList } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { fail, ok, type Result } from '../../core/failures/result';
import { maskKey } from '../../core/mask';
import type { ListFailure } from '../batch/write-lists';
import { agreed, type Agreed } from '../cliproxyapi/agreed';
import { applyAndStay } from '../cliproxyapi/apply-change';
import type { ChangeJob } from '../cliproxyapi/change-job';
import { restAfterWrite } from '../cliproxyapi/cooldown';
import type { Management } from '../connection/open-management';
import { editRecord, noteOnCards } from '../entries/edit-record';
import { openEntryRecords, secretsOnDevice, type NewRecord } from '../history/entry-records';
import { updateRecords, type RecordChange } from '../history/journal';
import type { Ports } from '../ports';
import type { CarryRun } from './carry-run';
import { plansFor } from './open-carry';

export interface CarriedList {
  list: ListName;
  entries: WrittenEntry[];
  /** As it was read last. */
  config: ProxyConfig;
}

/** An entry that was written, and its record. */
export interface WrittenEntry {
  entry: CarriedEntry;
  recordId: string;
}

/** The part that goes into one list: one write, read back, and looked at again. Call it in `changeProxy`. */
export async function carryList(
  ports: Ports,
  management: Management,
  run: CarryRun,
  { list, hash }: { list: ListName; hash: string },
): Promise<Result<CarriedList, ListFailure>> {
  const decisions = agreedCarry(ports, run, list, hash);
  const { root } = management.url;
  let records: { record: NewRecord; entry: CarriedEntry }[] = [];
  const keyIds = (): string[] => records.flatMap(({ record }) => record.keyIds);
  const update = (change: RecordChange) =>
    updateRecords(ports, new Map(records.map(({ record }) => [record.id, change])));
  const job: ChangeJob = {
    ports,
    management,
    ...decisions,
    async journal() {
      const { entries } = decisions.plan();
      records = entries.map((entry) => ({
        entry,
        record: recordOf(ports, run, { list, hash, root }, entry),
      }));
      const opened = records.map(({ record, entry: { before, after } }) => ({ record, before, after }));
      return openEntryRecords(ports, opened, await secretsOnDevice(ports, keyIds()));
    },
    setPhase: (phase, unseen) => update({ phase, unseen }),
    showStage: (stage) => run.show(keyIds(), stage),
    signal: run.signal,
  };
  const applied = await applyAndStay(job);
  if (!applied.ok) {
    const { failure } = applied.failure;
    const moved = failure.code === 'list-changed' ? decisions.config() : undefined;
    return fail({ failure, ...(moved && { moved }) });
  }
  const { config, wroteAt } = applied.value;
  if (wroteAt === null) return ok({ list, entries: [], config });
  await restAfterWrite(ports, true);
  await update({ phase: 'done', tookMs: ports.clock.now() - run.started });
  const edits = records.map(({ record, entry }) => [record.id, { list, ...entry }] as const);
  await noteOnCards(ports, new Map(edits), root);
  return ok({
    list,
    entries: records.map(({ record, entry }) => ({ entry, recordId: record.id })),
    config,
  });
}

/** The decisions for one list: what is missing is found anew on each look, and only the plan that was shown passes. */
const agreedCarry = (
  ports: Ports,
  { there, chosen }: CarryRun,
  list: ListName,
  hash: string,
): Agreed<ListCarry> =>
  agreed<ListCarry>(ports, hash, {
    async plan(here) {
      const plans = await plansFor(ports, { there, here }, chosen);
      const plan = plans.find((one) => one.list === list);
      return plan ? ok(plan) : fail({ code: 'list-changed' });
    },
    identityOf: carryIdentity,
    changeOf: carryChange,
    isHeld({ entries }, config) {
      const here = selectList(config, list);
      return here.ok && entries.every((entry) => isCarried(entry, here.value.providers));
    },
  });

/** One record for each entry; all have the id of the whole as their batch. */
function recordOf(
  ports: Ports,
  { ours, started, carryId }: CarryRun,
  { list, hash, root }: { list: ListName; hash: string; root: string },
  entry: CarriedEntry,
): NewRecord {
  const { before, after, texts, counted } = entry;
  const own = texts.flatMap((text) => ours.get(text) ?? []);
  const [first] = own;
  const label = labelOf(after);
  const record = editRecord(
    { list, ...entry },
    {
      id: ports.ids.next(),
      at: started,
      batch: carryId,
      key: {
        id: first?.id ?? null,
        name: label,
        mask: first?.mask ?? maskKey(texts[0] ?? apiKeyOf(after)),
      },
      keyIds: own.map(({ id }) => id),
      relayName: first?.relayName ?? label,
      proxyRoot: root,
      providerName: label,
      planHash: hash,
    },
  );
  // Equal ones that were there before it came are not ours.
  return before ? record : { ...record, alike: counted + 1 };
}
