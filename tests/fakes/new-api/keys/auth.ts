import { BlockList, isIPv6 } from 'node:net';
import { say } from '../messages';
import { relayError } from '../reply';
import { seconds, selectableGroups, type RelayState } from '../state';
import type { Call, RelayKey, RelayUser, Reply } from '../types';

type Accepted = { key: RelayKey; user: RelayUser } | { refusal: Reply };

/** One `sk-` is taken off; what follows a dash is no part of the key. */
const bareKey = (text: string): string => text.replace(/^sk-/, '').split('-')[0] ?? '';

export const keyInHeader = (header: string): string => bareKey(header.replace(/^[Bb]earer /, '').trim());

/** The model list also takes the header of another vendor's API. A key in the query is not looked at. */
function keyText(call: Call): string {
  const other = call.path.startsWith('/v1/models') ? call.headers['x-api-key'] : undefined;
  return keyInHeader(typeof other === 'string' ? other : (call.headers.authorization ?? ''));
}

export const findKey = (state: RelayState, text: string): RelayKey | undefined =>
  text === '' ? undefined : state.keys.find((key) => key.key === text);

/** Expiry and used-up quota are noticed, and written to the key's status, when the key is used. */
function isUsable(key: RelayKey, now: number): boolean {
  if (key.status !== 1) return false;
  if (key.expiredTime !== -1 && key.expiredTime < now) key.status = 3;
  else if (!key.unlimitedQuota && key.remainQuota <= 0) key.status = 4;
  return key.status === 1;
}

function allowsAddress(key: RelayKey, address: string): boolean {
  const entries = (key.allowIps ?? '').split('\n').map((line) => line.replace(/[ ,]/g, ''));
  const list = new BlockList();
  const family = (ip: string): 'ipv4' | 'ipv6' => (isIPv6(ip) ? 'ipv6' : 'ipv4');
  for (const entry of entries.filter((line) => line !== '')) {
    const [ip = '', bits] = entry.split('/');
    if (bits === undefined) list.addAddress(ip, family(ip));
    else list.addSubnet(ip, Number(bits), family(ip));
  }
  return list.rules.length === 0 || list.check(address, family(address));
}

export function accept(state: RelayState, call: Call): Accepted {
  const refusal = (status: number, message: string, code?: string): Accepted => ({
    refusal: relayError(call, status, message, code),
  });
  const key = findKey(state, keyText(call));
  const user = state.users.find(({ id }) => id === key?.userId);
  // Unknown, switched off, expired and used up look the same from outside.
  if (key === undefined || user === undefined || !isUsable(key, seconds(state)))
    return refusal(401, say(call, 'tokenInvalid'));
  // These two are Chinese whatever language is asked for.
  if (!allowsAddress(key, call.address))
    return refusal(403, '您的 IP 不在令牌允许访问的列表中', 'access_denied');
  if (user.status !== 1) return refusal(403, say(call, 'userBanned'));
  if (key.group !== '' && key.group !== 'auto' && !selectableGroups(state).includes(key.group))
    return refusal(403, `无权访问 ${key.group} 分组`);
  return { key, user };
}

export const groupOf = (key: RelayKey, user: RelayUser): string =>
  key.group === '' || key.group === 'auto' ? user.group : key.group;

export const limitsOf = (key: RelayKey): string[] => key.modelLimits.split(',').filter((name) => name !== '');
