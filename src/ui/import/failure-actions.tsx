import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failure';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { useView } from '../use-view';

/** The one remedy of a failure, if one click is enough for it. */
export function FailureActions({ failure, keyId }: { failure: Failure; keyId: string }): ReactNode {
  const { t } = useTranslation();
  const { ask, page, imports, toast } = usePage();
  const { keys, connection } = useView();
  const key = keys.find(({ id }) => id === keyId);
  const allow = async (pattern: string, host: string): Promise<void> => {
    await ask('intent.set', { kind: 'import', id: keyId, pattern });
    const granted = await page.requestHost(pattern);
    await ask('intent.clear', {});
    if (granted) await imports.open(keyId, {});
    else toast.failure('', { code: 'permission-denied', host });
  };
  if (failure.code === 'relay-permission' && key) {
    return (
      <Button small onClick={() => void allow(key.pattern, failure.host)}>
        {t('cpa.allow', { host: failure.host })}
      </Button>
    );
  }
  if (failure.code === 'host-permission' && connection) {
    return (
      <Button small onClick={() => void allow(connection.pattern, failure.host)}>
        {t('cpa.allow', { host: failure.host })}
      </Button>
    );
  }
  if (SETTLED_IN_SETTINGS.has(failure.code)) {
    return (
      <Button small onClick={() => void page.openOptions('#/cliproxyapi')}>
        {t('common.settings')}
      </Button>
    );
  }
  return null;
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
