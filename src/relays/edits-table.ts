import type { AccountFamily } from '../core/accounts/relay-family';
import { compatibleKind } from './token/compatible';
import { newApiKind } from './token/new-api';
import { newApiOldKind } from './token/new-api-old';
import { oneApiKind } from './token/one-api';
import { oneHubKind } from './token/one-hub';
import { newApiToken, oneApiToken, oneHubToken } from './token/new-token';
import type { KeyEdits } from './relay';
import { tokenEdits } from './token/edits';
import { veloeraKind } from './token/veloera';

/** Changes to keys, by family. Sub2API is not in it, because its accounts are not kept. */
export const KEY_EDITS = {
  'new-api': tokenEdits({
    ...newApiKind,
    newToken: newApiToken,
    switching: 'id-and-status',
    groupsPath: '/api/user/self/groups',
  }),
  'new-api-old': tokenEdits({
    ...newApiOldKind,
    newToken: newApiToken,
    switching: 'whole',
    groupsPath: '/api/user/self/groups',
  }),
  'one-api': tokenEdits({ ...oneApiKind, newToken: oneApiToken, switching: 'whole', groupsPath: undefined }),
  'one-hub': tokenEdits({
    ...oneHubKind,
    newToken: oneHubToken,
    switching: 'whole',
    groupsPath: '/api/user_group_map',
  }),
  veloera: tokenEdits({
    ...veloeraKind,
    newToken: newApiToken,
    switching: 'whole',
    groupsPath: '/api/user/self/groups',
  }),
  compatible: tokenEdits({
    ...compatibleKind,
    newToken: newApiToken,
    switching: 'whole',
    groupsPath: '/api/user/self/groups',
  }),
} satisfies Record<AccountFamily, KeyEdits>;
