import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { layoutOf, mayConvert } from '../../core/connection/layout';
import type { FileBefore } from '../../storage/schema';
import { readConfigFile } from '../../targets/cliproxyapi/read-config';
import { savedConnection, type Management } from '../connection/open-management';
import { readProviderRecords } from '../history/journal';
import type { Ports } from '../ports';
import type { ChangeJob } from './change-job';

/** The session is stored as one text at every step of a change: a larger file would hold them all up. */
const MOST_CHARS = 1_000_000;

/**
 * Keeps config.yaml for the session before a write that may convert it; an earlier one is dropped before any write. Where it
 * cannot be kept, the write goes on: it is what the user asked for.
 */
export async function keepFile(
  { ports, management }: Pick<ChangeJob, 'ports' | 'management'>,
  { layout }: ProxyConfig,
): Promise<void> {
  const { root } = management.url;
  const kept = await fileAt(ports, root);
  if (isUnderWay(kept)) {
    // By an earlier write of the same change: that one is the file of before, unless somebody else has written since.
    const isOurs = kept.wrote === undefined || kept.wrote === (await fileHash(ports, management));
    if (!isOurs) await dropFile(ports, root);
    return;
  }
  const before = mayConvert(layout) ? await fileBefore(ports, management) : undefined;
  if (kept ?? before) await setFile(ports, root, before);
}

/** Notes what a write has left, by which what others write while the change goes on is told from it. */
export async function noteWritten({
  ports,
  management,
}: Pick<ChangeJob, 'ports' | 'management'>): Promise<void> {
  const { root } = management.url;
  const kept = await fileAt(ports, root);
  const wrote = isUnderWay(kept) ? await fileHash(ports, management) : undefined;
  if (kept && wrote !== undefined) await setFile(ports, root, { ...kept, wrote });
}

async function fileHash(ports: Ports, { send }: Management): Promise<string | undefined> {
  const file = await readConfigFile(send);
  return file === undefined ? undefined : ports.hash.sha256(file);
}

/** The frame of a change: what its first write kept is there to be put back, if the change has converted the file. */
export async function keepingFile<T>(
  ports: Ports,
  { send, url: { root } }: Management,
  work: () => Promise<T>,
): Promise<T> {
  // The worker was stopped in a change.
  if (isUnderWay(await fileAt(ports, root))) await dropFile(ports, root);
  const outcome = await work();
  const kept = await fileAt(ports, root);
  if (!isUnderWay(kept)) return outcome;
  const file = await readConfigFile(send);
  const left = file === undefined ? '' : await ports.hash.sha256(file);
  // While it was proved, somebody else may have written: that would go with it.
  const isOurs = file !== undefined && layoutOf(file) === 'new' && kept.wrote === left;
  await setFile(ports, root, isOurs ? { ...kept, left } : undefined);
  return outcome;
}

/** config.yaml as it was before the last change, if that one converted it, and nothing of ours was written there since. */
export async function keptFile(ports: Ports): Promise<(FileBefore & { root: string }) | undefined> {
  const saved = await savedConnection(ports);
  if (!saved.ok) return undefined;
  const { root } = saved.value.url;
  const kept = await fileAt(ports, root);
  return kept && kept.left !== null ? { ...kept, root } : undefined;
}

/** Forgets the file of the CLIProxyAPI at this address. */
export const dropFile = (ports: Ports, root: string): Promise<unknown> => setFile(ports, root, undefined);

async function fileAt({ session }: Ports, root: string): Promise<FileBefore | undefined> {
  const read = await session.read();
  return read.ok ? read.value.filesBefore?.[root] : undefined;
}

const isUnderWay = (file: FileBefore | undefined): file is FileBefore => file?.left === null;

const setFile = ({ session }: Ports, root: string, file: FileBefore | undefined): Promise<unknown> =>
  session.change((document) => {
    document.filesBefore ??= {};
    if (file) document.filesBefore[root] = file;
    else delete document.filesBefore[root];
  });

/** Undefined: it cannot be kept, is new already, or is converted by an undo, after which there is nothing to take back. */
async function fileBefore(
  ports: Ports,
  { send, url: { root } }: Management,
): Promise<FileBefore | undefined> {
  const records = await readProviderRecords(ports);
  const own = records.ok
    ? records.value.find(({ proxyRoot, phase }) => proxyRoot === root && phase === 'writing')
    : undefined;
  if (!own || own.action === 'undo') return undefined;
  const text = await readConfigFile(send);
  if (text === undefined || text.length > MOST_CHARS || layoutOf(text) === 'new') return undefined;
  return { workId: own.batch ?? own.id, text, left: null };
}
