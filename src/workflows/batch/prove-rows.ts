import type { ProvedCard } from '../../core/cliproxyapi/proved-card';
import { apiKeyOf, baseUrlOf, nameOf } from '../../core/cliproxyapi/provider';
import { entryAt, selectList } from '../../core/cliproxyapi/provider-list';
import type { BatchPlan, BatchRow } from '../../core/batch/plan-batch';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { groupBy } from '../../core/group-by';
import { planImport } from '../../core/import/plan';
import { atLeast, parseVersion } from '../../core/version';
import { joining } from '../../core/import/planned-again';
import { provedBy } from '../../core/import/proved-by';
import { loadedId, readLoaded } from '../../targets/cliproxyapi/read-loaded';
import { refusedModels, spokenBy, type KeyFacts } from '../accounts/find-key';
import type { Agreed } from '../cliproxyapi/agreed';
import type { Applied, ChangeJob } from '../cliproxyapi/change-job';
import { fewProofs } from '../cliproxyapi/few-proofs';
import { proveKey, unprovedCard, type KeyProof } from '../cliproxyapi/prove-key';
import { fingerprintsOf } from '../history/entry-records';
import type { BatchRecord } from './batch-records';
import type { BatchRun } from './batch-run';

/** So many keys in a row that could not be asked about, and no more are. */
const MOST_UNANSWERED = 3;

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

/** A planned key, and where it is now; without `proof` its provider is not found any more. */
interface Placed {
  row: PlannedRow;
  importId: string;
  /** Fits only keys of which the registry says the same: of one provider, with the same models. */
  kin: string;
  proof?: KeyProof;
}

/**
 * Asks the registry about one key of each provider. CLIProxyAPI registers the same models for each key of a provider that it
 * has loaded, and one reading of the list tells which those are (run on 7.2.140: of 1,000 keys all were registered whole once
 * the list showed them loaded). Keys that it does not show are asked about each by itself.
 */
export async function proveRows(job: ChangeJob, run: ListRun, applied: Applied): Promise<ProvedRow[]> {
  const { ports, management } = job;
  const cards = new Map<string, ProvedCard>();
  const planned = run.agreed.plan().rows.filter((row): row is PlannedRow => row.kind === 'planned');
  await run.show(
    planned.map(({ keyId }) => keyId),
    'asking',
  );
  const all = placeRows(run, applied, planned);
  const families = [...groupBy(all, ({ kin }) => kin).values()];
  const proved = (): ProvedRow[] =>
    all.flatMap(({ row: { keyId }, proof }) => {
      const card = cards.get(keyId);
      return card ? [{ keyId, card, proof }] : [];
    });
  let unanswered = 0;
  const ask = (some: readonly Placed[]): Promise<void> =>
    fewProofs(management, some, async (placed, client) => {
      // A proxy that hangs would keep its lock for half a minute with each key.
      const card =
        unanswered >= MOST_UNANSWERED && placed.proof
          ? await unprovedCard(ports, client, placed.proof)
          : await proveOne({ ports, management: client }, run, placed);
      unanswered = card.basis === 'none' ? unanswered + 1 : 0;
      cards.set(placed.row.keyId, card);
      await run.show([placed.row.keyId], null);
    });
  await ask(families.flatMap(([first]) => first ?? []));
  const siblings = families.flatMap(([first, ...more]) => {
    const card = first && cards.get(first.row.keyId);
    return more.map((placed) => ({ placed, card }));
  });
  if (siblings.length === 0) return proved();
  const tells = run.agreed.plan().list === 'openai-compatibility' && tellsLoaded(applied.config.version);
  const loaded = tells ? await readLoaded(management.send, management.url.host, run.signal) : new Set();
  const told = siblings.filter(({ placed, card }) => card?.basis === 'registry' && isLoaded(placed, loaded));
  for (const { placed, card } of told)
    if (card) cards.set(placed.row.keyId, await cardLike(ports, placed, card));
  await run.show(
    told.map(({ placed }) => placed.row.keyId),
    null,
  );
  await ask(siblings.flatMap(({ placed }) => (cards.has(placed.row.keyId) ? [] : [placed])));
  return proved();
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
    const place = { ...list.value, index, keyIndex };
    const about = provedBy(plan, after);
    const key = run.facts.get(keyId);
    const rest = { key, config, signal: run.signal, progress: async (): Promise<void> => undefined };
    return {
      row,
      importId,
      kin: JSON.stringify([index, about, key && refusalsOf(key, place.list, about.expected)]),
      proof: { ...rest, ...about, place, importId },
    };
  });
}

/** What is known of a key at its relay, as far as it decides what is served. */
function refusalsOf(key: KeyFacts, list: ListName, expected: readonly { name: string }[]): unknown[] {
  const names = expected.map(({ name }) => name);
  return [spokenBy(key, list, names), names.map(refusedModels(key, list, names))];
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

function isLoaded({ proof }: Placed, loaded: ReadonlySet<unknown>): boolean {
  if (!proof) return false;
  const entry = entryAt(proof.place);
  const key = keyTextOf(proof);
  return loaded.has(loadedId({ name: nameOf(entry), baseUrl: baseUrlOf(entry), key }));
}

const keyTextOf = ({ place }: KeyProof): string => apiKeyOf(entryAt(place), place.keyIndex);

/** The card of a key of which the registry says what it says of another key of the same provider. */
async function cardLike(
  ports: ChangeJob['ports'],
  { importId, proof }: Placed,
  card: ProvedCard,
): Promise<ProvedCard> {
  const { print: _print, ...same } = card;
  const key = proof ? keyTextOf(proof) : '';
  const prints = await fingerprintsOf(ports, [{ 'api-key': key }]);
  const print = prints.ok ? prints.value.get(key) : undefined;
  return { ...same, importId, at: ports.clock.now(), ...(print !== undefined && { print }) };
}

/** Before 7.2.18 a key that was taken out may keep its mark (run on 7.0.0). */
function tellsLoaded(version: string | null): boolean {
  const known = parseVersion(version);
  return known !== undefined && atLeast(known, [7, 2, 18]);
}
