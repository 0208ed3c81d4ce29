import { hostOf } from '../../core/base-url';
import { recordedProof } from '../../core/cliproxyapi/proved-card';
import { heardFrom, sampleOf, triedCard } from '../../core/cliproxyapi/tried-card';
import { baseUrlOf } from '../../core/cliproxyapi/provider';
import { entryAt } from '../../core/cliproxyapi/provider-list';
import { groupBy } from '../../core/group-by';
import { fewProofs } from '../cliproxyapi/few-proofs';
import { tryChats, type TriedChats } from '../cliproxyapi/try-chats';
import type { Management } from '../connection/open-management';
import { updateRecords } from '../history/journal';
import type { Ports } from '../ports';
import { toldCard } from '../view/told-card';
import type { BatchRun } from './batch-run';
import type { Cards, ProvedRow } from './prove-rows';

/** So many keys of a relay in a row that got no answer, each after up to a minute, and its other keys are not tried. */
const ENOUGH_SILENCE = 2;

/** How often the cards that wait are told how far it came, in milliseconds. */
const TOLD_EVERY_MS = 1_000;

/**
 * One real request for each key, with one of its models that is served: after all lists are written and proved, and
 * at the pace of the proofs. Stopped, it leaves the other cards as they are. Returns the cards of all keys.
 */
export async function tryKeys(
  ports: Ports,
  management: Management,
  run: BatchRun,
  rows: readonly ProvedRow[],
): Promise<Cards> {
  const tried = await tryEach(ports, management, run, rows);
  // CLIProxyAPI hands a chat to any key of a pool: what one key's chat was answered by proves that one.
  const heard = new Set([...tried.values()].flatMap(({ by }) => [...by]));
  const cards = new Map(
    rows.map(({ keyId, card }) => {
      const one = tried.get(keyId);
      const at = ports.clock.now();
      return [
        keyId,
        one ? triedCard(card, { chats: heardFrom(one.tally, one.own, heard), sample: one.sample, at }) : card,
      ] as const;
    }),
  );
  await ports.saved.change((document) => {
    for (const keyId of tried.keys()) {
      const [card, now] = [cards.get(keyId), document.cards[keyId]];
      if (card && now?.kind === 'proved') document.cards[keyId] = { ...card, importId: now.importId };
    }
  });
  await noteInRecords(ports, run, cards);
  return cards;
}

/** The chat of a key, and the model that it was about. */
interface Tried extends TriedChats {
  sample: { name: string; alias: string };
}

async function tryEach(
  ports: Ports,
  management: Management,
  run: BatchRun,
  rows: readonly ProvedRow[],
): Promise<Map<string, Tried>> {
  const tried = new Map<string, Tried>();
  const left = new Set(rows.map(({ keyId }) => keyId));
  const silence = new Map<string, number>();
  let toldAt = ports.clock.now();
  const tell = async (): Promise<void> => {
    toldAt = ports.clock.now();
    await run.show([...left], 'trying', rows.length - left.size, rows.length);
  };
  await tell();
  await fewProofs(management, rows, async ({ keyId, proof, card }, client) => {
    const sample = proof && card.basis !== 'none' ? sampleOf(card, proof.expected, proof.place) : undefined;
    const relay = proof ? hostOf(baseUrlOf(entryAt(proof.place))) : '';
    const silent = (): number => silence.get(relay) ?? 0;
    if (proof && sample && silent() < ENOUGH_SILENCE && !run.signal.aborted) {
      const models = [{ ...sample, served: true }];
      const chats = await tryChats(ports, client, { ...proof, models });
      silence.set(relay, chats.tally.failed?.status === 0 ? silent() + 1 : 0);
      // What Stop cut off says nothing of the key.
      if (!run.signal.aborted || chats.answered.size > 0) tried.set(keyId, { ...chats, sample });
    }
    left.delete(keyId);
    await run.show([keyId], null);
    if (left.size > 0 && ports.clock.now() - toldAt >= TOLD_EVERY_MS) await tell();
  });
  return tried;
}

/** Where the relay's language was not known, only a request tells what is served. */
async function noteInRecords(ports: Ports, run: BatchRun, cards: Cards): Promise<void> {
  const now = ports.clock.now();
  const byRecord = groupBy([...cards], ([, { importId }]) => importId);
  await updateRecords(
    ports,
    new Map(
      [...byRecord].map(([id, own]) => [
        id,
        recordedProof(own.map(([keyId, card]) => toldCard(card, run.facts.get(keyId), now))),
      ]),
    ),
  );
}
