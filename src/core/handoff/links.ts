import { aionUiLink } from './aionui';
import { cherryStudioLink } from './cherry-studio';
import { claudeCodeRouterLink } from './claude-code-router';
import { deepChatLink } from './deepchat';
import type { Handoff } from './handoff';
import { lobeChatLink } from './lobechat';
import { nextChatLink } from './nextchat';
import { openCatLink } from './opencat';
import type { TargetOf } from './targets';

/** What opens each program. */
export const LINKS = {
  'cherry-studio': cherryStudioLink,
  'claude-code-router': claudeCodeRouterLink,
  aionui: aionUiLink,
  deepchat: deepChatLink,
  opencat: openCatLink,
} as const satisfies Record<TargetOf<'link'>, (handoff: Handoff) => string>;

/** What opens each web page; `site` is where the user has it, without a slash at its end. */
export const SITE_LINKS = {
  nextchat: nextChatLink,
  lobechat: lobeChatLink,
} as const satisfies Record<TargetOf<'site'>, (handoff: Handoff, site: string) => string>;
