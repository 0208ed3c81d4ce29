import type { Call } from './types';

/** Texts that follow Accept-Language, English and Chinese. The server has more, some of which are Chinese always. */
const TEXTS = {
  accessTokenInvalid: ['Unauthorized, invalid access token', '无权进行此操作，access token 无效'],
  tokenInvalid: ['Invalid token', '无效的令牌'],
  tokenMissing: ['Token not provided', '未提供令牌'],
  tokenUnavailable: ['This token status is unavailable', '该令牌状态不可用'],
  nameTooLong: ['Token name is too long', '令牌名称过长'],
  quotaNegative: ['Quota value cannot be negative', '额度值不能为负数'],
  parametersInvalid: ['Invalid parameters', '无效的参数'],
  tooMany: ['Too many items in batch request, maximum is 100', '批量请求数量过多，最多 100 条'],
  expiredCannotEnable: [
    'Token has expired and cannot be enabled. Please modify the expiration time or set it to never expire',
    '令牌已过期，无法启用，请先修改令牌过期时间，或者设置为永不过期',
  ],
  usedUpCannotEnable: [
    'Token quota is exhausted and cannot be enabled. Please modify the remaining quota or set it to unlimited',
    '令牌可用额度已用尽，无法启用，请先修改令牌剩余额度，或者设置为无限额度',
  ],
  signInFailed: [
    'Username or password is incorrect, or user has been banned',
    '用户名或密码错误，或用户已被封禁',
  ],
  modelMissing: ['Model name not specified, model name cannot be empty', '未指定模型名称，模型名称不能为空'],
  userBanned: ['User has been banned', '用户已被封禁'],
} as const;

const wantsChinese = (call: Call): boolean => (call.headers['accept-language'] ?? '').startsWith('zh');

export const say = (call: Call, text: keyof typeof TEXTS): string => TEXTS[text][wantsChinese(call) ? 1 : 0];
