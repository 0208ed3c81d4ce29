import type { KeyDraft } from '../relay';

/**
 * Whole objects for `POST /api/token/`, one form for each kind of server. `{name}` alone makes a dead key, with no
 * quota and expired (seen on running servers).
 */
const common = (draft: KeyDraft): Record<string, unknown> => ({
  name: draft.name,
  remain_quota: draft.quota ?? 0,
  unlimited_quota: draft.quota === null,
  expired_time: draft.expiredTime,
});

/** New API of all generations, Veloera and their forks. */
export const newApiToken = (draft: KeyDraft): Record<string, unknown> => ({
  ...common(draft),
  model_limits_enabled: draft.models !== null,
  model_limits: (draft.models ?? []).join(','),
  allow_ips: '',
  group: draft.group,
});

export const oneApiToken = (draft: KeyDraft): Record<string, unknown> => ({
  ...common(draft),
  models: draft.models?.join(',') ?? null,
  subnet: '',
});

export const oneHubToken = (draft: KeyDraft): Record<string, unknown> => ({
  ...common(draft),
  group: draft.group,
  setting: {
    heartbeat: { enabled: false, timeout_seconds: 30 },
    limits: {
      limit_model_setting: { enabled: draft.models !== null, models: draft.models ?? [] },
      limits_ip_setting: { enabled: false, whitelist: [] },
    },
  },
});
