import type { Relay } from './relay';
import { byFamily, TOKEN_KINDS } from './token/kinds';
import { tokenTexts } from './token/texts';

/** How each family gives the texts of keys. Apart from `RELAYS`, since an import needs this and reads no account. */
export const REVEALS: Record<keyof typeof TOKEN_KINDS, Relay['reveal']> = byFamily(
  (family) => (http, credentials, ids) => tokenTexts(http, credentials, TOKEN_KINDS[family], ids),
);
