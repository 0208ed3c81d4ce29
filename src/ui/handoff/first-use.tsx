import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { targetOf, type TargetOf } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { openProgram } from './send-key';
import { useView } from '../use-view';

/** Said once for each program: the key leaves the browser. */
export function FirstUse({ keyView, id }: { keyView: KeyView; id: TargetOf<'link'> }): ReactNode {
  const { t } = useTranslation();
  const context = usePage();
  const { settings } = useView();
  const { name } = targetOf(id);
  const goOn = async (): Promise<void> => {
    context.handoff.close();
    await context.view.changeSettings({ told: [...new Set([...(settings.told ?? []), id])] });
    await openProgram(context, t, keyView, id);
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="[overflow-wrap:anywhere]">
        {t('handoff.firstUse', { key: keyView.name, mask: keyView.mask, name })}
      </p>
      <p className="text-ink-2">{t('handoff.firstUseMore', { name })}</p>
      <div className="flex justify-end gap-2">
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <Button look="primary" data-first onClick={() => void goOn()}>
          {t('handoff.continue')}
        </Button>
      </div>
    </div>
  );
}
