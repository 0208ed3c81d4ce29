import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failures/failure';
import type { KeyView, NewApiShort } from '../../core/view/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { mayReach } from '../may-reach';

/** Asks the browser for the host that a failure names: the New API's or the key's relay's. */
export function AllowHost({
  failure,
  keyView,
  newApi,
  again,
}: {
  failure: Failure;
  /** Absent for many keys: their relays are reached in other ways, or reported as out of reach. */
  keyView?: KeyView;
  newApi: NewApiShort;
  again(): void;
}): ReactNode {
  const { t } = useTranslation();
  const context = usePage();
  if (failure.code !== 'relay-permission') return null;
  const { host } = failure;
  const asked = [newApi, keyView].find((one) => one?.host === host);
  if (!asked) return null;
  const allow = async (): Promise<void> => {
    const next = keyView && ({ kind: 'channel', id: keyView.id } as const);
    if (await mayReach(context, { host, pattern: asked.pattern, granted: false }, next)) again();
  };
  return (
    <Button small onClick={() => void allow()}>
      {t('cpa.allow', { host })}
    </Button>
  );
}
