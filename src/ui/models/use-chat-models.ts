import { useEffect, useState } from 'react';
import { apiRoot } from '../../core/handoff/handoff';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { chatNames } from './chat-models';

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
    void ask('import.models', { keyId: id, baseUrl: apiRoot(address) }).then(
      (models) => here && models.ok && setNames(chatNames(models.value.names)),
    );
    return () => void (here = false);
  }, [ask, id, address, wanted]);
  return names;
}
