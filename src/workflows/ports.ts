import type { Document } from '../ports/document';
import type { Http } from '../ports/http';
import type { Alarms, Clock, Hash, Hosts, Ids, KeepAlive, Locks, Pages } from '../ports/outside';
import type { Sealing } from '../ports/sealing';
import type { StorageLock } from '../storage/locked-slot';
import type { Journal } from '../storage/journal-schema';
import type { askByV8 } from '../targets/cliproxyapi/by-v8';
import type { Saved, Session, StoredSaved, StoredSession } from '../storage/schema';

/** Everything the workflows need from outside; one that needs little may name it with `Pick<Ports, …>`. */
export interface Ports {
  http: Http;
  clock: Clock;
  hosts: Hosts;
  locks: Locks;
  pages: Pages;
  keepAlive: KeepAlive;
  alarms: Alarms;
  /** Not from outside: the worker loads it for this, since few servers need it. */
  askByV8: typeof askByV8;
  hash: Hash;
  ids: Ids;
  saved: Document<Saved>;
  journal: Document<Journal>;
  session: Document<Session>;
  sealing: Sealing;
  lock: StorageLock;
  /** The documents with every CLIProxyAPI in them; `saved` and `session` show one. */
  everywhere: { saved: Document<StoredSaved>; session: Document<StoredSession> };
  /** The same at the CLIProxyAPI with this id; always the same object for one id. */
  at(proxyId: string): Ports;
}
