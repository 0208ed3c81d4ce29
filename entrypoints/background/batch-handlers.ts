import type { Handlers } from '../../src/contract/router';
import { fail, ok } from '../../src/core/result';
import { importBatch } from '../../src/workflows/import-batch';
import { openBatch, planOpenBatch, type Batches } from '../../src/workflows/open-batch';
import type { World } from '../../src/workflows/world';
import type { WorkerHooks } from './later-handlers';

type Batch = Extract<keyof Handlers, `batch.${string}`>;

/** Messages about many keys at once. A batch is cancelled by its own id, as an import is by its key's. */
export function batchHandlers(
  world: World,
  batches: Batches,
  { cancellable, start }: WorkerHooks,
): Pick<Handlers, Batch> {
  return {
    'batch.open': (order) => cancellable(order.batchId, (signal) => openBatch(world, batches, order, signal)),
    'batch.plan': ({ batchId, options }) => planOpenBatch(world, batches, batchId, options),
    'batch.apply': async ({ batchId, options, hash }) => {
      await start();
      const batch = batches.get(batchId);
      if (!batch) return fail({ code: 'unknown-item' });
      return ok(
        await cancellable(batchId, (signal) => importBatch(world, { batchId, batch, options, hash, signal })),
      );
    },
  };
}
