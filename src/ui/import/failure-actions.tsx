import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failures/failure';
import { mayReach } from '../may-reach';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { useView } from '../use-view';

/** The one remedy of a failure, if one click is enough for it. */
export function FailureActions({ failure, keyId }: { failure: Failure; keyId: string }): ReactNode {
  const { t } = useTranslation();
  const context = usePage();
  const { page, imports } = context;
  const { keys, connection } = useView();
  if (failure.code === 'relay-permission' || failure.code === 'host-permission') {
    const { host } = failure;
    const asked = failure.code === 'host-permission' ? connection : keys.find(({ id }) => id === keyId);
    if (!asked) return null;
    const allow = async (): Promise<void> => {
      const place = { host, pattern: asked.pattern, granted: false };
      if (await mayReach(context, place, { kind: 'import', id: keyId })) await imports.open(keyId, {});
    };
    return (
      <Button small onClick={() => void allow()}>
        {t('cpa.allow', { host })}
      </Button>
    );
  }
  if (!SETTLED_IN_SETTINGS.has(failure.code)) return null;
  return (
    <Button small onClick={() => void page.openOptions('#/cliproxyapi')}>
      {t('common.settings')}
    </Button>
  );
}

const SETTLED_IN_SETTINGS = new Set<Failure['code']>([
  'not-configured',
  'key-missing',
  'key-refused',
  'key-not-received',
  'banned',
  'remote-disabled',
  'key-not-set',
  'forbidden',
  'management-off',
  'unreachable',
  'timeout',
  'tls',
  'wants-https',
  'redirected',
  'not-cliproxyapi',
  'reply-html',
  'reply-shape',
  'too-old',
]);
