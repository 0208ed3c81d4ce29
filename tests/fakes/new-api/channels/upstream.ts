import { json, notFound, refuse, success } from '../reply';
import type { RelayState } from '../state';
import type { Call, Reply } from '../types';

/** What the relay behind a channel lists, or how asking it fails: `/v1/models` is put behind the base URL as it is. */
function upstreamModels(state: RelayState, baseUrl: string, key: string): Reply {
  const failed = (why: string): Reply => refuse(`获取模型列表失败: ${why}`);
  const models = state.upstreams[baseUrl];
  if (models === undefined) {
    const known = Object.keys(state.upstreams).some((one) => baseUrl.startsWith(`${one}/`));
    if (known) return failed('status code: 404');
    const host = baseUrl.replace(/^https?:\/\//, '');
    return failed(`dial tcp ${host}: connect: connection refused`);
  }
  if (typeof models === 'number') return failed(`status code: ${models}`);
  return key === 'sk-dead' ? failed('status code: 401') : success(models);
}

export function fetchModels(state: RelayState, call: Call): Reply {
  const { base_url: baseUrl = '', key = '' } = JSON.parse(call.body || '{}') as Record<string, string>;
  return upstreamModels(state, baseUrl, key);
}

export function fetchChannelModels(state: RelayState, call: Call): Reply {
  const channel = state.channels.find(({ id }) => id === Number(call.params.id));
  return channel === undefined ? notFound() : upstreamModels(state, channel.baseUrl, channel.key);
}

const TEST_SECONDS = 0.012;

/** One chat through the channel, which its upstream may refuse. */
export function testChannel(state: RelayState, call: Call): Reply {
  const channel = state.channels.find(({ id }) => id === Number(call.params.id));
  if (channel === undefined) return refuse('channel not found');
  const models = state.upstreams[channel.baseUrl];
  if (typeof models === 'number')
    return json(200, { message: `bad response status code ${models}`, success: false, time: TEST_SECONDS });
  return json(200, { message: '', success: true, time: TEST_SECONDS });
}

export function getEnabledModels(state: RelayState): Reply {
  const names = state.channels
    .filter(({ status }) => status === 1)
    .flatMap(({ models }) => models.split(','));
  return json(200, { data: [...new Set(names.filter(Boolean))], success: true });
}

/** Names that the server knows by itself, shortened. */
export const getKnownModels = (): Reply =>
  json(200, {
    data: ['01-ai/Yi-1.5-34B-Chat-16K', '01-ai/Yi-1.5-6B-Chat'].map((id) => ({
      id,
      object: 'model',
      created: 1626777600,
      owned_by: 'siliconflow',
      supported_endpoint_types: null,
    })),
    success: true,
  });
