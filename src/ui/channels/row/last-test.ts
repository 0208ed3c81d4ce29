import type { TFunction } from 'i18next';
import type { Channel } from '../../../core/channels/channel';
import { sayAgo } from '../../say';

/** How long the site's last test of a channel took, and when it was, as far as the site tells; empty: there was none. */
export const lastTest = (t: TFunction, language: string, { responseMs, testedAt }: Channel): string[] => [
  ...(responseMs > 0 ? [t('cpa.ms', { ms: responseMs })] : []),
  ...(testedAt > 0 ? [sayAgo(t, testedAt, language)] : []),
];
