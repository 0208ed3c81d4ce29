import type { ReactNode } from 'react';
import type { Failure } from '../../../core/failures/failure';
import { nameOfConnection } from '../../../core/view/connections';
import { ConnectionSign } from '../../connection/sign';
import { usePage } from '../../page-context';
import { Button } from '../../parts/button';
import { useTranslation } from '../../use-translation';
import { useViewPart } from '../../use-view';
import { isOfServer } from '../failure-actions';
import { startOf, useImport } from '../use-import';
import { elsewhere } from './import-also';

/**
 * Where it fails at the CLIProxyAPI that the page looks at, one button for each other one. With one CLIProxyAPI, or where
 * another would not take it either, nothing of it is seen.
 */
export function Instead({
  failure,
  without = [],
  choose,
}: {
  failure: Failure;
  /** Those that it was sent to already. */
  without?: readonly string[];
  choose(proxyId: string): Promise<void>;
}): ReactNode {
  const { t } = useTranslation();
  const others = useViewPart('others')?.filter(({ id }) => !without.includes(id)) ?? [];
  if (others.length === 0 || !isOfServer(failure)) return null;
  return (
    <div className="flex flex-wrap gap-1.5">
      {others.map((connection) => (
        <Button key={connection.id} small onClick={() => void choose(connection.id)}>
          <ConnectionSign connection={connection} />
          {t('also.instead', { name: nameOfConnection(connection) })}
        </Button>
      ))}
    </div>
  );
}

/** The same for the import on screen: it is opened there, and what was chosen here stays chosen. */
export function ImportInstead(at: { failure: Failure; without?: readonly string[] }): ReactNode {
  const { imports, lookAt } = usePage();
  const state = useImport();
  const choose = async (proxyId: string): Promise<void> => {
    const start = startOf(state);
    await lookAt(proxyId);
    if (!start) return;
    const { keyId, full = false, change = {}, also = [] } = start;
    const rest = also.filter((id) => id !== proxyId && !at.without?.includes(id));
    await imports.open(keyId, { full, change: elsewhere(change), also: rest });
  };
  return <Instead {...at} choose={choose} />;
}
