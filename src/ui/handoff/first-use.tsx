import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { targetOf, type TargetOf } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { FormFoot } from '../dialogs/form-foot';
import { openProgram } from './send-key';
import { useView } from '../use-view';

/** Said once for each program: the key leaves the browser. */
export function FirstUse({ keyView, id }: { keyView: KeyView; id: TargetOf<'link'> }): ReactNode {
  const { t } = useTranslation();
  const context = usePage();
  const { settings } = useView();
  const { name } = targetOf(id);
  const goOn = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    context.handoff.close();
    await context.view.changeSettings({ told: [...new Set([...settings.told, id])] });
    await openProgram(context, t, keyView, id);
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void goOn(event)}>
      <p className="[overflow-wrap:anywhere]">
        {t('handoff.firstUse', { key: keyView.name, mask: keyView.mask, name })}
      </p>
      <p className="text-ink-2">{t('handoff.firstUseMore', { name })}</p>
      <FormFoot submit={t('handoff.continue')} />
    </form>
  );
}
