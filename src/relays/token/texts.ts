import { ok } from '../../core/failures/result';
import type { Reveal } from '../relay';
import { siteOf } from '../site/sign-in';
import type { TokenKind } from './kinds';
import { readTexts } from './read-texts';
import { revealTokens } from './reveal-tokens';

/** Gives the whole texts of keys by remote id, as servers of this kind do; keys that are left out are absent. */
export const tokenTexts =
  (kind: TokenKind): Reveal =>
  async (http, credentials, ids) => {
    const site = siteOf(credentials, kind.userIdHeaders);
    if (kind.texts === 'reveal') return revealTokens(http, site, ids);
    const read = await readTexts(http, site, kind.pageParams, ids);
    if (!read.ok || kind.texts === 'read') return read;
    const rest = ids.filter((id) => !read.value.has(id));
    const revealed = await revealTokens(http, site, rest);
    return revealed.ok ? ok(new Map([...read.value, ...revealed.value])) : revealed;
  };
