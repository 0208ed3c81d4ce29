import { provedCard, type CardSubject, type ProvedCard } from '../../core/cliproxyapi/proved-card';
import { labelOf, keyEntries } from '../../core/cliproxyapi/provider';
import { entryAt, type KeyPlace } from '../../core/cliproxyapi/provider-list';
import { unasked, type Proof } from '../../core/cliproxyapi/verdict';
import type { Failure } from '../../core/failures/failure';
import { fail, ok, type Result } from '../../core/failures/result';
import { refusedModels, spokenBy, type KeyFacts } from '../accounts/find-key';
import { fingerprintsOf } from '../history/entry-records';
import type { Ports } from '../ports';
import type { Management } from '../connection/open-management';
import { prove, type ProofRequest } from './prove';
import { tryChats } from './try-chats';

/** A key in a list, and what is expected of it. */
export interface ProvenKey {
  place: Pick<KeyPlace, 'list' | 'providers' | 'index' | 'keyIndex'>;
  expected: ProofRequest['expected'];
  /** Whether the key brought no model of its own, so that those of its provider are expected. */
  keyOnly?: boolean;
  /** The import that the card is about; empty when nothing was written. */
  importId: string;
}

export interface KeyProof extends ProvenKey, Omit<ProofRequest, 'stillThere' | 'refuses'> {
  place: KeyPlace;
  /** What is known of the key; undefined: it is no longer kept here. */
  key: KeyFacts | undefined;
  /** Sends one small chat for each served model. */
  tryChat?: boolean;
  /**
   * Reads the list again: a reload may have taken the write back after it was read back (CLIProxyAPI 7.2). `late` waits
   * until such a reload would have come. Fails only where the configuration has collapsed.
   */
  stays?(when: 'now' | 'late'): Promise<Result<boolean>>;
}

/**
 * Asks CLIProxyAPI what it serves through one key, and says it as the key's card. Fails with `not-saved` where the write
 * was taken back, with `collapsed` where the configuration is gone, and where CLIProxyAPI stops answering.
 */
export async function proveKey(
  ports: Ports,
  management: Management,
  request: KeyProof,
): Promise<Result<ProvedCard>> {
  const { stays = async () => ok(true) } = request;
  const { key, place } = request;
  const names = request.expected.map(({ name }) => name);
  const refuses = key && refusedModels(key, place.list, names);
  const proof = await prove(ports, management, {
    ...request,
    ...(refuses && { refuses }),
    stillThere: () => stays('now'),
  });
  if (!proof.ok) return proof;
  const stayed = await stays('late');
  if (!stayed.ok) return stayed;
  if (!stayed.value) return fail({ code: 'not-saved' });
  const { models } = proof.value;
  const tried = request.tryChat ? await tryChats(ports, management, { ...request, models }) : undefined;
  const card = await cardOf(ports, management, request, {
    ...proof.value,
    models: models.map((model) => (tried?.answered.has(model) ? { ...model, served: true } : model)),
  });
  const unsure = key && spokenBy(key, place.list, names) === 'unknown' && !tried?.answered.size;
  return ok({ ...card, ...(unsure && { unsure }), ...(tried && { chats: tried.tally }) });
}

/** The card of a key that was written and could not be asked about, and why: neither served nor refused. */
export const unprovedCard = (
  ports: Ports,
  management: Management,
  key: ProvenKey,
  failure?: Failure,
): Promise<ProvedCard> => cardOf(ports, management, key, unasked(key.expected, failure));

async function cardOf(
  ports: Ports,
  management: Management,
  { place, importId, keyOnly }: ProvenKey,
  proof: Proof,
): Promise<ProvedCard> {
  const entry = entryAt(place);
  const subject: CardSubject = {
    importId,
    providerName: labelOf(entry),
    list: place.list,
    root: management.url.root,
    at: ports.clock.now(),
    ...(keyOnly && { keyOnly }),
  };
  const key = keyEntries(entry)[place.keyIndex]?.['api-key'] ?? '';
  const prints = await fingerprintsOf(ports, [{ 'api-key': key }]);
  const print = prints.ok ? prints.value.get(key) : undefined;
  return provedCard(proof, { ...subject, ...(print !== undefined && { print }) });
}
