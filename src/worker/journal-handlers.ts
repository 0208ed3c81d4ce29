import type { Result } from '../core/failures/result';
import { askAgain } from '../workflows/import/ask-again';
import { finishImport } from '../workflows/import/finish-import';
import { findImport } from '../workflows/history/journal';
import { readHistory } from '../workflows/view/read-history';
import { undoEverywhere } from '../workflows/undo/undo-everywhere';
import type { Ports } from '../workflows/ports';
import { done, type HandlersOf, type WorkerHooks } from './hooks';

/** Messages about written imports: History, undo, proof and finishing. */
export function journalHandlers(
  ports: Ports,
  { works, start, lookAgain, runAt }: WorkerHooks,
): HandlersOf<'history' | `import.${'undo' | 'ask-again' | 'finish'}`> {
  /** Works run under the id of the key, by which its card stops them. */
  const onImport = async <T>(
    importId: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<Result<T>> => {
    await start();
    const record = await findImport(ports, importId);
    return done(works.run(record?.key.id ?? importId, work));
  };
  return {
    history: () => {
      lookAgain();
      return readHistory(ports);
    },
    'import.undo': ({ importId, confirmedLoss }) =>
      onImport(importId, (signal) =>
        undoEverywhere(ports, importId, confirmedLoss, signal, (proxyId, work) =>
          runAt(proxyId, importId, signal, work),
        ),
      ),
    'import.ask-again': async ({ keyId }) => {
      await start();
      return done(works.run(keyId, (signal) => askAgain(ports, keyId, signal)));
    },
    'import.finish': ({ importId }) => onImport(importId, (signal) => finishImport(ports, importId, signal)),
  };
}
