import type { TFunction } from 'i18next';
import type { NewApiView } from '../../core/new-api/view';

/** What an account may not do with channels; empty where it may do all, or where nobody has looked. */
export function sayRights(t: TFunction, { rights, host }: NewApiView): string {
  if (!rights || (rights.write && rights.sensitive)) return '';
  return t(rights.write ? 'channels.noDelete' : 'channels.noWrite', { host });
}
