import type { RelayFamily } from '../core/accounts/relay-family';
import type { Relay } from './relay';
import { sub2api } from './sub2api/sub2api';
import { byFamily, TOKEN_KINDS } from './token/kinds';
import { tokenRelay } from './token/relay';

/** Every relay family. */
export const RELAYS: Record<RelayFamily, Relay> = {
  ...byFamily((family) => tokenRelay(TOKEN_KINDS[family])),
  sub2api,
};
