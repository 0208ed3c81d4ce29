import { Dialog } from '@base-ui/react/dialog';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { kiloCodeFile } from '../../core/handoff/kilo-code';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Note } from '../parts/note';
import { ModelField } from '../models/model-field';
import { useChatModels } from '../models/use-chat-models';
import { HandOverFailure, useHandOver } from './use-hand-over';

const FILE_NAME = 'kilo-settings.json';

/** Kilo Code drops a provider without models, so that one must be named even where the relay lists none. */
export function KiloCodeForm({ keyView }: { keyView: KeyView }): ReactNode {
  const { t } = useTranslation();
  const { page, handoff, toast } = usePage();
  const models = useChatModels(keyView);
  const [typed, setTyped] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const { hand, busy, failure } = useHandOver(keyView);
  const model = (typed ?? models?.[0] ?? '').trim();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!model) return;
    await hand((given) => {
      page.saveFile(FILE_NAME, kiloCodeFile(given, models ?? [], model, new Date().toISOString()));
      handoff.close();
      toast.plain(t('kiloCode.saved', { file: FILE_NAME }));
    });
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
      <ModelField
        label={t('kiloCode.model')}
        help={t(models && models.length > 0 ? 'kiloCode.modelHelp' : 'kiloCode.modelTyped', {
          count: models?.length ?? 0,
        })}
        wrong={tried && !model ? t('kiloCode.modelNeeded') : undefined}
        models={models}
        value={typed ?? models?.[0] ?? ''}
        onChange={setTyped}
      />
      <Note tone="warn">{t('kiloCode.note')}</Note>
      <HandOverFailure keyView={keyView} failure={failure} />
      <div className="flex justify-end gap-2">
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        <Button look="primary" type="submit" data-first busy={busy}>
          {t('kiloCode.save', { file: FILE_NAME })}
        </Button>
      </div>
    </form>
  );
}
