import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { apiKeyOf, labelOf } from '../../core/cliproxyapi/provider';
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
import { fail, ok } from '../../core/failures/result';
import { maskKey } from '../../core/mask';
import type { ListWork } from '../batch/write-lists';
import { agreed, type Agreed } from '../cliproxyapi/agreed';
import type { Management } from '../connection/open-management';
import type { Ports } from '../ports';
import { findChosen, type Found } from './chosen';
import { editRecord } from './edit-record';
import type { EntriesRun } from './edits-run';
import { writeEntries, type Opened } from './write-entries';

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

/** The part of a change of many that goes into one list. */
export async function editList(
  ports: Ports,
  management: Management,
  run: EntriesRun,
  { list, hash }: { list: ListName; hash: string },
): Promise<ListWork<EditedList>> {
  const decisions = agreedEdits(ports, run, list, hash);
  const { root } = management.url;
  const ids = run.chosen.keys.map(({ facts }) => facts.id);
  const work = writeEntries(ports, management, {
    list,
    decisions,
    records: () => recordsOf(ports, run, decisions.plan(), { hash, root }),
    keyIds: () => ids,
    run,
  });
  return {
    job: work.job,
    async conclude(applied) {
      const { opened, config } = await work.conclude(applied);
      return { entries: decisions.plan().plan.entries, config, wrote: opened.length > 0 };
    },
  };
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

/** One record for each entry; all have the id of the whole change as their batch. */
const recordsOf = (
  ports: Ports,
  { chosen, editId, started }: EntriesRun,
  { plan: { list, entries }, found }: PlannedList,
  { hash, root }: { hash: string; root: string },
): Opened<EditedEntry>[] =>
  entries.map((entry) => {
    const { index, before } = entry;
    const own = found.places.filter((place) => place.list === list && place.index === index);
    const keyIds = own.flatMap(({ keyId }) => keyId ?? []);
    const first = chosen.keys.find(({ facts }) => facts.id === keyIds[0])?.facts;
    const label = labelOf(before);
    const name = first ? first.name : label;
    const record = editRecord(
      { list, ...entry },
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
    return { record, entry };
  });
