import { listChanges, type EntryChange } from '../../core/cliproxyapi/entry-change';
import { credentialIds } from '../../core/cliproxyapi/lists/credential-id';
import { listTraits } from '../../core/cliproxyapi/lists/table';
import { isPaused, type Provider } from '../../core/cliproxyapi/provider';
import type { KeyPlace } from '../../core/cliproxyapi/provider-list';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { allServedNames } from '../../core/cliproxyapi/served-names';
import { memo } from '../../core/memo';
import { parseVersion } from '../../core/version';
import { readRegistry } from '../../targets/cliproxyapi/read-registry';
import type { ChangeJob } from './change-job';

/** A change that was written into a file, and what it was decided on. */
interface WrittenUnseen {
  change: EntryChange;
  before: ProxyConfig;
}

/** What each job wrote last where only the file can be read. */
const writtenBy = memo((_job: ChangeJob): { last?: WrittenUnseen | undefined } => ({}), new WeakMap());

/** Notes what is written now, if only the file can be read; what is written a second time is not looked for again. */
export function noteUnseen(
  job: ChangeJob,
  change: EntryChange,
  { config, reverted }: { config: ProxyConfig; reverted: boolean },
): void {
  writtenBy(job).last = config.ofFile && !reverted ? { change, before: config } : undefined;
}

/**
 * A server without `/v0` shows its file, which a reload that was lost leaves as it is (CLIProxyAPI 8.0): only the registry
 * tells that memory is the one of before. Then that is the answer, for a write of other bytes; undefined where the registry
 * has taken the change, or cannot tell, as of a weight.
 */
export async function unloadedBy(job: ChangeJob): Promise<ProxyConfig | undefined> {
  const written = writtenBy(job);
  if (!written.last) return undefined;
  const { change, before } = written.last;
  const was = keysOf(change, before, ({ list }) => before.lists[list] ?? []);
  const is = keysOf(change, before, ({ providers }) => providers);
  const gone = onlyIn(was, is);
  const witness = gone ?? onlyIn(is, was);
  if (!witness) return undefined;
  const ids = await credentialIds(witness, job.ports.hash.sha256);
  const { send, url } = job.management;
  const listed = await readRegistry(send, url.host, ids[witness.keyIndex] ?? '', job.signal);
  if (!listed.ok) return undefined;
  const isListed = [...witness.names].some((name) => listed.value.has(name));
  if (isListed !== Boolean(gone)) return undefined;
  written.last = undefined;
  return before;
}

/** A key, and what the registry has of it once its entry is loaded. */
interface Registered extends Pick<KeyPlace, 'list' | 'providers' | 'version' | 'index' | 'keyIndex'> {
  names: ReadonlySet<string>;
}

/** The keys of the lists that a change is of, by what their ids are hashed from; of equal ones the last. */
function keysOf(
  change: EntryChange,
  { version, forcePrefix }: ProxyConfig,
  side: (change: EntryChange) => readonly Provider[],
): ReadonlyMap<string, Registered> {
  const found = new Map<string, Registered>();
  for (const one of listChanges(change)) {
    const { list } = one;
    const providers = side(one);
    const { credentialKind, credentialParts } = listTraits(list);
    for (const [index, entry] of providers.entries()) {
      if (isPaused(entry)) continue;
      const names = new Set(allServedNames(entry, forcePrefix));
      for (const [keyIndex, parts] of credentialParts(entry, parseVersion(version)).entries()) {
        const id = JSON.stringify([credentialKind(entry), ...parts]);
        found.set(id, { list, providers, version, index, keyIndex, names });
      }
    }
  }
  return found;
}

/** One key with the names that it has here and not there. */
function onlyIn(
  here: ReadonlyMap<string, Registered>,
  there: ReadonlyMap<string, Registered>,
): Registered | undefined {
  for (const [id, own] of here) {
    const other = there.get(id);
    // An entry that is the same object was not touched.
    if (other && other.providers[other.index] === own.providers[own.index]) continue;
    const names = new Set([...own.names].filter((name) => !other?.names.has(name)));
    if (names.size > 0) return { ...own, names };
  }
  return undefined;
}
