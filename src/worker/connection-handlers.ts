import type { Handlers } from '../contract/router';
import { checkConnection } from '../workflows/cliproxyapi/check-connection';
import { forgetConnection, saveConnection } from '../workflows/cliproxyapi/save-connection';
import type { Ports } from '../workflows/ports';
import { done, type WorkerHooks } from './hooks';
import { PROXY } from './open-plans';

type Connection = Extract<keyof Handlers, `${'connection' | 'hosts'}.${string}`>;

/** Messages about CLIProxyAPI's address and key, and about hosts. */
export function connectionHandlers(ports: Ports, { plans }: WorkerHooks): Pick<Handlers, Connection> {
  return {
    'connection.save': async (input) => {
      const saved = await saveConnection(ports, input);
      plans.dropServer(PROXY);
      return saved;
    },
    'connection.check': () => checkConnection(ports, new AbortController().signal),
    'connection.forget': async () => {
      const forgotten = await forgetConnection(ports);
      plans.dropServer(PROXY);
      return forgotten;
    },
    'hosts.list': () => done(ports.hosts.list()),
    'hosts.revoke': ({ pattern }) => done(ports.hosts.revoke(pattern)),
  };
}
