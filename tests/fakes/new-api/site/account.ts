import { selfData } from './account-data';
import { priceList } from '../catalogue';
import { fakeAccessToken } from '../keys/fake-secrets';
import { json, notFound, refuse, success } from '../reply';
import { modelsOfGroup, selectableGroups, type RelayState } from '../state';
import type { Call, RelayUser, Reply } from '../types';

export const getSelf = (_state: RelayState, _call: Call, user: RelayUser): Reply => success(selfData(user));

/** Replaces the user's access token: the old one is dead at once. */
export function replaceAccessToken(state: RelayState, _call: Call, user: RelayUser): Reply {
  state.accessTokens += 1;
  user.accessToken = fakeAccessToken(state.accessTokens);
  return success(user.accessToken);
}

export function getUserModels(state: RelayState, call: Call): Reply {
  const asked = call.query.get('group') ?? '';
  const groups = selectableGroups(state).filter((group) => asked === '' || group === asked);
  return success([...new Set(groups.flatMap((group) => modelsOfGroup(state, group)))]);
}

export function getUserGroups(state: RelayState): Reply {
  const shown = selectableGroups(state).map((group) => [
    group,
    { desc: state.groups[group]?.description, ratio: 1 },
  ]);
  return success(Object.fromEntries(shown));
}

export const getAllGroups = (state: RelayState): Reply => success(Object.keys(state.groups));

export function getPricing(state: RelayState): Reply {
  const groups = selectableGroups(state);
  const byModel = new Map<string, string[]>();
  for (const group of groups)
    for (const model of modelsOfGroup(state, group))
      byModel.set(model, [...(byModel.get(model) ?? []), group]);
  return json(200, {
    auto_groups: ['default'],
    ...priceList(byModel),
    group_ratio: Object.fromEntries(groups.map((group) => [group, 1])),
    pricing_version: 'a42d372ccf0b5dd13ecf71203521f9d2a42d372ccf0b5dd13ecf71203521f9d2',
    success: true,
    supported_endpoint: { openai: { path: '/v1/chat/completions', method: 'POST' } },
    usable_group: Object.fromEntries(groups.map((group) => [group, state.groups[group]?.description])),
  });
}

/** Also reached by other servers' paths such as /api/user/available_models, which is why it is here. */
export function getAnyUser(state: RelayState, call: Call): Reply {
  const id = call.params.id ?? '';
  if (!/^\d+$/.test(id)) return refuse(`strconv.Atoi: parsing "${id}": invalid syntax`);
  const user = state.users.find((one) => one.id === Number(id));
  return user === undefined ? notFound() : success(selfData(user));
}
