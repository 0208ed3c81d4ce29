import type { AccountFamily } from '../core/relay-family';
import { compatible } from './compatible';
import { newApi } from './new-api';
import { newApiOld } from './new-api-old';
import { oneApi } from './one-api';
import { oneHub } from './one-hub';
import type { Relay } from './relay';
import { veloera } from './veloera';

/** Every relay family that accounts can be of. */
export const RELAYS = {
  'new-api': newApi,
  'new-api-old': newApiOld,
  'one-api': oneApi,
  'one-hub': oneHub,
  veloera,
  compatible,
} satisfies Record<AccountFamily, Relay>;
