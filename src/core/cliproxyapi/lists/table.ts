import { claude } from './claude';
import { codex } from './codex';
import type { FamilyRules, ProviderFamily } from './list-traits';
import { gemini } from './gemini';
import { openAiCompatibility } from './openai-compatibility';
import { vertex } from './vertex';
import { xai } from './xai';

export const FAMILY_RULES = {
  'openai-compatibility': openAiCompatibility,
  'claude-api-key': claude,
  'codex-api-key': codex,
  'gemini-api-key': gemini,
  'vertex-api-key': vertex,
  'xai-api-key': xai,
} as const satisfies Record<ProviderFamily, FamilyRules>;

export const rulesOf = (family: ProviderFamily): FamilyRules => FAMILY_RULES[family];
