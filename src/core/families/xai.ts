import { codex } from './codex';
import type { FamilyRules } from './family';

/** Keys that speak xAI's responses: as codex, in a list that later servers have. */
export const xai: FamilyRules = {
  ...codex,
  since: [7, 2, 73],
  patchable: new Set([...codex.patchable, 'priority']),
  credentialKind: () => 'xai:apikey',
};
