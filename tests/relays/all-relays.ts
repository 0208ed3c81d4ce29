import { sub2api } from '../../src/relays/sub2api';
import { RELAYS as KEPT } from '../../src/relays/table';

/** Every family that is written, with the one whose accounts cannot be kept. */
export const RELAYS = { ...KEPT, sub2api };
