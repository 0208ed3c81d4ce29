import { claude } from './claude';
import { codex } from './codex';
import type { ListTraits, ListName } from './list-traits';
import { gemini } from './gemini';
import { openAiCompatibility } from './openai-compatibility';
import { vertex } from './vertex';
import { xai } from './xai';

export const LIST_TRAITS = {
  'openai-compatibility': openAiCompatibility,
  'claude-api-key': claude,
  'codex-api-key': codex,
  'gemini-api-key': gemini,
  'vertex-api-key': vertex,
  'xai-api-key': xai,
} as const satisfies Record<ListName, ListTraits>;

export const listTraits = (list: ListName): ListTraits => LIST_TRAITS[list];
