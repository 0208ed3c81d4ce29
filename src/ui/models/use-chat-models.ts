import { useEffect, useMemo, useState } from 'react';
import type { Failure } from '../../core/failures/failure';
import type { Result } from '../../core/failures/result';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { chatNames } from '../../core/aliases/proposed-models';

export interface RelayModels {
  /** Null while they are fetched and if they cannot be fetched: a name can be typed then. */
  names: readonly string[] | null;
  failure: Failure | null;
  again(): void;
}

/** The models of the key's relay that can chat. */
export function useChatModels({ id }: KeyView, wanted = true): RelayModels {
  const { ask } = usePage();
  const [listed, setListed] = useState<Result<string[]> | null>(null);
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    void ask('key.models', { keyId: id }).then((models) => here && setListed(models));
    return () => void (here = false);
  }, [ask, id, wanted]);
  const names = useMemo(() => (listed?.ok ? chatNames(listed.value) : null), [listed]);
  return {
    names,
    failure: listed && !listed.ok ? listed.failure : null,
    again: () => void ask('key.models', { keyId: id }).then(setListed),
  };
}
