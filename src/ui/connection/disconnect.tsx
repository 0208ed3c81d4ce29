import { useState, type ReactNode } from 'react';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { useTranslation } from '../use-translation';
import { usePlace } from '../use-view';

/** Forgets address and management key, after it has said what stays. */
export function Disconnect({
  name,
  onForget,
}: {
  /** Of one of several; absent: there is only this one. */
  name?: string | undefined;
  onForget(): Promise<void>;
}): ReactNode {
  const { t } = useTranslation();
  const place = usePlace();
  const [asking, setAsking] = useState(false);
  return (
    <div className="border-t border-line px-5 py-3">
      {asking ? (
        <Confirm
          title={name ? t('connections.removeTitle', { name }) : t('cpa.disconnectTitle')}
          text={t(name ? 'connections.removeText' : 'cpa.disconnectText')}
          action={t('cpa.disconnect')}
          onConfirm={() => void onForget().then(() => setAsking(false))}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 flex-1 basis-56 text-xs text-ink-3">{t('cpa.disconnectHelp', { place })}</p>
          <Button small look="risky" onClick={() => setAsking(true)}>
            {t('cpa.disconnect')}
          </Button>
        </div>
      )}
    </div>
  );
}
