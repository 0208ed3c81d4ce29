import { useEffect, useState, type ReactNode } from 'react';
import { fail, ok, type Result } from '../../core/failures/result';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { FailureNote } from '../parts/failure-text';
import { Note } from '../parts/note';
import { useRequest } from '../use-request';
import { useTranslation } from '../use-translation';

type End = 'done' | 'converted';

/** config.yaml as it was before a write of ours that converted it: to be copied, or put back after a question. */
export function KeptFile(): ReactNode {
  const { t } = useTranslation();
  const { ask, page, toast } = usePage();
  const { busy, failure, run } = useRequest();
  const isKept = useIsKept(busy);
  const [asking, setAsking] = useState(false);
  const [end, setEnd] = useState<End>();
  const restore = async (): Promise<void> => {
    setAsking(false);
    const reply = await run(async (): Promise<Result<End>> => {
      const restored = await ask('file.restore', {});
      if (!restored.ok) return restored;
      return restored.value.kind === 'failed'
        ? fail(restored.value.failure)
        : ok(restored.value.converted ? 'converted' : 'done');
    });
    if (reply.ok) setEnd(reply.value);
  };
  const copy = async (): Promise<void> => {
    const text = await run(() => ask('file.text', {}));
    if (text.ok)
      toast.plain(t((await page.copySecret(text.value)) ? 'handoff.copiedForAMinute' : 'common.copied'));
  };
  if (end && !isKept) return <Note tone={end === 'done' ? 'ok' : 'warn'}>{t(`cpa.kept.${end}`)}</Note>;
  if (!isKept) return failure && <FailureNote failure={failure} />;
  return (
    <section className="panel mt-6 flex flex-col gap-3 p-5" aria-label={t('cpa.kept.action')}>
      <p>{t('cpa.kept.text')}</p>
      {failure && <FailureNote failure={failure} />}
      {asking ? (
        <Confirm
          title={t('cpa.kept.title')}
          text={t('cpa.kept.warning')}
          action={t('cpa.kept.action')}
          onConfirm={() => void restore()}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button small look="risky" busy={busy} onClick={() => setAsking(true)}>
            {t('cpa.kept.action')}
          </Button>
          <Button small onClick={() => void copy()}>
            {t('cpa.kept.copy')}
          </Button>
          <p className="min-w-0 flex-1 basis-56 text-xs text-ink-3">{t('cpa.kept.help')}</p>
        </div>
      )}
    </section>
  );
}

/** Whether there is such a file; asked anew at every change, since any write of ours ends it. */
function useIsKept(busy: boolean): boolean {
  const { ask, page } = usePage();
  const [isKept, setIsKept] = useState(false);
  useEffect(() => {
    let isCurrent = true;
    const look = async (): Promise<void> => {
      const reply = await ask('file.kept', {});
      if (isCurrent) setIsKept(reply.ok && reply.value);
    };
    if (!busy) void look();
    const stop = page.onPulse(() => void look());
    return () => {
      isCurrent = false;
      stop();
    };
  }, [ask, page, busy]);
  return isKept;
}
