import { canonicalJson } from '../json';
import { isProxyUrl } from '../proxy-url';
import { removal, replacement, type EntryChange } from '../cliproxyapi/entry-change';
import type { ListName } from '../cliproxyapi/lists/list-traits';
import { entryAt, type KeyPlace } from '../cliproxyapi/provider-list';
import { listTraits } from '../cliproxyapi/lists/table';
import { maskKey } from '../mask';
import {
  EXCLUDE_ALL,
  excludedOf,
  isPaused,
  keyEntries,
  nameOf,
  priorityOf,
  resumed,
  sameName,
  servedModelsOf,
  type KeyEntry,
  type Provider,
} from '../cliproxyapi/provider';
import { fail, ok, type Result } from '../failures/result';
import { cleanPrefix } from '../cliproxyapi/served-names';
import { serverWouldMerge } from '../cliproxyapi/lists/dedupe';
import { atLeast, parseVersion, type Version } from '../version';
import type { Change } from '../import/change';
import { entryLine, fieldLine, restLine, shownProxy, switchLine } from '../import/change-lines';
import type { EntryEdit } from './entry-edit';

export type EditFailure =
  | { code: 'last-key' | 'bad-priority' | 'bad-prefix' | 'bad-weight' | 'bad-proxy' | 'name-missing' }
  | { code: 'name-in-use'; name: string }
  | { code: 'same-entry'; list: string }
  | { code: 'field-too-new'; field: string; since: string; version: string };

export interface EditPlan {
  change: EntryChange;
  changes: Change[];
  /** CLIProxyAPI keeps its usage history by the name of a provider. */
  renamed: boolean;
}

/** What the user was shown, as one text; contains keys: hash it before it leaves the worker. */
export const editIdentity = ({ change: { before, after } }: EditPlan): string =>
  canonicalJson([before, after]);

const WEIGHT_SINCE: Version = [7, 2, 104];
const MOST_WEIGHT = 1_000_000;

/**
 * Decides what an edit makes of an entry; null: nothing. Only the fields that were named are touched. The last key of a
 * provider is never just taken out, since CLIProxyAPI would go on asking the relay without one (CLIProxyAPI 7.2).
 */
export function planEdit(place: KeyPlace, edit: EntryEdit): Result<EditPlan | null, EditFailure> {
  const before = entryAt(place);
  if (edit.remove === 'entry') return ok(removeEntry(place, before));
  if (edit.remove === 'key') return removeKey(place, before);
  const bad = checkEdit(place, before, edit);
  if (bad) return fail(bad);
  const after = edited(place, before, edit);
  const change = replacement(place, place.index, after);
  if (change.fields.length === 0) return ok(null);
  if (serverWouldMerge(place.list, change.providers, after, place.version))
    return fail({ code: 'same-entry', list: place.list });
  const renamed = nameOf(before) !== nameOf(after);
  return ok({ change, changes: changesOf(place, before, after), renamed });
}

function checkEdit(place: KeyPlace, before: Provider, edit: EntryEdit): EditFailure | undefined {
  const { name, priority, prefix, weight, proxyUrl } = edit;
  if (name !== undefined && !name.trim()) return { code: 'name-missing' };
  const twin = (other: Provider): boolean => other !== before && sameName(nameOf(other), name ?? '');
  if (name !== undefined && !sameName(name, nameOf(before)) && place.providers.some(twin))
    return { code: 'name-in-use', name: name.trim() };
  if (priority !== undefined && !isWhole(priority)) return { code: 'bad-priority' };
  if (prefix?.trim() && !cleanPrefix(prefix)) return { code: 'bad-prefix' };
  if (weight?.trim() && (!isWhole(weight) || Number(weight) > MOST_WEIGHT)) return { code: 'bad-weight' };
  if (proxyUrl?.trim() && !isProxyUrl(proxyUrl)) return { code: 'bad-proxy' };
  return weight?.trim() ? weightRefusal(place.version) : undefined;
}

/** Why a server takes no weight of a key, or undefined. One that names no version is taken for a new one. */
export function weightRefusal(
  version: string | null,
): Extract<EditFailure, { code: 'field-too-new' }> | undefined {
  const known = parseVersion(version);
  return version !== null && known && !atLeast(known, WEIGHT_SINCE)
    ? { code: 'field-too-new', field: 'weight', since: WEIGHT_SINCE.join('.'), version }
    : undefined;
}

const isWhole = (text: string): boolean => /^-?\d+$/.test(text.trim()) && Number.isSafeInteger(Number(text));

function edited(place: KeyPlace, before: Provider, edit: EntryEdit): Provider {
  const { keyPerEntry } = listTraits(place.list);
  const own = withKeyFields(keyPerEntry ? before : keyEntries(before)[place.keyIndex], edit);
  const keys = keyEntries(before);
  const after: Provider = {
    ...(keyPerEntry ? (own ?? before) : before),
    ...(!keyPerEntry && own && { 'api-key-entries': keys.with(place.keyIndex, own) }),
    ...(edit.paused === true && paused(place.list, before)),
    ...(edit.paused === false && resumed(before)),
  };
  if (!keyPerEntry && edit.name !== undefined) after.name = edit.name.trim();
  if (edit.priority !== undefined && Number(edit.priority) !== priorityOf(before))
    after['priority'] = Number(edit.priority);
  if (edit.prefix !== undefined && cleanPrefix(edit.prefix) !== cleanPrefix(before.prefix))
    after.prefix = cleanPrefix(edit.prefix);
  return after;
}

/** The key with weight and proxy as they should be; undefined where there is none or nothing to do. */
function withKeyFields(key: KeyEntry | undefined, edit: EntryEdit): KeyEntry | undefined {
  if (!key) return undefined;
  let next = key;
  const set = (field: string, value: unknown): void => {
    const { [field]: old, ...others } = next;
    if ((old ?? '') === (value ?? '')) return;
    next = value === undefined ? others : { ...next, [field]: value };
  };
  if (edit.weight !== undefined) set('weight', edit.weight.trim() ? Number(edit.weight) : undefined);
  if (edit.proxyUrl !== undefined) set('proxy-url', edit.proxyUrl.trim() || undefined);
  return next === key ? undefined : next;
}

/** Where an entry has no switch, CLIProxyAPI itself excludes all of its models. */
function paused(list: ListName, before: Provider): Partial<Provider> {
  if (isPaused(before)) return {};
  return listTraits(list).keyPerEntry
    ? { 'excluded-models': [...excludedOf(before), EXCLUDE_ALL] }
    : { disabled: true };
}

function removeKey(place: KeyPlace, before: Provider): Result<EditPlan, EditFailure> {
  if (listTraits(place.list).keyPerEntry) return ok(removeEntry(place, before));
  const keys = keyEntries(before);
  if (keys.length < 2) return fail({ code: 'last-key' });
  const after = { ...before, 'api-key-entries': keys.toSpliced(place.keyIndex, 1) };
  return ok({
    change: replacement(place, place.index, after),
    changes: [
      entryLine('=', place.list, before, true),
      { sign: '−', kind: 'keys', masks: [maskOf(keys[place.keyIndex])] },
      inEntry(after),
      restLine(place.providers, place.index),
    ],
    renamed: false,
  });
}

const removeEntry = (place: KeyPlace, before: Provider): EditPlan => ({
  change: removal(place, place.index),
  changes: [
    entryLine('−', place.list, before, true),
    { sign: '−', kind: 'keys', masks: keyEntries(before).map(maskOf) },
    { sign: '−', kind: 'models', models: servedModelsOf(before) },
    restLine(place.providers, place.index),
  ],
  renamed: false,
});

const maskOf = (key: KeyEntry | undefined): string => maskKey(key?.['api-key'] ?? '');

function changesOf(
  { list, providers, index, keyIndex }: KeyPlace,
  before: Provider,
  after: Provider,
): Change[] {
  const [from, to] = [keyEntries(before)[keyIndex], keyEntries(after)[keyIndex]];
  const weight = (key: KeyEntry | undefined): string => JSON.stringify(key?.['weight']) ?? '';
  return [
    entryLine('=', list, before, true),
    ...switchLine(before, after),
    ...fieldLine('name', nameOf(before), nameOf(after)),
    ...fieldLine('priority', String(priorityOf(before)), String(priorityOf(after))),
    ...fieldLine('prefix', before.prefix ?? '', after.prefix ?? ''),
    ...fieldLine('weight', weight(from), weight(to)),
    ...fieldLine('proxy', shownProxy(from), shownProxy(to)),
    inEntry(before),
    restLine(providers, index),
  ];
}

/** What stays inside the entry. */
const inEntry = (entry: Provider): Change => ({
  sign: '=',
  kind: 'in-it',
  keys: keyEntries(entry).length,
  models: servedModelsOf(entry).length,
  fields: [],
});
