import type { CarriedEntry } from '../../core/carry-over/plan';
import { droppedFields, placeOfCarried } from '../../core/carry-over/held';
import type { CarriedRow } from '../../core/carry-over/view';
import { isServedWhole, keepUndo, recordedProof, type ProvedCard } from '../../core/cliproxyapi/proved-card';
import { isPaused, keyEntries, labelOf, servedModelsOf } from '../../core/cliproxyapi/provider';
import { entryAt, selectList, type KeyPlace } from '../../core/cliproxyapi/provider-list';
import { maskKey } from '../../core/mask';
import { sum } from '../../core/sum';
import { proveKey, unprovedCard, type KeyProof } from '../cliproxyapi/prove-key';
import { kinOf, proveKin } from '../cliproxyapi/prove-kin';
import type { Management } from '../connection/open-management';
import { updateRecords } from '../history/journal';
import type { Ports } from '../ports';
import type { Opened } from '../entries/write-entries';
import type { CarriedList } from './carry-list';
import type { CarryRun } from './carry-run';

/** An entry where it is by now, with its keys that can be asked about. */
interface Asked {
  written: Opened<CarriedEntry>;
  place: KeyPlace | undefined;
  proofs: KeyProof[];
}

type Cards = ReadonlyMap<KeyProof, ProvedCard>;

/**
 * Asks the registry about the keys that came, by their own credentials, as a batch does, and says how each entry ended. Keys
 * of ours get their cards at this CLIProxyAPI; the records say what was proved.
 */
export async function proveCarried(
  ports: Ports,
  management: Management,
  run: CarryRun,
  lists: readonly CarriedList[],
): Promise<CarriedRow[]> {
  const asked = lists.flatMap((list) => list.opened.map((written) => askedOf(run, list, written)));
  const all = asked.flatMap(({ proofs }) => proofs.map((proof) => ({ kin: kinOf(proof), proof })));
  let done = 0;
  run.report(done, all.length);
  const proved = await proveKin(ports, management, all, {
    async ask({ proof }, client) {
      const card = run.signal.aborted ? undefined : await proveKey(ports, client, proof);
      if (card?.ok) return card.value;
      return unprovedCard(ports, client, proof, card?.failure);
    },
    async done(some) {
      done += some.length;
      run.report(done, all.length);
      await run.show(
        some.flatMap(({ proof: { key } }) => key?.id ?? []),
        null,
      );
    },
    signal: run.signal,
  });
  const cards: Cards = new Map([...proved].map(([{ proof }, card]) => [proof, card]));
  await keepCards(ports, cards);
  const noted = asked.flatMap((one) =>
    one.proofs.length > 0 ? [[one.written.record.id, recordedProof(cardsOf(one, cards))] as const] : [],
  );
  await updateRecords(ports, new Map(noted));
  return asked.map((one) => rowOf(one, cardsOf(one, cards)));
}

const cardsOf = ({ proofs }: Asked, cards: Cards): ProvedCard[] =>
  proofs.flatMap((proof) => cards.get(proof) ?? []);

function askedOf(run: CarryRun, { list, config }: CarriedList, written: Opened<CarriedEntry>): Asked {
  const { entry, record } = written;
  const here = selectList(config, list);
  const index = here.ok ? placeOfCarried(entry, here.value.providers) : -1;
  if (!here.ok || index < 0) return { written, place: undefined, proofs: [] };
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
  return { written, place, proofs };
}

async function keepCards(ports: Ports, cards: Cards): Promise<void> {
  await ports.saved.change((document) => {
    for (const [{ key }, card] of cards)
      if (key) document.cards[key.id] = keepUndo(card, document.cards[key.id]);
  });
}

function rowOf({ written: { entry }, place, proofs }: Asked, cards: readonly ProvedCard[]): CarriedRow {
  const { after } = entry;
  return {
    label: labelOf(after) || maskKey(entry.texts[0] ?? ''),
    paused: isPaused(after),
    keys: proofs.length,
    served: sum(cards.map((card) => Number(isServedWhole(card)))),
    dropped: place ? droppedFields(after, entryAt(place)) : [],
  };
}
