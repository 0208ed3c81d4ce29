import { MESSAGES } from '../contract/messages';
import { createRouter, type Handlers, type Route } from '../contract/router';
import type { FIRST_MESSAGES } from '../contract/first-messages';
import { rawStorage } from '../platform/storage-slots';
import { lookAtGroups, type LookAtGroups } from '../workflows/connection/look-at-groups';
import { askAgain } from '../workflows/import/ask-again';
import { forgetOld } from '../workflows/history/forget-old';
import { entryYaml } from '../workflows/import/entry-yaml';
import { importKey } from '../workflows/import/import-key';
import { relistModels } from '../workflows/import/relist-models';
import { runDueSyncs } from '../workflows/sync/schedule-sync';
import { SYNC_ALARM } from '../workflows/sync/arm-sync';
import { lookAgain, recover } from '../workflows/undo/recover';
import type { Ports } from '../workflows/ports';
import { accountHandlers } from './account-handlers';
import { batchHandlers } from './batch-handlers';
import { channelHandlers } from './channel-handlers';
import { channelImportHandlers } from './channel-import-handlers';
import { connectionHandlers } from './connection-handlers';
import { entryHandlers } from './entry-handlers';
import { journalHandlers } from './journal-handlers';
import { newApiHandlers } from './new-api-handlers';
import { syncHandlers } from './sync-handlers';
import { vaultHandlers } from './vault-handlers';
import { done, type WorkerHooks } from './hooks';

export { askByV8 } from '../targets/cliproxyapi/by-v8';

export type LaterName = Exclude<keyof Handlers, keyof typeof FIRST_MESSAGES>;

export interface LaterHandlers {
  handlers: Pick<Handlers, LaterName>;
  route: Route;
  /** Judges the imports that the last life of the worker left open, and proves those that were written. */
  recoverUnfinished(): Promise<void>;
  /** Judges what is still unfinished, and proves imports that were found. */
  lookAgain(): Promise<void>;
  lookAtGroups: LookAtGroups;
  /** A scheduled sync is due. */
  syncDue(): Promise<void>;
}

/** The messages that need more than the popup's first picture and the plan of one key. */
export function createLaterHandlers(ports: Ports, hooks: WorkerHooks): LaterHandlers {
  const proveAll = async (written: readonly { keyId: string }[]): Promise<void> => {
    for (const { keyId } of written) await hooks.works.run(keyId, (signal) => askAgain(ports, keyId, signal));
  };
  const handlers: Pick<Handlers, LaterName> = {
    'import.apply': async (order) => {
      await hooks.start();
      hooks.plans.drop('import', order.keyId);
      return done(hooks.works.run(order.keyId, (signal) => importKey(ports, { ...order, signal })));
    },
    'import.models': ({ keyId, baseUrl }) => relistModels(ports, keyId, baseUrl),
    'import.yaml': (order) => entryYaml(ports, order),
    ...connectionHandlers(ports, hooks),
    ...accountHandlers(ports),
    ...journalHandlers(ports, hooks),
    ...entryHandlers(ports, hooks),
    ...batchHandlers(ports, hooks),
    ...newApiHandlers(ports, hooks),
    ...channelHandlers(ports, hooks),
    ...channelImportHandlers(ports, hooks),
    ...syncHandlers(ports, hooks),
    ...vaultHandlers(ports, hooks),
    'storage.export': () => done(rawStorage()),
  };
  void forgetOld(ports).catch(() => undefined);
  return {
    handlers,
    route: createRouter<LaterName>(handlers, MESSAGES),
    recoverUnfinished: async () => proveAll(await recover(ports)),
    lookAgain: async () => proveAll(await hooks.works.run('look', (signal) => lookAgain(ports, signal))),
    lookAtGroups,
    syncDue: () => hooks.works.run(SYNC_ALARM, (signal) => runDueSyncs(ports, signal)),
  };
}
