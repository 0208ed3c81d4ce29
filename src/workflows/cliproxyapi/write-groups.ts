import { listChanges, type EntryChange } from '../../core/cliproxyapi/entry-change';
import { LIST_NAMES, type ListName } from '../../core/cliproxyapi/lists/list-traits';
import type { Provider } from '../../core/cliproxyapi/provider';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { sameContent, sameEntries } from '../../core/cliproxyapi/same-entry';
import { asInFile, hasOddValues, isAhead } from '../../core/cliproxyapi/v8/ahead';
import { COMPAT, familyOf } from '../../core/cliproxyapi/v8/family';
import { flatten } from '../../core/cliproxyapi/v8/flatten';
import { shownPlace } from '../../core/cliproxyapi/v8/file-notices';
import type { Group, GroupFamily, GroupsRead } from '../../core/cliproxyapi/v8/groups';
import { areLoadedAs, originsOf, type Origins } from '../../core/cliproxyapi/v8/match';
import { namesGone } from '../../core/cliproxyapi/v8/names-gone';
import { namesBeside } from '../../core/cliproxyapi/v8/new-group';
import { otherBytesOf } from '../../core/cliproxyapi/v8/other-bytes';
import { asLoaded } from '../../core/cliproxyapi/v8/unloaded-models';
import { regroup } from '../../core/cliproxyapi/v8/regroup';
import { fail, ok, type Result } from '../../core/failures/result';
import { canonicalJson } from '../../core/json';
import { readFileGroups, writeFileGroups, type FileGroups } from '../../targets/cliproxyapi/groups';
import { noteConverted } from '../connection/note-told';
import type { ChangeJob } from './change-job';

/** A reload that is under way has come by then. */
const WAITS_MS = [0, 400, 1_200] as const;

type Families = Partial<Record<GroupFamily, readonly Group[]>>;

/**
 * Carries out a change, of one list or several, with one write of the groups in the file. `config`: what the change was
 * decided on. It is waited for a while where the file and what is loaded have not the same keys; nothing is written where
 * that stays so (`file-differs`), unless the file only has more, nor where the list changed meanwhile (`list-changed`).
 * `reverted`: a reload has taken the change back once; where the file has it all the same, a write of other bytes has it
 * loaded.
 */
export async function writeGroups(
  job: ChangeJob,
  change: EntryChange,
  { config, reverted }: { config: ProxyConfig; reverted: boolean },
): Promise<Result<true>> {
  const { ports, management, signal } = job;
  const changes = listChanges(change);
  let last: FileGroups | undefined;
  for (const wait of WAITS_MS) {
    if (wait > 0) {
      await ports.clock.sleep(wait, signal);
      if (signal.aborted) return fail({ code: 'cancelled' });
      const now = await management.read(signal);
      if (!now.ok) return now;
      if (!changes.every(({ list }) => sameEntries(config.lists[list], now.value.lists[list])))
        return fail({ code: 'list-changed' });
    }
    const read = await readFileGroups(management.send, management.url.host, signal);
    if (!read.ok) return read;
    last = read.value;
    const prepared = prepare(last, config, changes);
    if (!prepared.ok) return prepared;
    const isThere = prepared.value
      ? isSame(prepared.value, last)
      : reverted && (await job.isApplied(asInFile(last, config)));
    const ready = isThere ? inOtherBytes(last, changes) : prepared.value;
    if (ready) return write(job, config, last, ready);
  }
  return last ? writeAhead(job, config, last, changes) : fail({ code: 'file-differs' });
}

/**
 * What a lost reload has left in the file alone, no reload brings by itself, and any write of the file has all of it loaded
 * (CLIProxyAPI 8.0). So the change is made there, if what the user agreed to is the same on what the file has. A file that
 * lacks something of what is loaded is left alone.
 */
async function writeAhead(
  job: ChangeJob,
  config: ProxyConfig,
  file: FileGroups,
  changes: readonly EntryChange[],
): Promise<Result<true>> {
  const ahead: ProxyConfig = { ...asInFile(file, config), ahead: true };
  if (!isAhead(ahead, config)) return fail({ code: 'file-differs' });
  const ready = await planAhead(job, file, { config, ahead, changes });
  if (!ready.ok) return ready;
  return ready.value ? write(job, config, file, ready.value) : fail({ code: 'file-differs' });
}

/** Undefined: it was not agreed to that more is loaded, or on what the file has the plan is another. */
async function planAhead(
  { decide, isApplied }: ChangeJob,
  file: FileGroups,
  { config, ahead, changes }: { config: ProxyConfig; ahead: ProxyConfig; changes: readonly EntryChange[] },
): Promise<Result<Prepared | undefined>> {
  const told = await decide({ ...config, ahead: true });
  if (!told.ok) return ok(undefined);
  if (await isApplied(ahead)) return ok(inOtherBytes(file, changes));
  const again = await decide(ahead);
  return again.ok && again.value ? prepare(file, ahead, listChanges(again.value)) : ok(undefined);
}

async function write(
  { ports, management, signal, noteGroups }: ChangeJob,
  config: ProxyConfig,
  { etag }: FileGroups,
  { families, gone }: Prepared,
): Promise<Result<true>> {
  for (const [list, names] of gone) await noteGroups?.(names, list);
  const { host, root } = management.url;
  const written = await writeFileGroups(management.send, host, { families, etag }, signal);
  if (written.ok && config.ofFile) await noteConverted(ports, root);
  return written;
}

/** What is to be written, and the names of groups that go by it, if any do. */
interface Prepared {
  families: Families;
  gone: [ListName, ReadonlyMap<Provider, string>][];
}

/** Whether the file has these groups already: the same bytes would not be loaded. */
const isSame = ({ families }: Prepared, file: GroupsRead): boolean =>
  Object.entries(families).every(
    ([family, groups]) => canonicalJson(groups) === canonicalJson(file.families[family as GroupFamily] ?? []),
  );

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
    if (!areLoadedAs(list, after, flatten(list, groups))) return fail({ code: 'file-twin', family });
    prepared.families[family] = groups;
    const names = namesGone(regrouping, groups);
    if (names.size > 0) prepared.gone.push([list, names]);
  }
  return ok(prepared);
}

/** Undefined where a list is not in the file as it is in memory. What is not text cannot be compared, nor is it written. */
function originsIn(read: GroupsRead, { lists }: ProxyConfig, list: ListName): Origins | undefined {
  const family = familyOf(list);
  const entries = lists[list];
  if (!entries || hasOddValues(read, list)) return new Map();
  return originsOf(list, entries, flatten(list, read.families[family] ?? []));
}

/**
 * A family of the change with other bytes that say the same, in the group of the change if it can be; where the change left
 * no group, a family that the file does not have, with nothing in it.
 */
function inOtherBytes(read: GroupsRead, changes: readonly EntryChange[]): Prepared | undefined {
  for (const { list, after } of changes) {
    const family = familyOf(list);
    const groups = read.families[family] ?? [];
    const isOwn = (entry: Provider): boolean => after !== null && sameContent(asLoaded(list, entry), after);
    const own = flatten(list, groups).find(({ entry }) => isOwn(entry));
    for (const at of [own?.group ?? 0, ...groups.keys()]) {
      const other = groups[at] && otherBytesOf(groups[at]);
      if (other) return { families: { [family]: groups.with(at, other) }, gone: [] };
    }
  }
  const absent = LIST_NAMES.map(familyOf).find((family) => read.families[family] === undefined);
  return absent && { families: { [absent]: [] }, gone: [] };
}
