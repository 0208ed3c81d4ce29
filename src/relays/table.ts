import { byFamily, TOKEN_KINDS } from './token/kinds';
import { tokenRelay } from './token/relay';

/** Every relay family whose accounts can be kept. */
export const RELAYS = byFamily((family) => tokenRelay(TOKEN_KINDS[family]));
