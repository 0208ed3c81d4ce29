import type { ChannelInput, RelayChannel } from '../types';

/** A channel as a fresh one is stored, with what was said of it. */
export function newChannel(input: ChannelInput, id: number, now: number): RelayChannel {
  return {
    id,
    type: 1,
    key: '',
    status: 1,
    name: '',
    weight: 0,
    createdTime: now,
    baseUrl: '',
    models: '',
    group: 'default',
    modelMapping: null,
    priority: 0,
    otherInfo: '',
    tag: null,
    remark: null,
    multi: null,
    columns: {},
    ...input,
  };
}

/** What the server tells of a channel: everything but its key. */
export const shownChannel = (channel: RelayChannel): Record<string, unknown> => ({
  id: channel.id,
  type: channel.type,
  key: '',
  openai_organization: null,
  test_model: null,
  status: channel.status,
  name: channel.name,
  weight: channel.weight,
  created_time: channel.createdTime,
  test_time: 0,
  response_time: 0,
  base_url: channel.baseUrl,
  other: '',
  balance: 0,
  balance_updated_time: 0,
  models: channel.models,
  group: channel.group,
  used_quota: 0,
  model_mapping: channel.modelMapping,
  status_code_mapping: '',
  priority: channel.priority,
  auto_ban: 1,
  other_info: channel.otherInfo,
  tag: channel.tag,
  setting: null,
  param_override: null,
  header_override: null,
  remark: channel.remark,
  channel_info: {
    is_multi_key: channel.multi !== null,
    multi_key_size: channel.multi === null ? 0 : channel.key.split('\n').length,
    multi_key_status_list: null,
    multi_key_polling_index: 0,
    multi_key_mode: channel.multi ?? '',
  },
  settings: '',
  ...channel.columns,
});

export const typeCounts = (channels: readonly RelayChannel[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { type } of channels) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
};
