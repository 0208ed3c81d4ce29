import { FIRST_PROXY } from '../empty';

/** Version 2 knew one CLIProxyAPI only. */
export function savedV2ToV3(old: unknown): unknown {
  const { connection, cards, ...rest } = old as { connection: unknown; cards: unknown };
  return { ...rest, proxies: [{ id: FIRST_PROXY, connection, cards }] };
}
