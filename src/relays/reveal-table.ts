import type { RelayFamily } from '../core/accounts/relay-family';
import type { Reveal } from './relay';
import { sub2apiTexts } from './sub2api/texts';
import { byFamily, TOKEN_KINDS } from './token/kinds';
import { tokenTexts } from './token/texts';

/** How each family gives the texts of keys. Apart from `RELAYS`, since an import needs this and reads no account. */
export const REVEALS: Record<RelayFamily, Reveal> = {
  ...byFamily((family) => tokenTexts(TOKEN_KINDS[family])),
  sub2api: sub2apiTexts,
};
