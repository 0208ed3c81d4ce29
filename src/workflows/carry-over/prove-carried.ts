import type { CarriedEntry } from '../../core/carry-over/plan';
import { droppedFields, placeOfCarried } from '../../core/carry-over/held';
import type { CarriedRow } from '../../core/carry-over/view';
import { isServedWhole, keepUndo, recordedProof, type ProvedCard } from '../../core/cliproxyapi/proved-card';
import { isPaused, keyEntries, labelOf, servedModelsOf } from '../../core/cliproxyapi/provider';
import { entryAt, selectList, type KeyPlace } from '../../core/cliproxyapi/provider-list';
import { maskKey } from '../../core/mask';
import { sum } from '../../core/sum';
import { fewProofs } from '../cliproxyapi/few-proofs';
import { proveKey, unprovedCard, type KeyProof } from '../cliproxyapi/prove-key';
import type { Management } from '../connection/open-management';
import { updateRecords } from '../history/journal';
import type { Ports } from '../ports';
import type { Opened } from '../entries/write-entries';
import type { CarriedList } from './carry-list';
import type { CarryRun } from './carry-run';

/** An entry where it is by now, with the cards of its keys that were asked about. */
interface Asked {
  written: Opened<CarriedEntry>;
  place: KeyPlace | undefined;
  proofs: KeyProof[];
  cards: Map<KeyProof, ProvedCard>;
}

/**
 * Asks the registry about each key that came, by its own credential, and says how each entry ended. Keys of ours get their
 * cards at this CLIProxyAPI; the records say what was proved.
 */
export async function proveCarried(
  ports: Ports,
  management: Management,
  run: CarryRun,
  lists: readonly CarriedList[],
): Promise<CarriedRow[]> {
  const asked = lists.flatMap((list) => list.opened.map((written) => askedOf(run, list, written)));
  const all = asked.flatMap(({ proofs, cards }) => proofs.map((proof) => ({ proof, cards })));
  let done = 0;
  run.report(done, all.length);
  await fewProofs(management, all, async ({ proof, cards }, client) => {
    const card = run.signal.aborted ? undefined : await proveKey(ports, client, proof);
    cards.set(
      proof,
      card?.ok
        ? card.value
        : await unprovedCard(ports, client, proof, card && !card.ok ? card.failure : undefined),
    );
    run.report(++done, all.length);
    if (proof.key) await run.show([proof.key.id], null);
  });
  await keepCards(ports, asked);
  const noted = asked.flatMap(({ written, cards }) =>
    cards.size > 0 ? [[written.record.id, recordedProof([...cards.values()])] as const] : [],
  );
  await updateRecords(ports, new Map(noted));
  return asked.map(rowOf);
}

function askedOf(run: CarryRun, { list, config }: CarriedList, written: Opened<CarriedEntry>): Asked {
  const { entry, record } = written;
  const here = selectList(config, list);
  const index = here.ok ? placeOfCarried(entry, here.value.providers) : -1;
  if (!here.ok || index < 0) return { written, place: undefined, proofs: [], cards: new Map() };
  const place: KeyPlace = { ...here.value, index, keyIndex: 0 };
  const provider = entryAt(place);
  const expected = servedModelsOf(provider);
  const texts = new Set(entry.texts);
  const proofs = keyEntries(provider).flatMap((key, keyIndex): KeyProof[] => {
    const text = key['api-key']?.trim() ?? '';
    // Of a catalogue is not known what should be served: nothing is claimed.
    if (!texts.has(text) || expected.length === 0) return [];
    return [
      {
        key: run.ours.get(text),
        config,
        place: { ...place, keyIndex },
        expected,
        importId: record.id,
        signal: run.signal,
        progress: async (): Promise<void> => undefined,
      },
    ];
  });
  return { written, place, proofs, cards: new Map() };
}

async function keepCards(ports: Ports, asked: readonly Asked[]): Promise<void> {
  const all = asked.flatMap(({ cards }) => [...cards]);
  await ports.saved.change((document) => {
    for (const [{ key }, card] of all)
      if (key) document.cards[key.id] = keepUndo(card, document.cards[key.id]);
  });
}

function rowOf({ written: { entry }, place, proofs, cards }: Asked): CarriedRow {
  const { after } = entry;
  return {
    label: labelOf(after) || maskKey(entry.texts[0] ?? ''),
    paused: isPaused(after),
    keys: proofs.length,
    served: sum([...cards.values()].map((card) => Number(isServedWhole(card)))),
    dropped: place ? droppedFields(after, entryAt(place)) : [],
  };
}
