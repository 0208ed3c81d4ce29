import { refuse, success } from '../reply';
import { seconds, type RelayState } from '../state';
import type { Call, Reply } from '../types';
import { nextChannelId } from './create';

const ENDING = '_复制';

/**
 * A copy with the key, the state and all else of the original, and with an ending behind its name. This one call answers with
 * the number of what it made (v1.0.0-lab.20260728, fixture new-api/channels-copy-and-tags).
 */
export function copyChannel(state: RelayState, call: Call): Reply {
  const given = call.params.id ?? '';
  if (!/^\d+$/.test(given)) return refuse('invalid id');
  const original = state.channels.find(({ id }) => id === Number(given));
  if (original === undefined) return refuse('获取渠道信息失败，请稍后重试');
  const id = nextChannelId(state);
  const name = original.name + (call.query.get('suffix') ?? ENDING);
  const columns = { ...original.columns, response_time: 0, test_time: 0 };
  state.channels.push({ ...original, columns, id, name, createdTime: seconds(state) });
  return success({ id });
}
