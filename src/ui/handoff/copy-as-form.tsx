import { Dialog } from '@base-ui/react/dialog';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { COPY_FORMS, formTakesModels, formText, type CopyForm } from '../../core/handoff/copy-forms';
import { handoffOf } from '../../core/handoff/handoff';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { useChatModels } from '../models/use-chat-models';
import { HandOverFailure, useHandOver } from './use-hand-over';

/** The text as it will be copied. Its key is masked until it is asked for, and so is not even here before that. */
export function CopyAsForm({ keyView, first }: { keyView: KeyView; first: CopyForm }): ReactNode {
  const { t } = useTranslation();
  const { page, handoff, toast } = usePage();
  const [form, setForm] = useState(first);
  const [shownKey, setShownKey] = useState<string | null>(null);
  const models = useChatModels(keyView, formTakesModels(form)) ?? [];
  const { hand, busy, failure } = useHandOver(keyView);
  const text = formText(form, handoffOf(keyView, shownKey ?? keyView.mask), models);
  const show = (): void => {
    if (shownKey === null) void hand(({ key }) => setShownKey(key));
    else setShownKey(null);
  };
  const copy = (): Promise<void> =>
    hand(async (given) => {
      const clears = await page.copySecret(formText(form, given, models));
      handoff.close();
      toast.plain(t(clears ? 'handoff.copiedForAMinute' : 'common.copied'));
    });
  return (
    <div className="flex flex-col gap-3">
      <label className="block">
        <span className="mb-1 block font-medium">{t('handoff.form')}</span>
        <span className="field">
          <select data-first value={form} onChange={(event) => setForm(event.target.value as CopyForm)}>
            {COPY_FORMS.map((one) => (
              <option key={one} value={one}>
                {t(`handoff.forms.${one}`)}
              </option>
            ))}
          </select>
        </span>
      </label>
      <pre
        className="mono max-h-64 overflow-auto rounded-sm border border-line bg-sunken p-2.5 break-all whitespace-pre-wrap"
        aria-label={t('handoff.preview')}
      >
        {form === 'kelivo' && shownKey === null ? 'ai-provider:v1:…' : text}
      </pre>
      <HandOverFailure keyView={keyView} failure={failure} />
      <div className="flex justify-end gap-2">
        <Button look="quiet" className="mr-auto" aria-pressed={shownKey !== null} onClick={show}>
          {t(shownKey === null ? 'handoff.showKey' : 'handoff.hideKey')}
        </Button>
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <Button look="primary" busy={busy} onClick={() => void copy()}>
          {t('handoff.copy')}
        </Button>
      </div>
    </div>
  );
}
