import type { Failure } from '../../core/failure';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import type { ImportOutcome } from '../../core/import/opened';
import { labelOf, servedModelsOf, type Provider } from '../../core/cliproxyapi/provider';
import { servedCount } from '../../core/cliproxyapi/verdict';
import { findKey, type KeyFacts } from '../accounts/find-key';
import { cardOf, markOf } from './card';
import { placeOfKey } from './place-of-key';
import { findImport, updateRecord } from '../journal/journal';
import { openManagement } from '../cliproxyapi/open-management';
import { prove } from '../cliproxyapi/prove';
import { revealKey } from '../accounts/reveal-key';
import { announceFailure, showRunning } from '../running';
import type { Ports } from '../ports';

/** Asks the proxy again what it serves through a key that is in its list. Writes nothing. */
export async function askAgain(ports: Ports, keyId: string, signal: AbortSignal): Promise<ImportOutcome> {
  const key = await findKey(ports, keyId);
  const outcome: ImportOutcome = key.ok
    ? await askAbout(ports, key.value, signal)
    : { kind: 'failed', failure: key.failure };
  if (outcome.kind === 'failed') {
    const keyName = key.ok ? key.value.name : '';
    await announceFailure(ports, { keyId, keyName }, outcome.failure);
  }
  return outcome;
}

async function askAbout(ports: Ports, key: KeyFacts, signal: AbortSignal): Promise<ImportOutcome> {
  const failed = (failure: Failure): ImportOutcome => ({ kind: 'failed', failure });
  const keyId = key.id;
  const management = await openManagement(ports);
  if (!management.ok) return failed(management.failure);
  const text = await revealKey(ports, key);
  if (!text.ok) return failed(text.failure);
  const about = await cardBefore(ports, keyId);
  const importId = about?.importId ?? '';
  const show = (served: number, total: number): Promise<void> =>
    showRunning(ports, keyId, { importId, stage: 'asking', served, total });
  await ports.keepAlive.set(true);
  await show(0, 0);
  try {
    const config = await management.value.read(signal);
    if (!config.ok) return failed(config.failure);
    const place = placeOfKey(config.value, key, text.value, about?.list);
    if (!place) return failed({ code: 'not-in-list' });
    const { list, index, keyIndex } = place;
    const provider = place.providers[index]!;
    const expected = await expectedModels(ports, importId, provider);
    // Of a catalogue that nobody chose from it is not known what should be served: nothing is claimed.
    if (expected.length === 0) return failed({ code: 'nothing-to-ask' });
    const proof = await prove(ports, management.value, {
      config: config.value,
      place,
      expected,
      signal,
      progress: (served) => show(served, expected.length),
    });
    if (!proof.ok) return failed(proof.failure);
    const card = cardOf(proof.value, {
      importId,
      providerName: labelOf(provider),
      root: management.value.url.root,
      at: ports.clock.now(),
      ...(await markOf(ports, list, provider, keyIndex)),
    });
    await ports.saved.change((document) => {
      document.cards[keyId] = card;
    });
    if (importId && proof.value.basis === 'registry') {
      await updateRecord(ports, importId, {
        served: servedCount(proof.value.models),
        total: expected.length,
      });
    }
    return { kind: 'proved', card };
  } finally {
    await showRunning(ports, keyId, null);
    await ports.keepAlive.set(false);
  }
}

/** What the card said last: of which import, and of which list. */
async function cardBefore(
  ports: Pick<Ports, 'saved' | 'journal'>,
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
async function expectedModels(
  ports: Pick<Ports, 'journal'>,
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
