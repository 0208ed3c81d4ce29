import type { RemoteKey } from '../relay';
import { starMask } from '../token/key-mask';
import { wholeText, type Sub2ApiKey } from './keys';

const STATUS: Record<string, number> = { active: 1, expired: 3, quota_exhausted: 4 };

/** A Sub2API key in the terms of New API. */
export function sub2apiRemoteKey(key: Sub2ApiKey): RemoteKey {
  const quota = key.quota ?? 0;
  const used = key.quota_used ?? 0;
  const text = wholeText(key.key);
  const expires = key.expires_at ? Math.floor(Date.parse(key.expires_at) / 1000) : -1;
  return {
    remoteId: key.id,
    name: key.name,
    mask: text === undefined && key.key ? key.key : starMask(key.key),
    ...(text !== undefined && { text }),
    group: key.group?.name ?? '',
    ...(key.group?.platform !== undefined && { platform: key.group.platform }),
    models: null,
    status: STATUS[key.status] ?? 2,
    expiredTime: Number.isNaN(expires) ? -1 : expires,
    remainQuota: quota - used,
    usedQuota: used,
    unlimitedQuota: quota === 0,
  };
}
