import type { Colour } from '../../core/connection/colours';
import { parseManagementUrl, type ManagementUrl } from '../../core/connection/management-url';
import { fail, ok, type Result } from '../../core/failures/result';
import { typedAddress } from '../../core/typed-address';
import type { Journal } from '../../storage/journal-schema';
import type { Connection } from '../../storage/schema';
import { changeAndNotify } from '../change-and-notify';
import { forgetPrints } from '../forget-secrets';
import { fingerprintsIn } from '../history/journal';
import type { Ports } from '../ports';
import { dropProxy, rootOf, soleAddress } from './proxies';

export interface ConnectionInput {
  /** What the user calls it; absent: as before. */
  name?: string | undefined;
  colour?: Colour | undefined;
  address: string;
  /** Absent: the saved one stays. */
  managementKey?: string | undefined;
  remember: Connection['remember'];
}

/**
 * Saves where CLIProxyAPI is and its key: on the device, or until the browser closes. The address is kept in its
 * normal form, and may be no other connection's. A new key, or a new address, ends the halt after a refusal, but never a running ban of that address.
 */
export async function saveConnection(ports: Ports, input: ConnectionInput): Promise<Result<true>> {
  const address = typedAddress(input.address);
  if (!address.ok) return address;
  const url = parseManagementUrl(input.address);
  if (!url.ok) return url;
  const typed = input.managementKey?.trim();
  if (typed && !/^[\x20-\x7e]+$/.test(typed)) return fail({ code: 'bad-key', reason: 'characters' });
  const [saved, session] = [await ports.saved.read(), await ports.session.read()];
  if (!saved.ok) return saved;
  if (!session.ok) return session;
  const all = await ports.everywhere.saved.read();
  if (!all.ok) return all;
  const { proxyId } = saved.value;
  // Removed on another page meanwhile: its key would be kept for nobody.
  if (!all.value.proxies.some(({ id }) => id === proxyId)) return fail({ code: 'unknown-item' });
  const sole = soleAddress(all.value, proxyId, url.value.root);
  if (!sole.ok) return sole;
  const before = saved.value.connection;
  const known = before?.managementKey ?? session.value.managementKey;
  // A saved key goes to the host that it was saved for, and to no other.
  const elsewhere = !before || !sameServer(before.address, url.value);
  const inClear = before && losesEncryption(before.address, url.value);
  if (!typed && known && before && (elsewhere || inClear)) {
    return fail({ code: 'key-for-new-host', host: url.value.host });
  }
  const key = typed || known;
  if (!key) return fail({ code: 'key-missing' });
  const moved = before?.address !== url.value.management;
  const changed = moved || Boolean(typed && typed !== known);
  const held = await ports.session.change((document) => {
    document.managementKey = input.remember === 'session' ? key : null;
    if (moved && before) delete document.filesBefore?.[rootOf({ connection: before })];
    // Another key has not been tried; what is there was seen with the one before.
    if (changed && document.told) Object.assign(document.told, { checkedAt: null, trouble: null });
  });
  if (!held.ok) return held;
  const stored = await ports.saved.change((document) => {
    const halted = document.connection?.halted ?? null;
    const { name = document.connection?.name, colour = document.connection?.colour } = input;
    document.connection = {
      ...(name !== undefined && { name: name.trim() }),
      ...(colour && { colour }),
      address: url.value.management,
      remember: input.remember,
      ...(input.remember === 'device' && { managementKey: key }),
      // The proxy bans an address of the client, whatever name the client has for the proxy.
      refusals: elsewhere ? { count: 0, at: 0 } : before.refusals,
      halted: changed && (elsewhere || halted?.code !== 'banned') ? null : halted,
      seen: moved || !before ? null : before.seen,
      version: moved || !before ? null : before.version,
    };
  });
  if (!stored.ok) return stored;
  if (input.remember === 'session') {
    const secrets = await moveSecrets(ports);
    if (!secrets.ok) return secrets;
  }
  await ports.pages.notify();
  return ok(true);
}

/** The same host and port; all names of this computer are one. */
function sameServer(before: string, now: ManagementUrl): boolean {
  const old = parseManagementUrl(before);
  if (!old.ok) return false;
  if (old.value.host === now.host) return true;
  const port = ({ root }: ManagementUrl): string => new URL(root).port;
  const local = old.value.transport === 'loopback' && now.transport === 'loopback';
  return local && port(old.value) === port(now);
}

/** A key that was saved for https is not sent in clear, where anybody on the way could read it or answer. */
function losesEncryption(before: string, now: ManagementUrl): boolean {
  const old = parseManagementUrl(before);
  return old.ok && old.value.transport === 'https' && now.transport !== 'https';
}

/** What undo needs of secrets goes where the key of this CLIProxyAPI lives from now on. */
async function moveSecrets(ports: Ports): Promise<Result<true>> {
  const journal = await ports.journal.read();
  if (!journal.ok) return journal;
  const own = await printsOfThis(ports, journal.value);
  const secrets = Object.fromEntries(Object.entries(journal.value.secrets).filter(([print]) => own(print)));
  if (Object.keys(secrets).length === 0) return ok(true);
  const saved = await ports.session.change((document) => {
    Object.assign(document.secrets, secrets);
  });
  if (!saved.ok) return saved;
  return ports.journal.change((document) => {
    for (const print of Object.keys(secrets)) delete document.secrets[print];
    return true;
  });
}

/**
 * Forgets address, key and the secrets that History holds of its entries; what was imported stays where it is. Of several
 * connections this one goes with its cards.
 */
export async function forgetConnection(ports: Ports): Promise<Result<true>> {
  const [saved, journal] = [await ports.saved.read(), await ports.journal.read()];
  if (!saved.ok) return saved;
  if (!journal.ok) return journal;
  const own = await printsOfThis(ports, journal.value);
  const session = await ports.session.change((document) => {
    document.managementKey = null;
    document.told = null;
    delete document.filesBefore?.[rootOf(saved.value)];
  });
  if (!session.ok) return session;
  const forgotten = await changeAndNotify(ports, ports.saved, (document) => {
    document.connection = null;
  });
  if (!forgotten.ok) return forgotten;
  const secrets = await forgetPrints(ports, own);
  return secrets.ok ? dropProxy(ports, saved.value.proxyId) : secrets;
}

/** Which fingerprints are those of this CLIProxyAPI's records: all that no record of another connection names. */
async function printsOfThis(ports: Ports, journal: Journal): Promise<(print: string) => boolean> {
  const [saved, all] = [await ports.saved.read(), await ports.everywhere.saved.read()];
  if (!saved.ok || !all.ok) return () => false;
  const others = all.value.proxies.filter(({ id }) => id !== saved.value.proxyId).map(rootOf);
  const theirs = journal.records.flatMap((record) =>
    record.about === 'provider' && others.includes(record.proxyRoot) ? fingerprintsIn(record) : [],
  );
  const taken = new Set(theirs);
  return (print) => !taken.has(print);
}
