import type { Handlers } from '../contract/router';
import type { Result } from '../core/result';
import { askAgain } from '../workflows/import/ask-again';
import { finishImport } from '../workflows/import/finish-import';
import { readHistory } from '../workflows/view/read-view';
import { undoImport } from '../workflows/undo/undo-import';
import type { Ports } from '../workflows/ports';
import { done, type WorkerHooks } from './hooks';

type Journal = Extract<keyof Handlers, 'history' | `import.${'undo' | 'ask-again' | 'finish'}`>;

/** Messages about written imports: History, undo, proof and finishing. */
export function journalHandlers(ports: Ports, { works, start }: WorkerHooks): Pick<Handlers, Journal> {
  /** Works run under the id of the key, by which its card stops them. */
  const onImport = async <T>(
    importId: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<Result<T>> => {
    await start();
    const journal = await ports.journal.read();
    const record = journal.ok ? journal.value.records.find(({ id }) => id === importId) : undefined;
    return done(works.run(record?.keyId ?? importId, work));
  };
  return {
    history: () => readHistory(ports),
    'import.undo': ({ importId, confirmedLoss }) =>
      onImport(importId, (signal) => undoImport(ports, importId, confirmedLoss, signal)),
    'import.ask-again': async ({ keyId }) => {
      await start();
      return done(works.run(keyId, (signal) => askAgain(ports, keyId, signal)));
    },
    'import.finish': ({ importId }) => onImport(importId, (signal) => finishImport(ports, importId, signal)),
  };
}
