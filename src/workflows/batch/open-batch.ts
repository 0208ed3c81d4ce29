import { baseUrlFromAddress, relayIdentity } from '../../core/base-url';
import type { Failure } from '../../core/failures/failure';
import { BATCH_DEFAULTS, type BatchOptions, type BatchView } from '../../core/batch/batch';
import { sameKey } from '../../core/key-text';
import { fail, ok, type Result } from '../../core/failures/result';
import { findKey, usableBy, type KeyFacts } from '../accounts/find-key';
import { revealKeys } from '../accounts/reveal-keys';
import { listModels } from '../cliproxyapi/list-models';
import { lookAtGroups } from '../connection/look-at-groups';
import type { Management } from '../connection/open-management';
import { paced } from '../connection/paced';
import { readWritable } from '../connection/read-writable';
import type { OpenPlans } from '../open-plans';
import type { Ports } from '../ports';
import { showRunning } from '../running';
import { itemsOf } from './batch-items';
import type { Batch, OpenedKey } from './batch-run';
import { viewBatch } from './batch-view';
import { askRelays } from './relay-lanes';

/** So many requests go through CLIProxyAPI at once. */
const THROUGH_PROXY = 4;

export type Batches = OpenPlans<Batch>;

/**
 * Opens a batch: one read of the proxy's list, the texts of masked keys by the relays' batches, and the models of every
 * key, a few at a time. What fails is listed with its reason; the others go on. Opened again, only what failed is asked.
 */
export async function openBatch(
  ports: Ports,
  batches: Batches,
  { batchId, keyIds }: { batchId: string; keyIds: readonly string[] },
  signal: AbortSignal,
): Promise<Result<BatchView>> {
  const proxy = await readWritable(ports, { look: lookAtGroups, signal });
  if (!proxy.ok) return proxy;
  const { management, config } = proxy.value;
  const saved = await ports.saved.read();
  const found = await Promise.all(keyIds.map((id) => findKey(ports, id)));
  const wanted = found.flatMap((key) => (key.ok ? [key.value] : []));
  const known = (batches.get(batchId)?.keys ?? []).filter((key) =>
    wanted.some(({ id }) => id === key.facts.id),
  );
  const unread = wanted.filter(({ id }) => !known.some((key) => key.facts.id === id));
  const read = await readKeys(ports, management, { batchId, keys: unread }, signal);
  if (signal.aborted) return fail({ code: 'cancelled' });
  const places = new Map(wanted.map(({ id }, index) => [id, index]));
  const placeOf = ({ facts }: OpenedKey): number => places.get(facts.id) ?? 0;
  const batch: Batch = {
    config,
    settings: saved.ok ? saved.value.settings : null,
    ...withoutTwins(known, read),
  };
  batch.keys.sort((a, b) => placeOf(a) - placeOf(b));
  batches.set(batchId, batch);
  return ok(await viewBatch(ports, batch, batch.config, itemsOf(batch, batch.config, BATCH_DEFAULTS)));
}

type Read = { facts: KeyFacts } & ({ key: OpenedKey } | { failure: Failure });

/** The texts and the models of keys, as they are answered; each card shows until when its key is read. */
async function readKeys(
  ports: Ports,
  management: Management,
  { batchId: importId, keys }: { batchId: string; keys: readonly KeyFacts[] },
  signal: AbortSignal,
): Promise<Read[]> {
  const read: Read[] = [];
  const ids = keys.map(({ id }) => id);
  const endings = showEndings(ports);
  const patient = paced(management, THROUGH_PROXY);
  const fails = (facts: KeyFacts, failure: Failure): void => {
    endings.ended(facts.id);
    read.push({ facts, failure });
  };
  await showRunning(ports, ids, { importId, stage: 'listing', served: 0, total: 0 });
  try {
    const texts = await revealKeys(ports, keys);
    const ask = async (facts: KeyFacts): Promise<Failure | undefined> => {
      const text = texts.get(facts.id) ?? fail({ code: 'unknown-item' });
      const key = text.ok ? await readKey(ports, patient, facts, text.value, signal) : text;
      if (!key.ok) {
        fails(facts, key.failure);
        return key.failure;
      }
      endings.ended(facts.id);
      read.push({ facts, key: key.value });
      return undefined;
    };
    await askRelays(keys, ({ address }) => relayIdentity(address), ask, fails);
  } finally {
    await endings.shown();
    await showRunning(ports, ids, null);
  }
  return read;
}

/** Shows on the cards that keys were read; those that end while others are being shown go with the next. */
function showEndings(ports: Ports): { ended(id: string): void; shown(): Promise<void> } {
  let ids: string[] = [];
  let under: Promise<void> | undefined;
  const show = async (): Promise<void> => {
    while (ids.length > 0) {
      const some = ids;
      ids = [];
      await showRunning(ports, some, null);
    }
    under = undefined;
  };
  return {
    ended(id) {
      ids.push(id);
      under ??= show();
    },
    shown: async () => under,
  };
}

async function readKey(
  ports: Ports,
  management: Management,
  facts: KeyFacts,
  text: string,
  signal: AbortSignal,
): Promise<Result<OpenedKey>> {
  const baseUrl = baseUrlFromAddress(facts.address);
  if (!baseUrl.ok) return baseUrl;
  const listed = await listModels(ports, async () => ok(management), baseUrl.value, text, signal);
  const models = usableBy(facts, listed);
  return models.ok ? ok({ facts, text, ...models.value }) : models;
}

/** Of keys that are the same, as when one of an account was entered by hand, too, only the first goes along. */
function withoutTwins(known: readonly OpenedKey[], read: readonly Read[]): Pick<Batch, 'keys' | 'failed'> {
  const keys = [...known];
  const failed: Batch['failed'] = [];
  for (const one of read) {
    const { facts } = one;
    const twin = 'key' in one ? keys.find((other) => isTwin(other, one.key)) : undefined;
    if ('failure' in one) failed.push({ facts, failure: one.failure });
    else if (twin) failed.push({ facts, failure: { code: 'duplicate', name: twin.facts.name } });
    else keys.push(one.key);
  }
  return { keys, failed };
}

const isTwin = (other: OpenedKey, { facts, text }: OpenedKey): boolean =>
  relayIdentity(other.facts.address) === relayIdentity(facts.address) &&
  sameKey(other.text, text, facts.optionalPrefix);

/** Plans an open batch with what the dialog holds now. */
export async function planOpenBatch(
  ports: Ports,
  batches: Batches,
  batchId: string,
  options: BatchOptions,
): Promise<Result<BatchView>> {
  const batch = batches.get(batchId);
  if (!batch) return fail({ code: 'unknown-item' });
  return ok(await viewBatch(ports, batch, batch.config, itemsOf(batch, batch.config, options)));
}
