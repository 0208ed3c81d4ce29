import { FAMILIES } from '../../core/accounts/relay-family';
import { ok } from '../../core/result';
import type { Site } from '../ask';
import { assertSupported } from '../check-draft';
import { createToken, deleteToken, setTokenEnabled } from './edit-tokens';
import { readUserGroups } from './read-groups';
import type { Credentials, KeyDraft, KeyEdits } from '../relay';
import { siteOf } from '../site/sign-in';
import type { TokenRelayKind } from './relay';

/** What differs between servers when keys are changed. */
export interface TokenEditsKind extends TokenRelayKind {
  newToken(draft: KeyDraft): Record<string, unknown>;
  /** The body of a request that switches a key on or off. */
  switching: 'id-and-status' | 'whole';
  /** Undefined: there are no groups. */
  groupsPath: string | undefined;
}

/** Changes to the keys of a relay of the New API family. */
export function tokenEdits(kind: TokenEditsKind): KeyEdits {
  const { newKey } = FAMILIES[kind.family];
  const site = (credentials: Credentials): Site => siteOf(credentials, kind.userIdHeaders);
  return {
    readGroups: async (http, credentials) =>
      kind.groupsPath === undefined ? ok([]) : readUserGroups(http, site(credentials), kind.groupsPath),
    createKey: async (http, credentials, draft) => {
      assertSupported(draft, newKey);
      return createToken(http, site(credentials), kind.pageParams, kind.newToken(draft));
    },
    setKeyEnabled: (http, credentials, id, enabled) =>
      setTokenEnabled(http, site(credentials), id, enabled, kind.switching),
    deleteKey: (http, credentials, id) => deleteToken(http, site(credentials), id),
  };
}
