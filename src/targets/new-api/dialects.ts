import type { AccountFamily } from '../../core/accounts/relay-family';
import type { Dialect } from './dialect';
import { flat, flatOneApi, flatVeloera } from './flat';
import { unsure } from './unsure';
import { whole } from './whole';
import { wrapped } from './wrapped';

/** How each family keeps its channels. */
export const DIALECTS = {
  'new-api': wrapped,
  'new-api-old': flat,
  'one-api': flatOneApi,
  'one-hub': whole,
  veloera: flatVeloera,
  compatible: unsure,
} satisfies Record<AccountFamily, Dialect>;
