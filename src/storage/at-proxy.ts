import { memo } from '../core/memo';
import { ok } from '../core/failures/result';
import type { Document } from '../ports/document';
import { emptyProxySession } from './empty';
import type { KeptProxy, Saved, Session, StoredSaved, StoredSession } from './schema';

/** How a part of a document is seen, and how it goes back after a change. */
interface Lens<W extends object, P> {
  get(whole: W, proxyId: string): P;
  put(whole: W, proxyId: string, part: P): void;
}

/** Tells which CLIProxyAPI is meant at this moment. */
type Which = () => Promise<string>;

/**
 * `saved` as work at one CLIProxyAPI sees it: that one's connection and cards, and all that is shared. What is changed of a
 * CLIProxyAPI that is no longer there is dropped.
 */
export const savedAt = (whole: Document<StoredSaved>, which: Which): Document<Saved> =>
  seenThrough(whole, which, SAVED_AT);

/** `session` as work at one CLIProxyAPI sees it. */
export const sessionAt = (whole: Document<StoredSession>, which: Which): Document<Session> =>
  seenThrough(whole, which, SESSION_AT);

/** The id of the CLIProxyAPI that is meant where none is named; empty where the document cannot be read. */
export const firstProxy =
  (whole: Document<StoredSaved>): Which =>
  async () => {
    const saved = await whole.read();
    return saved.ok ? (saved.value.proxies[0]?.id ?? '') : '';
  };

const proxyOf = ({ proxies }: StoredSaved, proxyId: string): KeptProxy | undefined =>
  proxies.find(({ id }) => id === proxyId);

const SAVED_AT: Lens<StoredSaved, Saved> = {
  get(whole, proxyId) {
    const { proxies, ...shared } = whole;
    const own = proxyOf(whole, proxyId);
    const elsewhere = proxies.filter((proxy) => proxy !== own).map(({ cards }) => cards);
    const { connection = null, cards = {} } = own ?? {};
    return { ...shared, proxyId, connection, cards, elsewhere };
  },
  put(whole, proxyId, { connection, cards, proxyId: _fixed, elsewhere: _inPlace, ...shared }) {
    Object.assign(whole, shared);
    const own = proxyOf(whole, proxyId);
    if (own) Object.assign(own, { connection, cards });
  },
};

const SESSION_AT: Lens<StoredSession, Session> = {
  get({ proxies, ...shared }, proxyId) {
    return { ...shared, ...(proxies[proxyId] ?? emptyProxySession()) };
  },
  put(whole, proxyId, { managementKey, running, quietUntil, told, ...shared }) {
    Object.assign(whole, shared);
    const part = { managementKey, running, quietUntil, told };
    // What work at a CLIProxyAPI that was removed meanwhile leaves behind is no entry.
    if (whole.proxies[proxyId] || JSON.stringify(part) !== JSON.stringify(emptyProxySession()))
      whole.proxies[proxyId] = part;
  },
};

function seenThrough<W extends object, P>(
  whole: Document<W>,
  which: Which,
  { get, put }: Lens<W, P>,
): Document<P> {
  // A stored document is replaced by a change, and never edited in place.
  const partsOf = memo((_document: W) => new Map<string, P>(), new WeakMap());
  const partOf = (document: W, proxyId: string): P => {
    const parts = partsOf(document);
    if (!parts.has(proxyId)) parts.set(proxyId, get(document, proxyId));
    return parts.get(proxyId)!;
  };
  const editing =
    <R>(proxyId: string, edit: (part: P) => R) =>
    (document: W): R => {
      const part = get(document, proxyId);
      const result = edit(part);
      put(document, proxyId, part);
      return result;
    };
  return {
    async read() {
      const proxyId = await which();
      const document = await whole.read();
      return document.ok ? ok(partOf(document.value, proxyId)) : document;
    },
    change: async (edit) => whole.change(editing(await which(), edit)),
    changeOrRemember: async (edit) => whole.changeOrRemember(editing(await which(), edit)),
    forget: () => whole.forget(),
    reset: () => whole.reset(),
  };
}
