import { byFamily, TOKEN_KINDS } from './token/kinds';
import { tokenTexts } from './token/texts';

/** How each family gives the texts of keys. Apart from `RELAYS`, since an import needs this and reads no account. */
export const REVEALS = byFamily((family) => tokenTexts(TOKEN_KINDS[family]));
