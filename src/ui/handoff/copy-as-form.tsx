import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { COPY_FORMS, formTakesModels, formText, type CopyForm } from '../../core/handoff/copy-forms';
import { handoffOf } from '../../core/handoff/handoff';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { SelectField } from '../parts/field';
import { useChatModels } from '../models/use-chat-models';
import { HandOverForm } from './hand-over-form';
import { useHandOver } from './use-hand-over';
import { TextPreview } from './text-preview';

/** The text as it will be copied. Its key is masked until it is asked for, and so is not even here before that. */
export function CopyAsForm({ keyView, first }: { keyView: KeyView; first: CopyForm }): ReactNode {
  const { t } = useTranslation();
  const { page, handoff, toast } = usePage();
  const [form, setForm] = useState(first);
  const [shownKey, setShownKey] = useState<string | null>(null);
  const relay = useChatModels(keyView, formTakesModels(form));
  const models = relay.names ?? [];
  const over = useHandOver(keyView);
  const text = formText(form, handoffOf(keyView, shownKey ?? keyView.mask), models);
  const show = (): void => {
    if (shownKey === null) void over.hand(({ key }) => setShownKey(key));
    else setShownKey(null);
  };
  const copy = (): Promise<void> =>
    over.hand(async (given) => {
      const clears = await page.copySecret(formText(form, given, models));
      handoff.close();
      toast.plain(t(clears ? 'handoff.copiedForAMinute' : 'common.copied'));
    });
  return (
    <HandOverForm
      over={over}
      {...(formTakesModels(form) && { models: relay })}
      submit={t('handoff.copy')}
      lead={
        <Button look="quiet" className="mr-auto" aria-pressed={shownKey !== null} onClick={show}>
          {t(shownKey === null ? 'handoff.showKey' : 'handoff.hideKey')}
        </Button>
      }
      onSubmit={() => void copy()}
    >
      <SelectField<CopyForm>
        label={t('handoff.form')}
        data-first
        value={form}
        onChange={setForm}
        choices={COPY_FORMS.map((one) => [one, t(`handoff.forms.${one}`)])}
      />
      <TextPreview text={form === 'kelivo' && shownKey === null ? 'ai-provider:v1:…' : text} />
    </HandOverForm>
  );
}
