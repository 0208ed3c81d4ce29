import { fail, ok, type Result } from '../../core/failures/result';
import type { Ports } from '../ports';
import { dropProxy } from './proxies';
import { saveConnection, type ConnectionInput } from './save-connection';

/**
 * Connects one more CLIProxyAPI, last in the user's order, and answers its id. Fails as `saveConnection` does; then none is
 * added.
 */
export async function addConnection(ports: Ports, input: ConnectionInput): Promise<Result<string>> {
  // One after the other: two with one address would each find that no other has it.
  const held = await ports.locks.hold('connections', new AbortController().signal, () => add(ports, input));
  return held ? held.value : fail({ code: 'cancelled' });
}

async function add(ports: Ports, input: ConnectionInput): Promise<Result<string>> {
  const id = ports.ids.next();
  const added = await ports.everywhere.saved.change(
    ({ proxies }) => void proxies.push({ id, connection: null, cards: {} }),
  );
  if (!added.ok) return added;
  const connected = await saveConnection(ports.at(id), input);
  if (connected.ok) return ok(id);
  await dropProxy(ports, id);
  return connected;
}
