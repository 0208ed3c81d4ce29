import type { AccountFamily } from '../core/accounts/relay-family';
import { compatible } from './token/compatible';
import { newApi } from './token/new-api';
import { newApiOld } from './token/new-api-old';
import { oneApi } from './token/one-api';
import { oneHub } from './token/one-hub';
import type { Relay } from './relay';
import { veloera } from './token/veloera';

/** Every relay family whose accounts can be kept. */
export const RELAYS = {
  'new-api': newApi,
  'new-api-old': newApiOld,
  'one-api': oneApi,
  'one-hub': oneHub,
  veloera,
  compatible,
} satisfies Record<AccountFamily, Relay>;
