import {
  getAllGroups,
  getAnyUser,
  getPricing,
  getSelf,
  getUserGroups,
  getUserModels,
  replaceAccessToken,
} from './site/account';
import { copyChannel } from './channels/copy';
import { createChannel } from './channels/create';
import {
  deleteChannel,
  deleteChannels,
  editChannel,
  refuseChannelKey,
  setChannelStatus,
  setChannelStatuses,
} from './channels/edit';
import { getChannel, listChannels, searchChannels } from './channels/list';
import { disableTag, editTag, enableTag, getTagModels, setTag } from './channels/tags';
import {
  fetchChannelModels,
  fetchModels,
  getEnabledModels,
  getKnownModels,
  testChannel,
} from './channels/upstream';
import { chat, overloadRefusal } from './chat';
import {
  critical,
  forAdmin,
  forKey,
  forSensitive,
  forUser,
  searchLimited,
  uncached,
  type Run,
} from './site/guards';
import { createKey, deleteKey, deleteKeys, editKey } from './keys/edit';
import { getKey, listKeys, searchKeys } from './keys/list';
import { revealKey, revealKeys } from './keys/reveal';
import { getModel, listGeminiModels, listModels } from './models';
import { refresh, signIn } from './site/sessions';
import { getChannelTypeModels, getSetup, getStatus } from './site';
import { getBillingUsage, getSubscription, getUsageByKey } from './site/usage';

export interface Route {
  method: string;
  /** `:name` stands for one segment. A slash at the end counts. */
  path: string;
  run: Run;
}

const keyedChat = forKey(chat);
const runChat: Run = (state, call) => overloadRefusal(state) ?? keyedChat(state, call);

/** Fixed paths come before those with a placeholder. */
export const ROUTES: Route[] = [
  { method: 'GET', path: '/api/status', run: getStatus },
  { method: 'GET', path: '/api/setup', run: getSetup },
  { method: 'GET', path: '/api/pricing', run: getPricing },
  { method: 'GET', path: '/api/models', run: forUser(getChannelTypeModels) },
  { method: 'GET', path: '/api/group/', run: forAdmin(getAllGroups) },

  { method: 'GET', path: '/api/channel/', run: forAdmin(listChannels) },
  { method: 'POST', path: '/api/channel/', run: forSensitive(createChannel) },
  { method: 'PUT', path: '/api/channel/', run: forAdmin(editChannel) },
  { method: 'GET', path: '/api/channel/search', run: forAdmin(searchChannels) },
  { method: 'GET', path: '/api/channel/models', run: forAdmin(getKnownModels) },
  { method: 'GET', path: '/api/channel/models_enabled', run: forAdmin(getEnabledModels) },
  { method: 'POST', path: '/api/channel/fetch_models', run: forSensitive(fetchModels) },
  { method: 'POST', path: '/api/channel/batch', run: forSensitive(deleteChannels) },
  { method: 'POST', path: '/api/channel/status/batch', run: forAdmin(setChannelStatuses) },
  { method: 'POST', path: '/api/channel/copy/:id', run: forSensitive(copyChannel) },
  { method: 'POST', path: '/api/channel/tag/enabled', run: forAdmin(enableTag) },
  { method: 'POST', path: '/api/channel/tag/disabled', run: forAdmin(disableTag) },
  { method: 'PUT', path: '/api/channel/tag', run: forAdmin(editTag) },
  { method: 'POST', path: '/api/channel/batch/tag', run: forAdmin(setTag) },
  { method: 'GET', path: '/api/channel/tag/models', run: forAdmin(getTagModels) },
  { method: 'GET', path: '/api/channel/fetch_models/:id', run: forAdmin(fetchChannelModels) },
  { method: 'GET', path: '/api/channel/test/:id', run: forAdmin(testChannel) },
  { method: 'POST', path: '/api/channel/:id/status', run: forAdmin(setChannelStatus) },
  { method: 'POST', path: '/api/channel/:id/key', run: forAdmin(critical(uncached(refuseChannelKey))) },
  { method: 'GET', path: '/api/channel/:id', run: forAdmin(getChannel) },
  { method: 'DELETE', path: '/api/channel/:id', run: forSensitive(deleteChannel) },

  { method: 'POST', path: '/api/user/login', run: critical(uncached(signIn)) },
  { method: 'POST', path: '/api/user/auth/refresh', run: critical(refresh) },
  { method: 'GET', path: '/api/user/groups', run: getUserGroups },
  { method: 'GET', path: '/api/user/self', run: forUser(getSelf) },
  { method: 'GET', path: '/api/user/self/groups', run: forUser(getUserGroups) },
  { method: 'GET', path: '/api/user/models', run: forUser(getUserModels) },
  { method: 'GET', path: '/api/user/token', run: forUser(replaceAccessToken) },
  { method: 'GET', path: '/api/user/:id', run: forAdmin(getAnyUser) },

  { method: 'GET', path: '/api/token/', run: forUser(listKeys) },
  { method: 'POST', path: '/api/token/', run: forUser(createKey) },
  { method: 'PUT', path: '/api/token/', run: forUser(editKey) },
  { method: 'GET', path: '/api/token/search', run: forUser(searchLimited(searchKeys)) },
  { method: 'POST', path: '/api/token/batch', run: forUser(deleteKeys) },
  { method: 'POST', path: '/api/token/batch/keys', run: forUser(critical(uncached(revealKeys))) },
  { method: 'GET', path: '/api/token/:id', run: forUser(getKey) },
  { method: 'DELETE', path: '/api/token/:id', run: forUser(deleteKey) },
  { method: 'POST', path: '/api/token/:id/key', run: forUser(critical(uncached(revealKey))) },
  { method: 'GET', path: '/api/usage/token/', run: critical(getUsageByKey) },

  { method: 'GET', path: '/v1/models', run: forKey(listModels) },
  { method: 'GET', path: '/v1/models/:model', run: forKey(getModel) },
  { method: 'GET', path: '/v1beta/models', run: forKey(listGeminiModels) },
  { method: 'POST', path: '/v1/chat/completions', run: runChat },
  { method: 'GET', path: '/v1/dashboard/billing/subscription', run: forKey(getSubscription) },
  { method: 'GET', path: '/v1/dashboard/billing/usage', run: forKey(getBillingUsage) },
  { method: 'GET', path: '/dashboard/billing/subscription', run: forKey(getSubscription) },
  { method: 'GET', path: '/dashboard/billing/usage', run: forKey(getBillingUsage) },
];
