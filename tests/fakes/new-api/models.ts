import { groupOf, limitsOf } from './keys/auth';
import { json } from './reply';
import { modelsOfGroup, type RelayState } from './state';
import type { Call, RelayKey, RelayUser, Reply } from './types';

/** Constants of the server, not of the model. */
const CREATED = 1626777600;
const CREATED_AT = '2021-07-20T10:40:00Z';

const GEMINI_UNKNOWN = {
  description: null,
  inputTokenLimit: null,
  outputTokenLimit: null,
  supportedGenerationMethods: null,
  thinking: null,
  temperature: null,
  maxTemperature: null,
  topP: null,
  topK: null,
};

/** The limits' names are listed as they are, whether anything serves them or not. */
function modelsOfKey(state: RelayState, key: RelayKey, user: RelayUser): string[] {
  if (state.faults.emptyModels) return [];
  return key.modelLimitsEnabled ? limitsOf(key) : modelsOfGroup(state, groupOf(key, user));
}

const openAiModel = (id: string, owner: string, endpoints: unknown): Record<string, unknown> => ({
  id,
  object: 'model',
  created: CREATED,
  owned_by: owner,
  supported_endpoint_types: endpoints,
});

/** The server trips over its own list if it is empty. */
const panic = (): Reply =>
  json(500, {
    error: {
      message:
        'Panic detected, error: runtime error: index out of range [0] with length 0. Please submit a issue here: https://github.com/Calcium-Ion/new-api',
      type: 'new_api_panic',
    },
  });

function anthropicList(names: string[]): Reply {
  if (names.length === 0) return panic();
  const data = names.map((id) => ({ id, created_at: CREATED_AT, display_name: id, type: 'model' }));
  return json(200, { data, first_id: names[0], has_more: false, last_id: names.at(-1) });
}

export function listModels(state: RelayState, call: Call, key: RelayKey, user: RelayUser): Reply {
  const names = modelsOfKey(state, key, user);
  if (call.headers['x-api-key'] !== undefined && call.headers['anthropic-version'] !== undefined)
    return anthropicList(names);
  const served = new Set(modelsOfGroup(state, groupOf(key, user)));
  const data = names.map((id) => openAiModel(id, served.has(id) ? 'openai' : 'custom', []));
  return json(200, { data, object: 'list', success: true });
}

/** An unknown name is an error with status 200. */
export function getModel(state: RelayState, call: Call, key: RelayKey, user: RelayUser): Reply {
  const id = decodeURIComponent(call.params.model ?? '');
  if (modelsOfGroup(state, groupOf(key, user)).includes(id))
    return json(200, openAiModel(id, 'advanced_custom', null));
  const message = `The model '${id}' does not exist`;
  return json(200, {
    error: { message, type: 'invalid_request_error', param: 'model', code: 'model_not_found' },
  });
}

export function listGeminiModels(state: RelayState, _call: Call, key: RelayKey, user: RelayUser): Reply {
  const models = modelsOfKey(state, key, user).map((name) => ({
    name,
    baseModelId: null,
    version: null,
    displayName: name,
    ...GEMINI_UNKNOWN,
  }));
  return json(200, { models, nextPageToken: null });
}
