import { hostOf } from '../../core/base-url';
import type { UndoOutcome } from '../../core/import/opened';
import { sum } from '../../core/sum';
import type { ProviderRecord } from '../../storage/journal-schema';
import { readProviderRecords } from '../history/journal';
import { proxyOfRoot } from '../connection/proxies';
import type { Ports } from '../ports';
import { announceFailure } from '../running';
import { undoImport } from './undo-import';

/** Does a work as one of the CLIProxyAPI with this id; `signal` also ends with what the work is a part of. */
type RunAt = <T>(proxyId: string, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/**
 * Undoes an import, or all of a batch, at each CLIProxyAPI that it went to: side by side, each by itself, so that one that is
 * down holds up none of the others. Where one asks first, what it asks is answered, and the others are not asked again.
 */
export async function undoEverywhere(
  ports: Ports,
  importId: string,
  confirmedLoss: string | undefined,
  signal: AbortSignal,
  runAt: RunAt = (_proxyId, work) => work(signal),
): Promise<UndoOutcome> {
  const all = await readProviderRecords(ports);
  const open = (all.ok ? all.value : []).filter(
    ({ id, batch, action, phase }) =>
      (id === importId || batch === importId) &&
      action !== 'undo' &&
      phase !== 'undone' &&
      phase !== 'not-written',
  );
  const at = ports.clock.now();
  const roots = [...new Set(open.map(({ proxyRoot }) => proxyRoot))];
  const outcomes = await Promise.all(
    roots.map(async (root) => {
      const proxy = await proxyOfRoot(ports, root);
      const records = open.filter(({ proxyRoot }) => proxyRoot === root);
      const outcome = proxy
        ? await runAt(proxy.id, (own) => undoImport(proxy.there, importId, confirmedLoss, own, at))
        : await refused(ports, records);
      return { name: proxy?.name ?? hostOf(root), of: records.length, outcome };
    }),
  );
  const [only] = outcomes;
  if (!only) return undoImport(ports, importId, confirmedLoss, signal);
  return outcomes.length === 1 ? only.outcome : gathered(outcomes);
}

/** Of a CLIProxyAPI that is none of the user's any more nothing is taken back, nor is any other asked in its place. */
const refused = (ports: Ports, [first]: readonly ProviderRecord[]): Promise<UndoOutcome> =>
  announceFailure(
    ports,
    { keyId: first?.key.id ?? '', keyName: first?.key.name ?? '' },
    { code: 'undo-gone' },
  );

/** One outcome of several: a question first, then what failed. */
function gathered(all: readonly { name: string; of: number; outcome: UndoOutcome }[]): UndoOutcome {
  for (const { name, outcome } of all) if (outcome.kind === 'changed') return { ...outcome, place: name };
  const outcomes = all.map(({ outcome }) => outcome);
  const failures = outcomes.flatMap((one) => ('failure' in one && one.failure ? [one.failure] : []));
  const [failure] = failures;
  if (!failure) return { kind: 'undone' };
  const undone = sum(
    all.map(({ of, outcome }) =>
      outcome.kind === 'undone' ? of : outcome.kind === 'partly' ? outcome.undone : 0,
    ),
  );
  return undone > 0
    ? { kind: 'partly', undone, of: sum(all.map(({ of }) => of)), failure }
    : { kind: 'failed', failure };
}
