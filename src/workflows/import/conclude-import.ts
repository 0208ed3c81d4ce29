import { keepUndo, provedNotice } from '../../core/cliproxyapi/proved-card';
import type { Notice } from '../../core/cliproxyapi/card';
import type { ImportOutcome } from '../../core/import/opened';
import type { KeyFacts } from '../accounts/find-key';
import { savedConnection } from '../cliproxyapi/open-management';
import type { Ports } from '../ports';
import { addNotice } from '../running';

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
    const [root, at] = [await rootInUse(ports), ports.clock.now()];
    await ports.saved.change(({ cards }) => {
      cards[key.id] = { kind: 'failed', failure, importId, root, at };
    });
    return say({ kind: 'failed', failure });
  }
  const { card } = outcome;
  await ports.saved.change(({ cards }) => {
    cards[key.id] = keepUndo(card, cards[key.id]);
  });
  await say(provedNotice(card));
}

/** The root of the configured CLIProxyAPI; empty if there is none. */
export async function rootInUse(ports: Ports): Promise<string> {
  const saved = await savedConnection(ports);
  return saved.ok ? saved.value.url.root : '';
}
