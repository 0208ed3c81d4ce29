import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { kiloCodeFile } from '../../core/handoff/kilo-code';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { Note } from '../parts/note';
import { ModelField } from '../models/model-field';
import { useChatModels } from '../models/use-chat-models';
import { HandOverForm } from './hand-over-form';
import { useHandOver } from './use-hand-over';

const FILE_NAME = 'kilo-settings.json';

/** Kilo Code drops a provider without models, so that one must be named even where the relay lists none. */
export function KiloCodeForm({ keyView }: { keyView: KeyView }): ReactNode {
  const { t } = useTranslation();
  const { page, handoff, toast } = usePage();
  const relay = useChatModels(keyView);
  const models = relay.names;
  const [typed, setTyped] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const over = useHandOver(keyView);
  const model = (typed ?? models?.[0] ?? '').trim();
  const submit = async (): Promise<void> => {
    setTried(true);
    if (!model) return;
    await over.hand((given) => {
      page.saveFile(FILE_NAME, kiloCodeFile(given, models ?? [], model, new Date().toISOString()));
      handoff.close();
      toast.plain(t('kiloCode.saved', { file: FILE_NAME }));
    });
  };
  return (
    <HandOverForm
      over={over}
      models={relay}
      submit={t('kiloCode.save', { file: FILE_NAME })}
      onSubmit={() => void submit()}
    >
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
    </HandOverForm>
  );
}
