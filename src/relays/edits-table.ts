import { FAMILIES, type AccountFamily, type RelayFamily } from '../core/accounts/relay-family';
import type { KeyEdits } from './relay';
import { sub2apiEdits } from './sub2api/edit';
import { tokenEdits, type TokenEditsKind } from './token/edit-tokens';
import { byFamily, TOKEN_KINDS } from './token/kinds';
import { newApiToken, oneApiToken, oneHubToken } from './token/new-token';

const ANCESTOR = {
  newToken: newApiToken,
  switching: 'whole',
  groupsPath: '/api/user/self/groups',
} as const;

const EDITS: Record<AccountFamily, TokenEditsKind> = {
  'new-api': { ...ANCESTOR, switching: 'id-and-status' },
  'new-api-old': ANCESTOR,
  'one-api': { ...ANCESTOR, newToken: oneApiToken, groupsPath: undefined },
  'one-hub': { ...ANCESTOR, newToken: oneHubToken, groupsPath: '/api/user_group_map' },
  veloera: ANCESTOR,
  compatible: ANCESTOR,
};

/** Changes to keys, by family. */
export const KEY_EDITS: Record<RelayFamily, KeyEdits> = {
  ...byFamily((family) => tokenEdits({ ...TOKEN_KINDS[family], ...EDITS[family] }, FAMILIES[family].newKey)),
  sub2api: sub2apiEdits,
};
