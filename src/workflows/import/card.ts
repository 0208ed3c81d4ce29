import type { Card } from '../../core/cliproxyapi/card';
import type { ListName } from '../../core/cliproxyapi/lists/list-traits';
import { parseManagementUrl } from '../../core/cliproxyapi/management-url';
import type { ImportOutcome } from '../../core/import/opened';
import { keyEntries, type Provider } from '../../core/cliproxyapi/provider';
import type { Proof } from '../../core/cliproxyapi/verdict';
import type { KeyFacts } from '../accounts/find-key';
import { fingerprintsOf } from '../journal/entry-records';
import { addNotice } from '../running';
import type { Ports } from '../ports';

/** At most so many models that are not served are named on a card. */
const MOST_MISSING = 50;

/** Which key of which list a card is about, without the key. */
export interface KeyMark {
  list: ListName;
  print?: string;
}

/** `entry` and `keyIndex`: the key as it is in the proxy. Without `print` where it has no fingerprint. */
export async function markOf(
  ports: Pick<Ports, 'journal' | 'hash'>,
  list: ListName,
  entry: Provider,
  keyIndex: number,
): Promise<KeyMark> {
  const text = keyEntries(entry)[keyIndex]?.['api-key'] ?? '';
  const prints = await fingerprintsOf(ports, [entry]);
  const print = prints.ok ? prints.value.get(text) : undefined;
  return { list, ...(print !== undefined && { print }) };
}

/** What was found, as a card keeps it. `importId` is empty when nothing was written. */
export function cardOf(
  proof: Proof,
  about: {
    importId: string;
    providerName: string;
    root: string;
    at: number;
    keyOnly?: boolean;
  } & KeyMark,
): Card & { kind: 'proved' } {
  const missing = proof.models.filter((model) => !model.served);
  return {
    kind: 'proved',
    ...about,
    served: proof.models.length - missing.length,
    total: proof.models.length,
    basis: proof.basis,
    missing: missing.slice(0, MOST_MISSING).map(({ name, alias, reason = 'unknown', by }) => ({
      name,
      alias,
      reason,
      ...(by !== undefined && { by }),
    })),
  };
}

/** Puts the end on the card and into a notice. A new plan is shown, not announced: nothing has ended. */
export async function concludeImport(
  ports: Ports,
  key: KeyFacts,
  importId: string,
  outcome: ImportOutcome,
): Promise<void> {
  if (outcome.kind === 'replan') return;
  const card: Card =
    outcome.kind === 'proved'
      ? await keepUndo(ports, key.id, outcome.card)
      : {
          kind: 'failed',
          failure: outcome.failure,
          importId,
          root: await rootInUse(ports),
          at: ports.clock.now(),
        };
  await ports.saved.change((document) => {
    document.cards[key.id] = card;
  });
  await addNotice(ports, { keyId: key.id, keyName: key.name, outcome: noticeOf(outcome, importId) });
}

/** The root of the CLIProxyAPI that is configured; empty if there is none. */
export async function rootInUse(ports: Pick<Ports, 'saved'>): Promise<string> {
  const saved = await ports.saved.read();
  const url =
    saved.ok && saved.value.connection ? parseManagementUrl(saved.value.connection.address) : undefined;
  return url?.ok ? url.value.root : '';
}

/** An import that had nothing to write leaves the earlier one to be undone. */
export async function keepUndo<C extends Card>(ports: Ports, keyId: string, card: C): Promise<C> {
  if (card.kind !== 'proved' || card.importId) return card;
  const saved = await ports.saved.read();
  const before = saved.ok ? saved.value.cards[keyId] : undefined;
  return { ...card, importId: before?.kind === 'proved' && before.root === card.root ? before.importId : '' };
}

function noticeOf(
  outcome: Exclude<ImportOutcome, { kind: 'replan' }>,
  importId: string,
): Parameters<typeof addNotice>[1]['outcome'] {
  if (outcome.kind === 'failed') return { kind: 'failed', failure: outcome.failure };
  const { card } = outcome;
  if (card.kind !== 'proved') throw new Error('a proved import has a proved card');
  const { served, total, missing, basis, keyOnly } = card;
  const [first] = missing;
  if (first) {
    const { reason, by } = first;
    return {
      kind: 'partly',
      served,
      total,
      importId: card.importId,
      reason,
      ...(by !== undefined && { by }),
    };
  }
  return basis === 'registry'
    ? { kind: 'served', served, total, importId: card.importId, ...(keyOnly && { keyOnly }) }
    : { kind: 'listed', total, importId };
}
