import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { labelOf } from '../../core/cliproxyapi/provider';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { planAllEdits, type EditedEntry } from '../../core/entries/plan-edits';
import type { EntriesOutcome } from '../../core/entries/view';
import { writeLists, type Lists } from '../batch/write-lists';
import { changeProxy } from '../cliproxyapi/change-proxy';
import type { Management } from '../connection/open-management';
import type { Ports } from '../ports';
import { addNotice, announceFailure, failed, stagesOf } from '../running';
import { findChosen } from './chosen';
import type { EntriesOrder, EntriesRun } from './edits-run';
import { editList, type EditedList } from './edit-list';
import { viewEdits } from './open-edits';
import { proveEdits } from './prove-edits';

/**
 * Changes many keys or entries as it was agreed to: one write for each list or for all, read back once, then every key of ours in
 * the changed entries is proved. One notice with one undo, which takes all of it back.
 */
export function editEntries(ports: Ports, order: EntriesOrder): Promise<EntriesOutcome> {
  const { chosen, editId, signal } = order;
  const run: EntriesRun = {
    ...order,
    started: ports.clock.now(),
    show: (keyIds, stage) => stagesOf(ports, keyIds, editId)(stage),
  };
  const ids = chosen.keys.map(({ facts }) => facts.id);
  return changeProxy<EntriesOutcome>(
    ports,
    {
      show: (stage) => run.show(ids, stage),
      signal,
      conclude: async (outcome) =>
        outcome.kind === 'failed'
          ? announceFailure(ports, { keyId: '', keyName: '' }, outcome.failure)
          : undefined,
    },
    (management) => runEdits(ports, management, run),
  );
}

async function runEdits(ports: Ports, management: Management, run: EntriesRun): Promise<EntriesOutcome> {
  const { chosen, order, hash } = run;
  const planned = planAllEdits(chosen.config, findChosen(chosen, chosen.config).byList, order);
  const lists = planned.map(({ list }) => list);
  const { done, left, moved } = await writeLists(lists, hash, (list, own) =>
    editList(ports, management, run, { list, hash: own }),
  );
  // Nothing was written yet, so that the user is asked again; afterwards it is said.
  if (moved && !done.some(({ wrote }) => wrote)) {
    chosen.config = moved;
    return { kind: 'replan', view: await viewEdits(ports, chosen, order) };
  }
  if (left && !done.some(({ wrote }) => wrote)) return failed(left.failure);
  await conclude(ports, management, run, { done, ...(left && { left }) });
  return { kind: 'done' };
}

async function conclude(
  ports: Ports,
  management: Management,
  run: EntriesRun,
  { done, left }: Lists<ListName, EditedList>,
): Promise<void> {
  const written = done.flatMap(({ entries, wrote }) => (wrote ? entries : []));
  const last: ProxyConfig | undefined = done.at(-1)?.config;
  const after = written.flatMap((entry) => (entry.after ? [entry.after] : []));
  if (last && run.order.edit.remove === undefined)
    await proveEdits(ports, management, { ...run, config: last, entries: after, keys: run.chosen.keys });
  if (written.length > 0)
    await addNotice(ports, {
      keyId: null,
      keyName: nameOf(written),
      outcome: {
        kind: 'edited',
        importId: run.editId,
        removed: written.every((entry) => entry.after === null),
      },
    });
  if (left) await announceFailure(ports, { keyId: '', keyName: '' }, left.failure);
  await ports.pages.notify();
}

/** What the notice calls several entries. */
function nameOf([first, ...more]: readonly EditedEntry[]): string {
  const name = first ? labelOf(first.before) : '';
  return more.length > 0 ? `${name} +${more.length}` : name;
}
