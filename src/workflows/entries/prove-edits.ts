import { entryContent } from '../../core/cliproxyapi/same-entry';
import { placeOfKey } from '../../core/cliproxyapi/place-of-key';
import type { Stage } from '../../core/cliproxyapi/card';
import type { ProvedCard } from '../../core/cliproxyapi/proved-card';
import type { Provider } from '../../core/cliproxyapi/provider';
import { entryAt, type KeyPlace } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { allKeys, type KeyFacts } from '../accounts/find-key';
import { fewProofs } from '../cliproxyapi/few-proofs';
import { proveKey, unprovedCard } from '../cliproxyapi/prove-key';
import type { Management } from '../connection/open-management';
import { fingerprintsOf } from '../history/entry-records';
import { expectedModels } from '../import/ask-again';
import type { Ports } from '../ports';
import type { ChosenKey } from './chosen';

/** What was edited, on the configuration as it was read last. */
interface Edits {
  config: ProxyConfig;
  entries: readonly Provider[];
  keys: readonly ChosenKey[];
  signal: AbortSignal;
  /** Shows a stage on the cards of these keys; null clears them. */
  show(keyIds: readonly string[], stage: Stage | null): Promise<void>;
}

interface Asked {
  key: KeyFacts;
  importId: string;
  place: KeyPlace;
}

/**
 * Asks what is served now through every key of ours in the entries that were edited, also of those that nobody chose: what
 * their cards claimed is not known any more. The card of a key that could not be asked about says so.
 */
export async function proveEdits(ports: Ports, management: Management, edits: Edits): Promise<void> {
  const { config, signal, show } = edits;
  const asked = await keysIn(ports, edits);
  await show(
    asked.map(({ key }) => key.id),
    'asking',
  );
  const cards = new Map<string, ProvedCard>();
  await fewProofs(management, asked, async ({ key, importId, place }, client) => {
    const keyId = key.id;
    const expected = await expectedModels(ports, importId, entryAt(place));
    const progress = async (): Promise<void> => undefined;
    const request = { key, config, place, expected, importId, signal, progress };
    if (expected.length > 0 && !signal.aborted) {
      const card = await proveKey(ports, client, request);
      cards.set(keyId, card.ok ? card.value : await unprovedCard(ports, client, request, card.failure));
    }
    await show([keyId], null);
  });
  await ports.saved.change((document) => {
    for (const [keyId, card] of cards) document.cards[keyId] = card;
  });
}

/** Keys of ours that are in the edited entries: those that were chosen, and those whose cards know them there. */
async function keysIn(ports: Ports, { config, entries, keys }: Edits): Promise<Asked[]> {
  const saved = await ports.saved.read();
  const prints = await fingerprintsOf(ports, entries);
  if (!saved.ok || !prints.ok) return [];
  const texts = new Map([...prints.value].map(([text, print]) => [print, text]));
  const chosen = new Map(keys.map((key) => [key.facts.id, key]));
  const edited = new Set(entries.map((entry) => entryContent(entry)));
  return allKeys(saved.value).flatMap((facts) => {
    const { id: keyId } = facts;
    const card = saved.value.cards[keyId];
    const proved = card?.kind === 'proved' && card.root === config.root ? card : undefined;
    const text = texts.get(proved?.print ?? '') ?? chosen.get(keyId)?.text;
    const place = text === undefined ? undefined : placeOfKey(config, facts, text, proved?.list);
    return place && edited.has(entryContent(entryAt(place)))
      ? [{ key: facts, importId: proved?.importId ?? '', place }]
      : [];
  });
}
