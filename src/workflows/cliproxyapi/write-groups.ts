import { listChanges, type EntryChange } from '../../core/cliproxyapi/entry-change';
import { LIST_NAMES, type ListName } from '../../core/cliproxyapi/lists/list-traits';
import type { Provider } from '../../core/cliproxyapi/provider';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { sameContent, sameEntries } from '../../core/cliproxyapi/same-entry';
import { COMPAT, familyOf } from '../../core/cliproxyapi/v8/family';
import { flatten } from '../../core/cliproxyapi/v8/flatten';
import { shownPlace } from '../../core/cliproxyapi/v8/file-notices';
import type { Group, GroupFamily, GroupsRead } from '../../core/cliproxyapi/v8/groups';
import { originsOf, type Origins } from '../../core/cliproxyapi/v8/match';
import { namesGone } from '../../core/cliproxyapi/v8/names-gone';
import { namesBeside } from '../../core/cliproxyapi/v8/new-group';
import { otherBytesOf } from '../../core/cliproxyapi/v8/other-bytes';
import { asLoaded } from '../../core/cliproxyapi/v8/unloaded-models';
import { regroup } from '../../core/cliproxyapi/v8/regroup';
import { fail, ok, type Result } from '../../core/failures/result';
import { readFileGroups, writeFileGroups } from '../../targets/cliproxyapi/groups';
import { noteConverted } from '../connection/note-told';
import type { ChangeJob } from './change-job';

/** A reload that is under way has come by then. */
const WAITS_MS = [0, 400, 1_200] as const;

type Families = Partial<Record<GroupFamily, readonly Group[]>>;

/**
 * Carries out a change, of one list or several, with one write of the groups in the file. `config`: what the change was decided on. Nothing is
 * written, and it is waited for a while, where the file and what is loaded have not the same keys (`file-differs`), and
 * where the list changed meanwhile (`list-changed`). `reverted`: a reload has taken the change back once; where the file
 * has it all the same, a write of other bytes has it loaded.
 */
export async function writeGroups(
  { ports, management, signal, isApplied, noteGroups }: ChangeJob,
  change: EntryChange,
  { config, reverted }: { config: ProxyConfig; reverted: boolean },
): Promise<Result<true>> {
  const { host } = management.url;
  const changes = listChanges(change);
  for (const wait of WAITS_MS) {
    if (wait > 0) {
      await ports.clock.sleep(wait, signal);
      if (signal.aborted) return fail({ code: 'cancelled' });
      const now = await management.read(signal);
      if (!now.ok) return now;
      if (!changes.every(({ list }) => sameEntries(config.lists[list], now.value.lists[list])))
        return fail({ code: 'list-changed' });
    }
    const read = await readFileGroups(management.send, host, signal);
    if (!read.ok) return read;
    const prepared = prepare(read.value, config, changes);
    if (!prepared.ok) return prepared;
    const isThere = reverted && !prepared.value && (await isApplied(configOf(read.value, config)));
    const families = isThere ? otherGroups(read.value, changes) : prepared.value?.families;
    if (!families) continue;
    for (const [list, names] of prepared.value?.gone ?? []) await noteGroups?.(names, list);
    const { etag } = read.value;
    const written = await writeFileGroups(management.send, host, { families, etag }, signal);
    if (written.ok && config.ofFile) await noteConverted(ports, management.url.root);
    return written;
  }
  return fail({ code: 'file-differs' });
}

/** What is to be written, and the names of groups that go by it, if any do. */
interface Prepared {
  families: Families;
  gone: [ListName, ReadonlyMap<Provider, string>][];
}

/** Undefined: file and memory differ. */
function prepare(
  read: GroupsRead,
  config: ProxyConfig,
  changes: readonly EntryChange[],
): Result<Prepared | undefined> {
  const [without] = read.withoutKeys;
  if (without) return fail({ code: 'file-without-keys', ...shownPlace(without) });
  const written = new Set(changes.map(({ list }) => familyOf(list)));
  const notText = read.notText.find(({ family }) => written.has(family));
  if (notText) return fail({ code: 'file-not-text', ...shownPlace(notText) });
  // Of lists that were read from the file, nothing tells whether they are loaded.
  const compared = config.ofFile ? changes.map(({ list }) => list) : LIST_NAMES;
  const found = new Map(compared.map((name) => [name, originsIn(read, config, name)]));
  if ([...found.values()].includes(undefined)) return ok(undefined);
  const prepared: Prepared = { families: {}, gone: [] };
  // One for all lists: a name that one of them takes is taken for the others.
  const named = changes.flatMap(({ list, providers }) => (list === COMPAT ? [providers] : []));
  const nameFor = namesBeside([...Object.values(read.families), ...named]);
  for (const change of changes) {
    const { list, providers: after } = change;
    const family = familyOf(list);
    const [before, file] = [config.lists[list] ?? [], read.families[family] ?? []];
    const regrouping = { list, before, after, change, groups: file, origins: found.get(list)!, nameFor };
    const groups = regroup(regrouping);
    if (!groups) return ok(undefined);
    prepared.families[family] = groups;
    const names = namesGone(regrouping, groups);
    if (names.size > 0) prepared.gone.push([list, names]);
  }
  return ok(prepared);
}

const hasOddValues = ({ notText }: GroupsRead, list: ListName): boolean =>
  notText.some((place) => place.family === familyOf(list));

/** Undefined where a list is not in the file as it is in memory. What is not text cannot be compared, nor is it written. */
function originsIn(read: GroupsRead, { lists }: ProxyConfig, list: ListName): Origins | undefined {
  const family = familyOf(list);
  const entries = lists[list];
  if (!entries || hasOddValues(read, list)) return new Map();
  return originsOf(list, entries, flatten(list, read.families[family] ?? []));
}

/** The configuration as it would be if the file were loaded. */
function configOf(read: GroupsRead, config: ProxyConfig): ProxyConfig {
  const lists = { ...config.lists };
  for (const list of LIST_NAMES) {
    if (!hasOddValues(read, list))
      lists[list] = flatten(list, read.families[familyOf(list)] ?? []).map(({ entry }) =>
        asLoaded(list, entry),
      );
  }
  return { ...config, lists };
}

/**
 * A family of the change with other bytes that say the same, in the group of the change if it can be; where the change left
 * no group, a family that the file does not have, with nothing in it.
 */
function otherGroups(read: GroupsRead, changes: readonly EntryChange[]): Families | undefined {
  for (const { list, after } of changes) {
    const family = familyOf(list);
    const groups = read.families[family] ?? [];
    const isOwn = (entry: Provider): boolean => after !== null && sameContent(asLoaded(list, entry), after);
    const own = flatten(list, groups).find(({ entry }) => isOwn(entry));
    for (const at of [own?.group ?? 0, ...groups.keys()]) {
      const other = groups[at] && otherBytesOf(groups[at]);
      if (other) return { [family]: groups.with(at, other) };
    }
  }
  const absent = LIST_NAMES.map(familyOf).find((family) => read.families[family] === undefined);
  return absent && { [absent]: [] };
}
