import type { RelayFamily } from '../core/relay-family';
import { newApi } from './new-api';
import type { Relay } from './relay';

/** Every relay family that accounts can be of. */
export const RELAYS = { 'new-api': newApi } satisfies Record<RelayFamily, Relay>;
