import { keepUndo, provedNotice } from '../../core/cliproxyapi/proved-card';
import type { Notice } from '../../core/cliproxyapi/card';
import type { Failure } from '../../core/failures/failure';
import type { ImportOutcome } from '../../core/import/opened';
import type { KeyFacts } from '../accounts/find-key';
import { savedConnection } from '../connection/open-management';
import type { Ports } from '../ports';
import { addNotice } from '../running';
import { toldCard } from '../view/told-card';

/** Puts the outcome on the card and into a notice. A new plan is shown, not announced: nothing has ended. */
export async function concludeImport(
  ports: Ports,
  key: KeyFacts,
  importId: string,
  outcome: ImportOutcome,
): Promise<void> {
  if (outcome.kind === 'replan') return;
  const say = (notice: Notice['outcome']): Promise<void> =>
    addNotice(ports, { keyId: key.id, keyName: key.name, outcome: notice });
  if (outcome.kind === 'failed') {
    const { failure } = outcome;
    await setFailed(ports, [{ keyId: key.id, failure }], importId);
    return say({ kind: 'failed', failure });
  }
  const { card } = outcome;
  await ports.saved.change(({ cards }) => {
    cards[key.id] = keepUndo(card, cards[key.id]);
  });
  await say(provedNotice(toldCard(card, key, ports.clock.now())));
}

/** Puts failures on the cards of keys, about the CLIProxyAPI that is configured now. */
export async function setFailed(
  ports: Ports,
  keys: readonly { keyId: string; failure: Failure }[],
  importId: string | null,
): Promise<void> {
  const saved = await savedConnection(ports);
  const [root, at] = [saved.ok ? saved.value.url.root : '', ports.clock.now()];
  await ports.saved.change(({ cards }) => {
    for (const { keyId, failure } of keys) cards[keyId] = { kind: 'failed', failure, importId, root, at };
  });
}
