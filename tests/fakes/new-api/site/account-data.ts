import type { RelayUser } from '../types';

const ROOT = 100;
const ADMIN = 10;

const SIDEBAR = JSON.stringify({
  chat: { chat: true, enabled: true, playground: true },
  console: { detail: true, enabled: true, log: true, midjourney: true, task: true, token: true },
  personal: { enabled: true, personal: true, topup: true },
});

/** Made up from the id, as the real one is random. */
const affiliateCode = (user: RelayUser): string => `Lab${(user.id % 36).toString(36)}`;

function permissions(user: RelayUser): unknown {
  const all = user.role === ROOT;
  const channel = {
    operate: all || user.role >= ADMIN,
    read: all || user.role >= ADMIN,
    secret_view: all,
    sensitive_write: all || (user.role >= ADMIN && user.sensitiveWrite),
    write: all || user.role >= ADMIN,
  };
  return {
    admin_permissions: { channel },
    sidebar_modules: user.role >= ADMIN ? {} : { admin: false },
    sidebar_settings: !all,
  };
}

/** What the server tells a user about the account. The access token is not among it. */
export function selfData(user: RelayUser): Record<string, unknown> {
  const root = user.role === ROOT;
  return {
    aff_code: root ? '' : affiliateCode(user),
    aff_count: 0,
    aff_history_quota: 0,
    aff_quota: 0,
    discord_id: '',
    display_name: user.displayName,
    email: '',
    github_id: '',
    group: user.group,
    id: user.id,
    inviter_id: 0,
    linux_do_id: '',
    oidc_id: '',
    permissions: permissions(user),
    quota: user.quota,
    request_count: user.requestCount,
    role: user.role,
    setting: root ? '' : JSON.stringify({ gotify_priority: 0, sidebar_modules: SIDEBAR }),
    sidebar_modules: root ? '' : SIDEBAR,
    status: user.status,
    stripe_customer: '',
    telegram_id: '',
    used_quota: user.usedQuota,
    username: user.username,
    wechat_id: '',
  };
}
