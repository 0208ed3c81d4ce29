import { useEffect, useState } from 'react';
import { apiRoot } from '../../core/handoff/handoff';
import { modelKind } from '../../core/aliases/model-kind';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';

/**
 * The models of the key's relay that can chat. Null while they are fetched and if they cannot be fetched: a name can be
 * typed then.
 */
export function useChatModels({ id, address }: KeyView, wanted = true): readonly string[] | null {
  const { ask } = usePage();
  const [names, setNames] = useState<readonly string[] | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    const load = async (): Promise<void> => {
      const models = await ask('import.models', { keyId: id, baseUrl: apiRoot(address) });
      if (here && models.ok) setNames(models.value.names.filter((name) => modelKind(name) === 'chat'));
    };
    void load();
    return () => {
      here = false;
    };
  }, [ask, id, address, wanted]);
  return names;
}
