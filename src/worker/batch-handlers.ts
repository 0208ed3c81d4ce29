import type { Handlers } from '../contract/router';
import { fail, ok } from '../core/result';
import { importBatch } from '../workflows/import/import-batch';
import { openBatch, planOpenBatch, type Batches } from '../workflows/import/open-batch';
import type { Ports } from '../workflows/ports';
import type { WorkerHooks } from './hooks';

type Batch = Extract<keyof Handlers, `batch.${string}`>;

/** Messages about many keys at once. A batch is cancelled by its own id, as an import is by its key's. */
export function batchHandlers(
  ports: Ports,
  batches: Batches,
  { cancellable, start }: WorkerHooks,
): Pick<Handlers, Batch> {
  return {
    'batch.open': (order) => cancellable(order.batchId, (signal) => openBatch(ports, batches, order, signal)),
    'batch.plan': ({ batchId, options }) => planOpenBatch(ports, batches, batchId, options),
    'batch.apply': async ({ batchId, options, hash }) => {
      await start();
      const batch = batches.get(batchId);
      if (!batch) return fail({ code: 'unknown-item' });
      return ok(
        await cancellable(batchId, (signal) => importBatch(ports, { batchId, batch, options, hash, signal })),
      );
    },
  };
}
