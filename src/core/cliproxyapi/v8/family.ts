import type { ListName } from '../lists/list-traits';
import type { GroupFamily } from './groups';

/** The common list, whose groups are the providers of `/v0`. */
export const COMPAT = 'openai-compatibility';

/** What `/v8` calls a list of `/v0`. */
export const familyOf = (list: ListName | 'meta-api-key'): GroupFamily =>
  list === COMPAT ? COMPAT : (list.replace(/-api-key$/, '') as GroupFamily);
