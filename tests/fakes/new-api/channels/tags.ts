import { done, json, refuse, success } from '../reply';
import type { RelayState } from '../state';
import type { Call, RelayChannel, RelayUser, Reply } from '../types';
import { mayWriteSecrets } from '../site/guards';
import { inputOf } from './create';
import { bodyOf } from './edit';

/** What is done to whatever has a tag when the call arrives (v1.0.0-lab.20260728, fixture new-api/channels-copy-and-tags). */

const WRONG = '参数错误';

const ofTag = (state: RelayState, tag: unknown): RelayChannel[] =>
  state.channels.filter((channel) => channel.tag === tag);

/** Success also where no channel has the tag. */
const switchTag =
  (status: 1 | 2) =>
  (state: RelayState, call: Call): Reply => {
    const { tag } = bodyOf(call);
    if (!tag) return refuse(WRONG);
    for (const channel of ofTag(state, tag)) channel.status = status;
    return done();
  };

export const enableTag = switchTag(1);
export const disableTag = switchTag(2);

export function editTag(state: RelayState, call: Call, user: RelayUser): Reply {
  const body = bodyOf(call);
  const { tag, new_tag: newTag, groups, models } = body;
  if (!tag) return refuse('tag不能为空');
  const secret = body.param_override !== undefined || body.header_override !== undefined;
  if (secret && !mayWriteSecrets(user)) return refuse('Unauthorized, insufficient privileges');
  const fields = {
    ...inputOf({ model_mapping: body.model_mapping, priority: body.priority, weight: body.weight }),
    ...(groups ? inputOf({ group: groups }) : {}),
    ...(models ? inputOf({ models }) : {}),
    ...(newTag === undefined ? {} : inputOf({ tag: newTag })),
  };
  for (const channel of ofTag(state, tag)) Object.assign(channel, fields);
  return done();
}

/** Answers with how many numbers were sent, whether or not they are channels. */
export function setTag(state: RelayState, call: Call): Reply {
  const { ids, tag } = bodyOf(call);
  if (!Array.isArray(ids) || ids.length === 0) return refuse(WRONG);
  for (const channel of state.channels)
    if (ids.includes(channel.id)) channel.tag = typeof tag === 'string' ? tag : null;
  return success(ids.length);
}

/** The longest list of models that a channel of the tag has. */
export function getTagModels(state: RelayState, call: Call): Reply {
  const tag = call.query.get('tag');
  if (!tag) return json(400, { message: 'tag不能为空', success: false });
  const lists = ofTag(state, tag).map(({ models }) => models);
  const count = (list: string): number => list.split(',').filter(Boolean).length;
  return success(lists.reduce((longest, list) => (count(list) > count(longest) ? list : longest), ''));
}
