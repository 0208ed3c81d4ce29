import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { recordedProof, type ProvedCard } from '../../core/cliproxyapi/proved-card';
import { servedModelsOf, type Provider } from '../../core/cliproxyapi/provider';
import { entryAt } from '../../core/cliproxyapi/provider-list';
import type { ImportOutcome } from '../../core/import/opened';
import { findKey, type KeyFacts } from '../accounts/find-key';
import { revealKey } from '../accounts/reveal-key';
import { askProxy } from '../cliproxyapi/change-proxy';
import type { Management } from '../connection/open-management';
import { proveKey } from '../cliproxyapi/prove-key';
import { findImport, updateRecord } from '../history/journal';
import type { Ports } from '../ports';
import { announceFailure, failed, stagesOf } from '../running';
import { toldCard } from '../view/told-card';
import { placeOfKey } from '../../core/cliproxyapi/place-of-key';

/** Asks the proxy again what it serves through a key that is in its list. Writes nothing. */
export async function askAgain(ports: Ports, keyId: string, signal: AbortSignal): Promise<ImportOutcome> {
  const key = await findKey(ports, keyId);
  if (!key.ok) return announceFailure(ports, { keyId, keyName: '' }, key.failure);
  const { importId = '', list } = (await cardBefore(ports, keyId)) ?? {};
  const show = stagesOf(ports, keyId, importId);
  return askProxy<ImportOutcome>(
    ports,
    {
      show,
      stage: 'asking',
      conclude: async (outcome) => {
        if (outcome.kind === 'failed')
          await announceFailure(ports, { keyId, keyName: key.value.name }, outcome.failure);
        if (outcome.kind === 'proved') await keepProof(ports, key.value, outcome.card);
      },
    },
    (management) => askAbout(ports, management, { key: key.value, importId, list, signal, show }),
  );
}

interface Question {
  key: KeyFacts;
  /** What the card said last: of which import, and of which list. */
  importId: string;
  list: ListName | undefined;
  signal: AbortSignal;
  show: ReturnType<typeof stagesOf>;
}

async function askAbout(
  ports: Ports,
  management: Management,
  { key, importId, list, signal, show }: Question,
): Promise<ImportOutcome> {
  const text = await revealKey(ports, key);
  if (!text.ok) return failed(text.failure);
  const config = await management.read(signal);
  if (!config.ok) return failed(config.failure);
  const place = placeOfKey(config.value, key, text.value, list);
  if (!place) return failed({ code: 'not-in-list' });
  const expected = await expectedModels(ports, importId, entryAt(place));
  // Of a catalogue that nobody chose from it is not known what should be served: nothing is claimed.
  if (expected.length === 0) return failed({ code: 'nothing-to-ask' });
  const card = await proveKey(ports, management, {
    config: config.value,
    place,
    expected,
    key,
    importId,
    signal,
    progress: (served) => show('asking', served, expected.length),
  });
  return card.ok ? { kind: 'proved', card: card.value } : failed(card.failure);
}

async function keepProof(ports: Ports, key: KeyFacts, card: ProvedCard): Promise<void> {
  await ports.saved.change(({ cards }) => {
    cards[key.id] = card;
  });
  const { importId, basis } = card;
  const proof = recordedProof([toldCard(card, key, ports.clock.now())]);
  if (importId && basis === 'registry') await updateRecord(ports, importId, proof);
}

/** Of which import a key's card speaks, and of which list. */
async function cardBefore(
  ports: Ports,
  keyId: string,
): Promise<{ importId: string; list?: ListName } | undefined> {
  const saved = await ports.saved.read();
  const card = saved.ok ? saved.value.cards[keyId] : undefined;
  if (!card) return undefined;
  const importId = card.importId ?? '';
  const record = await findImport(ports, importId);
  const list = record?.list ?? (card.kind === 'proved' ? card.list : undefined);
  return { importId, ...(list && { list }) };
}

/** The models of the import that is asked about; without one, all models of the provider. */
export async function expectedModels(
  ports: Ports,
  importId: string,
  provider: Provider,
): Promise<{ name: string; alias: string }[]> {
  const record = await findImport(ports, importId);
  const chosen = record?.draft && new Set(record.draft.models.map((model) => model.name.trim()));
  const all = servedModelsOf(provider);
  const asked = chosen ? all.filter((model) => chosen.has(model.name)) : all;
  if (asked.length > 0 || all.length > 0) return asked.length > 0 ? asked : all;
  // It names no models: those that were chosen may be in the catalogue that is served in their place.
  return [...(chosen ?? [])].map((name) => ({ name, alias: name }));
}
