import { shownUrl } from '../../core/base-url';
import { LIST_NAMES } from '../../core/cliproxyapi/lists/list-traits';
import { baseUrlOf, keyEntries, labelOf, modelsOf } from '../../core/cliproxyapi/provider';
import { entryAt } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { fileNotices } from '../../core/cliproxyapi/v8/file-notices';
import type { EntriesEdit } from '../../core/entries/entry-edit';
import { editsIdentity, planAllEdits, type EditedEntry, type ListEdits } from '../../core/entries/plan-edits';
import type { EditedView, EntriesView, LeftOutView } from '../../core/entries/view';
import { fail, ok, type Result } from '../../core/failures/result';
import type { Saved } from '../../storage/schema';
import { allKeys } from '../accounts/find-key';
import { revealKeys } from '../accounts/reveal-keys';
import { planHash } from '../cliproxyapi/plan-hash';
import { lookAtGroups } from '../connection/look-at-groups';
import { readWritable } from '../connection/read-writable';
import { fingerprintsOf } from '../history/entry-records';
import type { OpenPlans } from '../open-plans';
import type { Ports } from '../ports';
import { aboutKey, findChosen, leftOutAt, type Chosen, type ChosenKey, type Found } from './chosen';
import { placeOfEntry, type EntryRef } from './open-entry';

/** What a dialog about many is opened with: keys of ours, or entries of the list of everything in CLIProxyAPI. */
export interface ChosenIds {
  keyIds: readonly string[];
  entries: readonly (Omit<EntryRef, 'keyIndex'> & { label: string })[];
}

/** Reads the lists once, and finds in them what was chosen. */
export async function openEdits(
  ports: Ports,
  bases: OpenPlans<Chosen>,
  id: string,
  ids: ChosenIds,
  order: EntriesEdit,
): Promise<Result<EntriesView>> {
  const proxy = await readWritable(ports, { look: lookAtGroups });
  if (!proxy.ok) return proxy;
  const { config } = proxy.value;
  const saved = await ports.saved.read();
  if (!saved.ok) return saved;
  const keys = await textsOf(ports, saved.value, config, new Set(ids.keyIds));
  if (!keys.ok) return keys;
  const entries = await shownEntries(ports, config, ids.entries);
  const failed = [...keys.value.failed, ...entries.failed];
  const chosen: Chosen = { config, keys: keys.value.keys, entries: entries.entries, failed };
  bases.set(id, chosen);
  return ok(await viewEdits(ports, chosen, order));
}

/**
 * The texts of the chosen keys. A card knows its key in the lists by a fingerprint: only of the others is the relay
 * asked, which counts what it reveals.
 */
async function textsOf(
  ports: Ports,
  saved: Saved,
  { lists, root }: ProxyConfig,
  wanted: ReadonlySet<string>,
): Promise<Result<Pick<Chosen, 'keys' | 'failed'>>> {
  const prints = await fingerprintsOf(
    ports,
    LIST_NAMES.flatMap((name) => lists[name] ?? []),
  );
  if (!prints.ok) return prints;
  const texts = new Map([...prints.value].map(([text, print]) => [print, text]));
  const keys: ChosenKey[] = [];
  const facts = allKeys(saved).filter(({ id }) => wanted.has(id));
  const cardOf = (id: string) => {
    const card = saved.cards[id];
    return card?.kind === 'proved' && card.root === root ? card : undefined;
  };
  const unknown = facts.filter((key) => {
    const { print = '', list } = cardOf(key.id) ?? {};
    const text = texts.get(print);
    if (text !== undefined) keys.push({ facts: key, text, list });
    return text === undefined;
  });
  const failed: LeftOutView[] = [];
  const revealed = await revealKeys(ports, unknown);
  for (const key of unknown) {
    const text = revealed.get(key.id) ?? fail({ code: 'unknown-item' });
    if (text.ok) keys.push({ facts: key, text: text.value, list: cardOf(key.id)?.list });
    else failed.push({ ...aboutKey(key), failure: text.failure });
  }
  return ok({ keys, failed });
}

async function shownEntries(
  ports: Ports,
  config: ProxyConfig,
  refs: ChosenIds['entries'],
): Promise<Pick<Chosen, 'entries' | 'failed'>> {
  const entries: Chosen['entries'] = [];
  const failed: LeftOutView[] = [];
  for (const { label, ...ref } of refs) {
    const place = await placeOfEntry(ports, config, { ...ref, keyIndex: 0 });
    if (place) entries.push({ list: place.list, index: place.index, entry: entryAt(place) });
    else
      failed.push({
        id: `${ref.list} ${ref.index}`,
        name: label,
        mask: '',
        failure: { code: 'list-changed' },
      });
  }
  return { entries, failed };
}

/** Plans what was chosen with what the dialog holds now. */
export async function planOpenEdits(
  ports: Ports,
  bases: OpenPlans<Chosen>,
  id: string,
  order: EntriesEdit,
): Promise<Result<EntriesView>> {
  const chosen = bases.get(id);
  return chosen ? ok(await viewEdits(ports, chosen, order)) : fail({ code: 'unknown-item' });
}

/** The plans for all lists, without any key text. */
export async function viewEdits(ports: Ports, chosen: Chosen, order: EntriesEdit): Promise<EntriesView> {
  const { config } = chosen;
  const found = findChosen(chosen, config);
  const plans = planAllEdits(config, found.byList, order);
  const hashes = await Promise.all(plans.map((plan) => planHash(ports, config, editsIdentity(plan))));
  const entries = plans.flatMap((plan) => plan.entries.map((entry) => editedView(plan, entry, found, order)));
  return {
    entries,
    leftOut: [
      ...found.leftOut,
      ...plans.flatMap(({ list, leftOut }) => leftOut.flatMap((one) => leftOutAt(found, list, one))),
    ],
    unchanged: plans.reduce((sum, plan) => sum + plan.unchanged.length, 0),
    rest: plans
      .filter((plan) => plan.entries.length > 0)
      .reduce((sum, plan) => sum + (config.lists[plan.list]?.length ?? 0) - plan.entries.length, 0),
    file: fileNotices(
      config,
      plans.flatMap((plan) => (plan.entries.length > 0 ? [plan.list] : [])),
    ),
    hash: hashes.join('.'),
  };
}

function editedView(
  { list }: ListEdits,
  { index, before, after, changes }: EditedEntry,
  { byList }: Found,
  { edit }: EntriesEdit,
): EditedView {
  const keys = keyEntries(before).length;
  const chosen = byList.get(list)?.find((entry) => entry.index === index)?.keys.length ?? 0;
  const ofKeys = edit.proxyUrl !== undefined || edit.remove !== undefined;
  return {
    list,
    index,
    label: labelOf(before),
    baseUrl: shownUrl(baseUrlOf(before)),
    goes: after === null ? { keys, models: modelsOf(before).length } : null,
    changes: after === null ? [] : changes.filter(({ kind }) => kind !== 'provider' && kind !== 'in-it'),
    others: ofKeys || chosen === 0 ? 0 : keys - chosen,
  };
}
