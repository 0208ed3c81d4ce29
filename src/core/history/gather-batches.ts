import { groupBy } from '../group-by';
import type { BatchHistoryItem, ProviderHistoryItem } from './history';
import { sum } from '../sum';
import { gatheredLine, gatheredPhase } from './gathered';

/**
 * The lines of History: writes of one batch are one line, and so are those of one undo of it, also where they went to several
 * CLIProxyAPIs. A batch that is a single key at one of them stays the line of that key.
 */
export function gatherBatches(
  items: readonly ProviderHistoryItem[],
  order: readonly string[] = [],
): (ProviderHistoryItem | BatchHistoryItem)[] {
  return [...groupBy(items, lineOf)].flatMap<ProviderHistoryItem | BatchHistoryItem>(([line, writes]) => {
    const [first] = writes;
    if (!first) return [];
    const isBatch =
      first.batch !== null && (writes.length > 1 || keysOf(writes) > 1 || missingOf(writes) > 0);
    return isBatch ? [batchOf(line, first, writes, order)] : writes;
  });
}

/** An undo has the moment at which it began for its name: a batch may be taken back in several steps. */
const lineOf = ({ id, batch, action, at }: ProviderHistoryItem): string =>
  batch === null ? id : action === 'undo' ? `${batch} ${at}` : batch;

function batchOf(
  id: string,
  first: ProviderHistoryItem,
  providers: ProviderHistoryItem[],
  order: readonly string[],
): BatchHistoryItem {
  const { at, action } = first;
  // What went to several is one order: its keys are the same at each.
  const places = [...groupBy(providers, ({ proxyHost }) => proxyHost)].toSorted(
    ([a], [b]) => order.indexOf(a) - order.indexOf(b),
  );
  const missing = sum(places.map(([, own]) => missingOf(own)));
  const weigh = (some: readonly ProviderHistoryItem[]): number =>
    action === 'import' ? keysOf(some) : some.length;
  const within = (...phases: ProviderHistoryItem['phase'][]): number =>
    weigh(providers.filter(({ phase }) => phases.includes(phase)));
  const count = weigh(providers) + missing;
  const tally = { count, missing, written: within('done', 'needs-look'), undone: within('undone') };
  const phase = gatheredPhase(providers, tally);
  return {
    ...gatheredLine(id, at, providers),
    about: 'batch',
    action,
    phase,
    places: places.map(([name]) => name),
    ...(first.from !== undefined && { from: first.from }),
    each: Math.max(...places.map(([, own]) => weigh(own) + missingOf(own))),
    ...tally,
    providers,
    undoable: action !== 'undo' && phase !== 'writing' && tally.written > 0,
    ...proofOfPlaces(places.map(([, own]) => own)),
  };
}

const keysOf = (items: readonly ProviderHistoryItem[]): number => sum(items.map(({ keys }) => keys.length));

const missingOf = (items: readonly ProviderHistoryItem[]): number =>
  items[0]?.action === 'import' ? Math.max(0, (items[0].batchKeys ?? 0) - keysOf(items)) : 0;

/** Where each place serves as much as the others, that is what is said; else the sum. */
function proofOfPlaces(places: readonly ProviderHistoryItem[][]): ReturnType<typeof proofOf> {
  const whole = proofOf(places.flat());
  const [first, ...others] = places.map(proofOf);
  const isAlike = others.every(({ served, total }) => served === first?.served && total === first.total);
  return first && isAlike ? { ...first, tookMs: whole.tookMs } : whole;
}

/** What all of them said of what is served; null where one of them could not say it. */
function proofOf(
  items: readonly ProviderHistoryItem[],
): Pick<BatchHistoryItem, 'served' | 'total' | 'tookMs'> {
  const all = (numbers: readonly (number | null)[]): number | null =>
    numbers.includes(null) ? null : sum(numbers.map((one) => one ?? 0));
  const took = items.flatMap(({ tookMs }) => tookMs ?? []);
  return {
    served: all(items.map(({ served }) => served)),
    total: all(items.map(({ total }) => total)),
    tookMs: took.length > 0 ? Math.max(...took) : null,
  };
}
