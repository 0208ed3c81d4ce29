import type { Document } from '../ports/document';
import type { Http } from '../ports/http';
import type { Alarms, Clock, Hash, Hosts, Ids, Locks, Pulse } from '../ports/outside';
import type { Sealing } from '../ports/sealing';
import type { StorageLock } from '../storage/locked-slot';
import type { Journal, Kept, Passing } from '../storage/schema';

/** Everything the workflows need from outside. Each names the parts it uses with `Pick<World, …>`. */
export interface World {
  http: Http;
  clock: Clock;
  hosts: Hosts;
  locks: Locks;
  pulse: Pulse;
  alarms: Alarms;
  hash: Hash;
  ids: Ids;
  kept: Document<Kept>;
  journal: Document<Journal>;
  passing: Document<Passing>;
  sealing: Sealing;
  lock: StorageLock;
}
