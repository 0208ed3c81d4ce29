import { fail, ok } from '../core/failures/result';
import { importBatch } from '../workflows/batch/import-batch';
import { carryOver } from '../workflows/carry-over/carry-over';
import { openCarry, planCarryOver } from '../workflows/carry-over/open-carry';
import { openBatch, planOpenBatch } from '../workflows/batch/open-batch';
import type { Ports } from '../workflows/ports';
import { done, type HandlersOf, type WorkerHooks } from './hooks';

/** Messages about many keys at once, of ours or of another CLIProxyAPI. Each runs under its own id. */
export const batchHandlers = (
  ports: Ports,
  { works, plans, start, lookAgain }: WorkerHooks,
): HandlersOf<`batch.${string}` | `carry.${string}`> => ({
  'batch.open': (order) => {
    lookAgain();
    const opened = plans.open('batch', order.batchId);
    return works.run(order.batchId, (signal) => openBatch(ports, opened, order, signal));
  },
  'batch.plan': ({ batchId, options }) => planOpenBatch(ports, plans.at('batch', batchId), batchId, options),
  'batch.apply': async ({ batchId, options, hash }) => {
    await start();
    const batch = plans.at('batch', batchId).get(batchId);
    if (!batch) return fail({ code: 'unknown-item' });
    const outcome = await works.run(batchId, (signal) =>
      importBatch(ports, { batchId, batch, options, hash, signal }),
    );
    // The dialog comes back with a new plan of the same keys.
    if (outcome.kind !== 'replan') plans.drop('batch', batchId);
    return ok(outcome);
  },
  'carry.open': ({ carryId, from }) => {
    lookAgain();
    return done(works.run(carryId, (signal) => openCarry(ports, from, signal)));
  },
  'carry.plan': (order) => done(planCarryOver(ports, order)),
  'carry.apply': async (order) => {
    await start();
    return done(works.run(order.carryId, (signal, report) => carryOver(ports, { ...order, signal, report })));
  },
});
