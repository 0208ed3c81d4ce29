import type { RemoteKey } from '../relay';
import { starMask } from './key-mask';
import { modelLimits } from './model-limits';
import { tokenText, type Token } from './token';

export function remoteKey(token: Token): RemoteKey {
  const text = tokenText(token);
  return {
    remoteId: token.id,
    name: token.name,
    mask: text === undefined ? token.key || starMask('') : starMask(token.key),
    ...(text !== undefined && { text }),
    group: token.group ?? '',
    models: modelLimits(token),
    status: token.status,
    expiredTime: token.expired_time,
    remainQuota: token.remain_quota,
    usedQuota: token.used_quota ?? 0,
    unlimitedQuota: token.unlimited_quota,
  };
}
