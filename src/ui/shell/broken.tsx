import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failures/failure';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { ResetQuestion } from '../backup/reset-question';

/** Replaces the page if the storage cannot be read: export it, or start over. Writes nothing itself. */
export function Broken({ failure }: { failure: Failure }): ReactNode {
  const { t } = useTranslation();
  const { order, page, view } = usePage();
  const [sure, setSure] = useState(false);
  const exportRaw = async (): Promise<void> => {
    const raw = await order('storage.export', {});
    if (raw.ok) page.saveFile('keyferry-raw.json', raw.value);
  };
  return (
    <main className="mx-auto flex max-w-xl flex-col gap-3 p-5">
      <h1 className="text-lg">{t('broken.title')}</h1>
      <FailureNote failure={failure} />
      {failure.code === 'worker-gone' ? (
        <Button className="self-start" onClick={() => void view.load()}>
          {t('common.retry')}
        </Button>
      ) : (
        <>
          <div className="flex flex-wrap gap-2">
            <Button look="primary" onClick={() => void exportRaw()}>
              {t('broken.export')}
            </Button>
            <Button look="risky" onClick={() => setSure(true)}>
              {t('broken.reset')}
            </Button>
          </div>
          <p className="text-xs text-ink-3">{t('broken.exportHelp')}</p>
          {sure && <ResetQuestion text={t('broken.resetText')} onCancel={() => setSure(false)} />}
        </>
      )}
    </main>
  );
}
