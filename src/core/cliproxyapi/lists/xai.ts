import { codex } from './codex';
import type { ListTraits } from './list-traits';
import { KEY_FIELDS } from './key-fields';

/** Keys that speak xAI's responses: as codex, in a list that later servers have. */
export const xai: ListTraits = {
  ...codex,
  since: [7, 2, 73],
  patchable: new Set([...KEY_FIELDS, 'priority']),
  credentialKind: () => 'xai:apikey',
};
