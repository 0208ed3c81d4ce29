import type { CarryOutcome, CarryPlan } from '../../core/carry-over/view';
import { LIST_NAMES, type ListName } from '../../core/cliproxyapi/lists/list-traits';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { sum } from '../../core/sum';
import { allKeys, type KeyFacts } from '../accounts/find-key';
import { writeLists, type Lists } from '../batch/write-lists';
import { changeProxy } from '../cliproxyapi/change-proxy';
import type { Management } from '../connection/open-management';
import { fingerprintsOf } from '../history/entry-records';
import type { Ports } from '../ports';
import { addNotice, announceFailure, failed, stagesOf } from '../running';
import { carryList, type CarriedList } from './carry-list';
import type { CarryOrder, CarryRun } from './carry-run';
import { listsOf, viewCarry } from './open-carry';
import { proveCarried } from './prove-carried';
import { readThere, unread } from './read-both';

/**
 * Carries over as it was agreed to: the other CLIProxyAPI is read again and never written to; here there is one write for
 * each list, read back, and every key that came is proved. One line of History with one undo. Where either changed since,
 * so that the plan is another, nothing is written before the user saw that one.
 */
export async function carryOver(ports: Ports, order: CarryOrder): Promise<CarryOutcome> {
  const there = await readThere(ports, order.from, order.signal);
  if (!there.ok) return unread('there', there.failure);
  const shown = new Set<string>();
  const run: CarryRun = {
    ...order,
    there: there.value,
    ours: await oursIn(ports, order.from, there.value),
    started: ports.clock.now(),
    async show(keyIds, stage) {
      for (const id of keyIds) shown.add(id);
      if (keyIds.length > 0) await stagesOf(ports, keyIds, order.carryId)(stage);
    },
  };
  return changeProxy<CarryOutcome>(
    ports,
    {
      // Which keys of ours it is about shows when a list is planned.
      show: (stage) => run.show([...shown], stage),
      signal: order.signal,
      conclude: async (outcome) =>
        outcome.kind === 'failed'
          ? announceFailure(ports, { keyId: '', keyName: '' }, outcome.failure)
          : undefined,
    },
    (management) => runCarry(ports, management, run),
  );
}

async function runCarry(ports: Ports, management: Management, run: CarryRun): Promise<CarryOutcome> {
  const { done, left, moved } = await writeLists(listsOf(run.chosen), run.hash, (list, hash) =>
    carryList(ports, management, run, { list, hash }),
  );
  const written = done.filter(({ opened }) => opened.length > 0);
  // Nothing was written yet, so that the user is asked again; afterwards it is said.
  if (moved && written.length === 0) return { kind: 'replan', plan: await planNow(ports, run, moved) };
  if (left && written.length === 0) return failed(left.failure);
  return conclude(ports, management, run, { done: written, ...(left && { left }) });
}

const planNow = (ports: Ports, { there, chosen }: CarryRun, here: ProxyConfig): Promise<CarryPlan> =>
  viewCarry(ports, { there, here }, chosen);

async function conclude(
  ports: Ports,
  management: Management,
  run: CarryRun,
  { done, left }: Lists<ListName, CarriedList>,
): Promise<CarryOutcome> {
  const importId = done.length > 0 ? run.carryId : '';
  const rows = await proveCarried(ports, management, run, done);
  const [served, total] = [sum(rows.map((row) => row.served)), sum(rows.map(({ keys }) => keys))];
  if (importId) {
    const outcome = { kind: 'batch', served, total, importId } as const;
    await addNotice(ports, { keyId: null, keyName: '', outcome });
  }
  if (left) await announceFailure(ports, { keyId: '', keyName: '' }, left.failure);
  await ports.pages.notify();
  return { kind: 'done', importId, rows, ...(left && { failure: left.failure }) };
}

/** The user's own keys in a configuration: their cards, at either of the two, know them by their fingerprints. */
async function oursIn(
  ports: Ports,
  from: string,
  { lists }: ProxyConfig,
): Promise<ReadonlyMap<string, KeyFacts>> {
  const [here, there] = [await ports.saved.read(), await ports.at(from).saved.read()];
  const prints = await fingerprintsOf(
    ports,
    LIST_NAMES.flatMap((name) => lists[name] ?? []),
  );
  if (!here.ok || !there.ok || !prints.ok) return new Map();
  const facts = new Map(allKeys(here.value).map((key) => [key.id, key]));
  const known = new Map<string, KeyFacts>();
  for (const cards of [there.value.cards, here.value.cards])
    for (const [id, card] of Object.entries(cards)) {
      const key = facts.get(id);
      if (key && card.kind === 'proved' && card.print !== undefined) known.set(card.print, key);
    }
  return new Map(
    [...prints.value].flatMap(([text, print]) => {
      const key = known.get(print);
      return key ? [[text, key] as const] : [];
    }),
  );
}
