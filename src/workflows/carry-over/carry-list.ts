import { isCarried } from '../../core/carry-over/held';
import { carryChange, carryIdentity, type CarriedEntry, type ListCarry } from '../../core/carry-over/plan';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { apiKeyOf, labelOf } from '../../core/cliproxyapi/provider';
import { selectList } from '../../core/cliproxyapi/provider-list';
import { fail, ok } from '../../core/failures/result';
import { maskKey } from '../../core/mask';
import type { ListWork } from '../batch/write-lists';
import { agreed, type Agreed } from '../cliproxyapi/agreed';
import type { Management } from '../connection/open-management';
import { editRecord } from '../entries/edit-record';
import { writeEntries, type WrittenEntries } from '../entries/write-entries';
import type { NewRecord } from '../history/entry-records';
import type { Ports } from '../ports';
import type { CarryRun } from './carry-run';
import { plansFor } from './open-carry';

/** The part that went into one list. */
export interface CarriedList extends WrittenEntries<CarriedEntry> {
  list: ListName;
}

/** The part that goes into one list. */
export async function carryList(
  ports: Ports,
  management: Management,
  run: CarryRun,
  { list, hash }: { list: ListName; hash: string },
): Promise<ListWork<CarriedList>> {
  const decisions = agreedCarry(ports, run, list, hash);
  const { root } = management.url;
  const work = writeEntries(ports, management, {
    list,
    decisions,
    records: () =>
      decisions
        .plan()
        .entries.map((entry) => ({ entry, record: recordOf(ports, run, { list, hash, root }, entry) })),
    keyIds: (opened) => opened.flatMap(({ record }) => record.keyIds),
    run,
  });
  return { job: work.job, conclude: async (applied) => ({ list, ...(await work.conclude(applied)) }) };
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
  { ours, there, started, carryId }: CarryRun,
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
  return { ...record, from: there.root, ...(!before && { alike: counted + 1 }) };
}
