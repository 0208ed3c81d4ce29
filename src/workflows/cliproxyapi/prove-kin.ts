import type { ProvedCard } from '../../core/cliproxyapi/proved-card';
import { apiKeyOf, baseUrlOf, nameOf } from '../../core/cliproxyapi/provider';
import { entryAt } from '../../core/cliproxyapi/provider-list';
import { groupBy } from '../../core/group-by';
import { atLeast, parseVersion } from '../../core/version';
import { loadedId, readLoaded } from '../../targets/cliproxyapi/read-loaded';
import { refusedModels, spokenBy } from '../accounts/find-key';
import type { Management } from '../connection/open-management';
import { fingerprintsOf } from '../history/entry-records';
import type { Ports } from '../ports';
import { fewProofs } from './few-proofs';
import { unprovedCard, type KeyProof } from './prove-key';

/** So many keys in a row that could not be asked about, and no more are. */
const MOST_UNANSWERED = 3;

/** A key to be proved. */
export interface Kin {
  /** Fits only keys of which the registry says the same: of one provider, with the same models. */
  kin: string;
  /** Absent: its provider is not found any more. */
  proof?: KeyProof;
}

/** What keys of one provider have in common if the registry says the same of them, with what is known at their relay. */
export function kinOf({ place, expected, keyOnly, key }: KeyProof): string {
  const names = expected.map(({ name }) => name);
  const known = key && [spokenBy(key, place.list, names), names.map(refusedModels(key, place.list, names))];
  return JSON.stringify([place.list, place.index, expected, keyOnly, known]);
}

/**
 * Asks the registry about one key of each provider. CLIProxyAPI registers the same models for each key of a provider that it
 * has loaded, and one reading of the list tells which those are (run on 7.2.140: of 1,000 keys all were registered whole once
 * the list showed them loaded). Keys that it does not show are asked about each by itself. The answer has a card for each.
 */
export async function proveKin<K extends Kin>(
  ports: Ports,
  management: Management,
  keys: readonly K[],
  work: {
    /** What the card of a key is, after asking about it. */
    ask(key: K, client: Management): Promise<ProvedCard>;
    /** The cards of these are known now. */
    done(keys: readonly K[]): Promise<unknown>;
    signal: AbortSignal;
  },
): Promise<ReadonlyMap<K, ProvedCard>> {
  const cards = new Map<K, ProvedCard>();
  let unanswered = 0;
  const ask = (some: readonly K[]): Promise<void> =>
    fewProofs(management, some, async (key, client) => {
      // A proxy that hangs would keep its lock for half a minute with each key.
      const card =
        unanswered >= MOST_UNANSWERED && key.proof
          ? await unprovedCard(ports, client, key.proof)
          : await work.ask(key, client);
      unanswered = card.basis === 'none' ? unanswered + 1 : 0;
      cards.set(key, card);
      await work.done([key]);
    });
  const families = [...groupBy(keys, ({ kin }) => kin).values()];
  await ask(families.flatMap(([first]) => first ?? []));
  const siblings = families.flatMap(([first, ...more]) => {
    const card = first && cards.get(first);
    return more.map((key) => ({ key, card }));
  });
  if (siblings.length === 0) return cards;
  const isTold = siblings.some(({ key }) => key.proof && tellsLoaded(key.proof));
  const loaded = isTold ? await readLoaded(management.send, management.url.host, work.signal) : new Set();
  const told = siblings.filter(({ key, card }) => card?.basis === 'registry' && isLoaded(key, loaded));
  for (const { key, card } of told)
    if (card && key.proof) cards.set(key, await cardLike(ports, key.proof, card));
  await work.done(told.map(({ key }) => key));
  await ask(siblings.flatMap(({ key }) => (cards.has(key) ? [] : [key])));
  return cards;
}

function isLoaded({ proof }: Kin, loaded: ReadonlySet<unknown>): boolean {
  if (!proof || !tellsLoaded(proof)) return false;
  const entry = entryAt(proof.place);
  return loaded.has(loadedId({ name: nameOf(entry), baseUrl: baseUrlOf(entry), key: keyTextOf(proof) }));
}

const keyTextOf = ({ place }: KeyProof): string => apiKeyOf(entryAt(place), place.keyIndex);

/**
 * Whether the list says of its keys which are loaded. Before 7.2.18 one that was taken out may keep its mark (run on 7.0.0);
 * without `/v0` the mark is made of the file, and what was never loaded has it, too (8.0).
 */
function tellsLoaded({ config, place: { list, version } }: KeyProof): boolean {
  if (config.ofFile) return false;
  const known = parseVersion(version);
  return list === 'openai-compatibility' && known !== undefined && atLeast(known, [7, 2, 18]);
}

/** The card of a key of which the registry says what it says of another key of the same provider. */
async function cardLike(ports: Ports, proof: KeyProof, card: ProvedCard): Promise<ProvedCard> {
  const { print: _print, ...same } = card;
  const key = keyTextOf(proof);
  const prints = await fingerprintsOf(ports, [{ 'api-key': key }]);
  const print = prints.ok ? prints.value.get(key) : undefined;
  return { ...same, importId: proof.importId, at: ports.clock.now(), ...(print !== undefined && { print }) };
}
