import type { ProvedCard } from '../../core/cliproxyapi/proved-card';
import { selectList } from '../../core/cliproxyapi/provider-list';
import type { BatchPlan, BatchRow } from '../../core/batch/plan-batch';
import { planImport } from '../../core/import/plan';
import { joining } from '../../core/import/planned-again';
import { provedBy } from '../../core/import/proved-by';
import type { Agreed } from '../cliproxyapi/agreed';
import type { Applied, ChangeJob } from '../cliproxyapi/change-job';
import { proveKey, unprovedCard, type KeyProof } from '../cliproxyapi/prove-key';
import { kinOf, proveKin, type Kin } from '../cliproxyapi/prove-kin';
import type { BatchRecord } from './batch-records';
import type { BatchRun } from './batch-run';

/** One list of a batch under way. */
export interface ListRun extends BatchRun {
  agreed: Agreed<BatchPlan>;
  /** Of the last try: opened when its plan had passed. */
  records: BatchRecord[];
}

/** A key that was asked about, and what its card says; without `proof` its provider was not found any more. */
export interface ProvedRow {
  keyId: string;
  card: ProvedCard;
  proof: KeyProof | undefined;
}
export type Cards = ReadonlyMap<string, ProvedCard>;
type PlannedRow = Extract<BatchRow, { kind: 'planned' }>;

/** A planned key, and where it is now. */
interface Placed extends Kin {
  row: PlannedRow;
  importId: string;
}

/** Asks the registry about the keys of a batch: one of each provider, and the list about the others. */
export async function proveRows(job: ChangeJob, run: ListRun, applied: Applied): Promise<ProvedRow[]> {
  const { ports, management } = job;
  const planned = run.agreed.plan().rows.filter((row): row is PlannedRow => row.kind === 'planned');
  const show = (some: readonly PlannedRow[], stage: 'asking' | null): Promise<unknown> =>
    run.show(
      some.map(({ keyId }) => keyId),
      stage,
    );
  await show(planned, 'asking');
  const all = placeRows(run, applied, planned);
  const cards = await proveKin(ports, management, all, {
    ask: (placed, client) => proveOne({ ports, management: client }, run, placed),
    done: (some) =>
      show(
        some.map(({ row }) => row),
        null,
      ),
    signal: run.signal,
  });
  return all.flatMap((placed) => {
    const card = cards.get(placed);
    return card ? [{ keyId: placed.row.keyId, card, proof: placed.proof }] : [];
  });
}

/** Where the providers are now: others may have put theirs before them, or taken them away. */
function placeRows(run: ListRun, { config, wroteAt }: Applied, rows: readonly PlannedRow[]): Placed[] {
  const list = selectList(config, run.agreed.plan().list);
  const records = new Map(
    run.records.flatMap(({ record: { id, keyIds } }) => keyIds.map((keyId) => [keyId, id] as const)),
  );
  return rows.map((row) => {
    const { keyId, request, plan } = row;
    const importId = wroteAt === null ? '' : (records.get(keyId) ?? '');
    const now = list.ok ? planImport(list.value, joining(request, plan)) : list;
    if (!list.ok || !now.ok) return { row, importId, kin: keyId };
    const { index, keyIndex, after } = now.value;
    const proof: KeyProof = {
      key: run.facts.get(keyId),
      config,
      place: { ...list.value, index, keyIndex },
      ...provedBy(plan, after),
      importId,
      signal: run.signal,
      progress: async () => undefined,
    };
    return { row, importId, kin: kinOf(proof), proof };
  });
}

/** A key that could not be asked about can be asked about again. */
async function proveOne(
  { ports, management }: Pick<ChangeJob, 'ports' | 'management'>,
  run: ListRun,
  { row: { plan }, importId, proof }: Placed,
): Promise<ProvedCard> {
  if (proof) {
    const card = await proveKey(ports, management, proof);
    return card.ok ? card.value : unprovedCard(ports, management, proof, card.failure);
  }
  const { list, providers } = run.agreed.plan();
  const place = { list, providers, index: plan.index, keyIndex: plan.keyIndex };
  return unprovedCard(ports, management, { place, expected: plan.expected, importId });
}
