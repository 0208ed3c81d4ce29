import type { AccountFamily } from '../core/relay-family';
import { compatibleKind } from './compatible';
import { newApiKind } from './new-api';
import { newApiOldKind } from './new-api-old';
import { oneApiKind } from './one-api';
import { oneHubKind } from './one-hub';
import { newApiToken, oneApiToken, oneHubToken } from './new-token';
import type { KeyEdits } from './relay';
import { tokenEdits } from './token-edits';
import { veloeraKind } from './veloera';

/** Changes to keys, by family. Sub2API's stand apart: its accounts are not kept. */
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
