import { heldKeys } from '../../core/cliproxyapi/held-keys';
import type { ProxyConfig } from '../../core/cliproxyapi/proxy-config';
import { canonicalJson } from '../../core/json';
import { parseManagementUrl } from '../../core/connection/management-url';
import type { Failure, FailureCode } from '../../core/failures/failure';
import type { Told } from '../../storage/schema';
import type { Ports } from '../ports';

/** A call that brought the same as one so short a while ago is not written down. */
const FRESH_MS = 15_000;

/** What says nothing of the server: it was not asked, or the connection itself tells. */
const NO_NEWS: ReadonlySet<FailureCode> = new Set(['cancelled', 'host-permission', 'key-missing', 'banned']);

type Needs = Pick<Ports, 'saved' | 'session' | 'pages' | 'clock'>;

/** Keeps that a call to CLIProxyAPI was answered, or why not; `failure`: null where the management key was accepted. */
export async function noteAnswer(ports: Needs, root: string, failure: Failure | null): Promise<void> {
  if (failure && NO_NEWS.has(failure.code)) return;
  const now = ports.clock.now();
  await note(ports, root, (told) => {
    if (failure) return { trouble: failure };
    const isFresh = told.checkedAt !== null && now - told.checkedAt < FRESH_MS;
    return isFresh ? { trouble: null } : { trouble: null, checkedAt: now };
  });
}

/** Keeps which keys CLIProxyAPI holds, without their texts. */
export async function noteHeld(ports: Needs, config: ProxyConfig): Promise<void> {
  await note(ports, config.root, () => ({ held: heldKeys(config) }));
}

/** Keeps that a write of ours has put config.yaml into the layout of 8.x, which the server does not show. */
export const noteConverted = (ports: Needs, root: string): Promise<void> =>
  note(ports, root, () => ({ left: '' }));

/** Keeps what that write left, when it is read for the first time after it. */
export async function noteLeft(ports: Needs & Pick<Ports, 'hash'>, config: ProxyConfig): Promise<void> {
  const session = await ports.session.read();
  if (!session.ok || session.value.told?.left !== '') return;
  const left = await listsHash(ports, config);
  await note(ports, config.root, (told) => (told.left === '' ? { left } : {}));
}

/**
 * Whether the lists are as our last write left them: an undo of it converts nothing. All else asks first, since somebody may
 * have put an older file back.
 */
export async function isAsLeft(
  ports: Pick<Ports, 'session' | 'hash'>,
  config: ProxyConfig,
): Promise<boolean> {
  const session = await ports.session.read();
  const told = session.ok ? session.value.told : null;
  return told?.root === config.root && told.left === (await listsHash(ports, config));
}

const listsHash = ({ hash }: Pick<Ports, 'hash'>, { lists }: ProxyConfig): Promise<string> =>
  hash.sha256(canonicalJson(lists));

/** Keeps that a check began, or is over. */
export async function noteChecking(ports: Needs, root: string, isChecking: boolean): Promise<void> {
  const checkingAt = isChecking ? ports.clock.now() : null;
  await note(ports, root, () => ({ checkingAt }));
}

/** Writes only what changed, and only of the CLIProxyAPI that is configured now. */
async function note(ports: Needs, root: string, change: (told: Told) => Partial<Told>): Promise<void> {
  const [saved, session] = [await ports.saved.read(), await ports.session.read()];
  if (!saved.ok || !session.ok || !saved.value.connection) return;
  const url = parseManagementUrl(saved.value.connection.address);
  if (!url.ok || url.value.root !== root) return;
  const told = (known: Told | null | undefined): Told => (known?.root === root ? known : nothingTold(root));
  const before = told(session.value.told);
  const isNews = Object.entries(change(before)).some(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Told]),
  );
  if (!isNews) return;
  const written = await ports.session.changeOrRemember((document) => {
    const now = told(document.told);
    document.told = { ...now, ...change(now) };
  });
  if (written.ok) await ports.pages.notify();
}

const nothingTold = (root: string): Told => ({
  root,
  checkedAt: null,
  trouble: null,
  checkingAt: null,
  held: null,
});
