import { KEY_EDITS as KEPT_EDITS } from '../../src/relays/edits-table';
import { sub2api } from '../../src/relays/sub2api/sub2api';
import { sub2apiEdits } from '../../src/relays/sub2api/edit';
import { RELAYS as KEPT } from '../../src/relays/table';

/** Every family that is written, with the one whose accounts cannot be kept. */
export const RELAYS = { ...KEPT, sub2api };
export const KEY_EDITS = { ...KEPT_EDITS, sub2api: sub2apiEdits };
