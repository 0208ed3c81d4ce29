import { withoutProxyUser, shownUrl } from '../../core/base-url';
import { entryAt, selectList, type KeyPlace } from '../../core/cliproxyapi/provider-list';
import { fileNotices } from '../../core/cliproxyapi/v8/file-notices';
import { editIdentity, planEdit } from '../../core/entries/edit';
import type { EntryEdit } from '../../core/entries/entry-edit';
import type { EntryView, OpenedEntry, PlannedEdit } from '../../core/entries/view';
import { LIST_NAMES, type ListName } from '../../core/cliproxyapi/lists/list-traits';
import { canonicalJson } from '../../core/json';
import { maskKey } from '../../core/mask';
import {
  baseUrlOf,
  isPaused,
  keyEntries,
  labelOf,
  modelsOf,
  nameOf,
  priorityOf,
  type Provider,
} from '../../core/cliproxyapi/provider';
import { fail, ok, type Result } from '../../core/failures/result';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { findKey } from '../accounts/find-key';
import { planHash } from '../cliproxyapi/plan-hash';
import { lookAtGroups } from '../connection/look-at-groups';
import { readWritable } from '../connection/read-writable';
import { placeOfKey } from '../../core/cliproxyapi/place-of-key';
import { revealKey } from '../accounts/reveal-key';
import type { OpenPlans } from '../open-plans';
import type { Ports } from '../ports';

/** Dialogs about entries rest on one reading of the lists. */
export const ENTRY = '';

/** Names an entry that was shown, and one of its keys. */
export interface EntryRef {
  list: ListName;
  id: string;
  index: number;
  keyIndex: number;
}

/** Identifies an entry exactly as it is, without telling anything of it. */
export const entryId = (ports: Ports, entry: Provider): Promise<string> =>
  ports.hash.sha256(canonicalJson(entry));

async function configOf(reading: ReturnType<typeof readWritable>): Promise<Result<ProxyConfig>> {
  const proxy = await reading;
  return proxy.ok ? ok(proxy.value.config) : proxy;
}

/** All entries of all lists, in their order. */
export async function listEntries(ports: Ports): Promise<Result<EntryView[]>> {
  const config = await configOf(readWritable(ports));
  if (!config.ok) return config;
  const views: Promise<EntryView>[] = [];
  for (const name of LIST_NAMES) {
    const list = selectList(config.value, name);
    if (!list.ok) return list;
    views.push(...list.value.providers.map((entry, index) => viewOf(ports, name, entry, index)));
  }
  return ok(await Promise.all(views));
}

/** The entry that holds a key of ours. */
export async function openEntry(
  ports: Ports,
  bases: OpenPlans<ProxyConfig>,
  keyId: string,
): Promise<Result<OpenedEntry>> {
  const key = await findKey(ports, keyId);
  if (!key.ok) return key;
  const config = await configOf(readWritable(ports, { look: lookAtGroups }));
  if (!config.ok) return config;
  bases.set(ENTRY, config.value);
  const text = await revealKey(ports, key.value);
  if (!text.ok) return text;
  // The list that the card speaks of; else the first that has the key.
  const saved = await ports.saved.read();
  const card = saved.ok ? saved.value.cards[keyId] : undefined;
  const onCard = card?.kind === 'proved' ? card.list : undefined;
  const place =
    placeOfKey(config.value, key.value, text.value, onCard) ??
    placeOfKey(config.value, key.value, text.value);
  if (!place) return fail({ code: 'not-in-list' });
  const { list, index, keyIndex } = place;
  return ok({ entry: await viewOf(ports, list, entryAt(place), index), keyIndex });
}

async function viewOf(ports: Ports, list: ListName, entry: Provider, index: number): Promise<EntryView> {
  return {
    list,
    id: await entryId(ports, entry),
    index,
    label: labelOf(entry) || maskKey(keyEntries(entry)[0]?.['api-key'] ?? ''),
    name: nameOf(entry),
    baseUrl: shownUrl(baseUrlOf(entry)),
    paused: isPaused(entry),
    priority: priorityOf(entry),
    prefix: entry.prefix ?? '',
    models: modelsOf(entry).length,
    keys: keyEntries(entry).map((key) => ({
      mask: maskKey(key['api-key'] ?? ''),
      weight: key['weight'] === undefined || key['weight'] === null ? null : Number(key['weight']),
      proxyUrl: withoutProxyUser(key['proxy-url'] ?? ''),
    })),
  };
}

/** The place of an entry that was shown, exactly as it was; undefined: it is not there any more. */
export async function placeOfEntry(
  ports: Ports,
  config: ProxyConfig,
  { list: name, id, index: hint, keyIndex }: EntryRef,
): Promise<KeyPlace | undefined> {
  const list = selectList(config, name);
  if (!list.ok) return undefined;
  const { providers } = list.value;
  const there = providers[hint];
  const ids =
    there && (await entryId(ports, there)) === id
      ? []
      : await Promise.all(providers.map((entry) => entryId(ports, entry)));
  const index = ids.length === 0 && there ? hint : ids.indexOf(id);
  return index < 0 ? undefined : { ...list.value, index, keyIndex };
}

/** What an edit would do, for showing. */
export async function planEntry(
  ports: Ports,
  bases: OpenPlans<ProxyConfig>,
  ref: EntryRef,
  edit: EntryEdit,
): Promise<Result<PlannedEdit>> {
  const base = bases.get(ENTRY);
  const config = base ? ok(base) : await configOf(readWritable(ports, { look: lookAtGroups }));
  if (!config.ok) return config;
  bases.set(ENTRY, config.value);
  const place = await placeOfEntry(ports, config.value, ref);
  if (!place) return ok({ kind: 'failed', failure: { code: 'list-changed' } });
  const plan = planEdit(place, edit);
  if (!plan.ok) return ok({ kind: 'failed', failure: plan.failure });
  if (!plan.value) return ok({ kind: 'nothing' });
  const { changes, renamed } = plan.value;
  const file = fileNotices(config.value, [ref.list]);
  const hash = await planHash(ports, config.value, editIdentity(plan.value));
  return ok({ kind: 'plan', changes, renamed, file, hash });
}
