import type { KeyDraft } from '../relay';

/**
 * Bodies for `POST /api/token/`, one for each kind of server. They name every field, because an omitted one is
 * emptied: quota 0, already expired (fixtures <server>/keys-create-edit-delete).
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
