import { useMemo } from 'react';
import { usePage } from '../page-context';
import type { ImportState } from '../import-store';
import { useModelChoice, type Choice } from '../models/use-model-choice';

/** The choice of models of an import into CLIProxyAPI, which its draft holds. */
export function useChoice(state: ImportState & { kind: 'open' }): Choice {
  const { imports } = usePage();
  const { draft, opened } = state;
  const names = useMemo(
    () => (opened.models.kind === 'listed' ? opened.models.names : draft.models.map((model) => model.name)),
    [opened.models, draft.models],
  );
  return useModelChoice({
    keyId: opened.keyId,
    names,
    models: draft.models,
    onModels: (models) => imports.edit({ ...draft, models }),
  });
}
