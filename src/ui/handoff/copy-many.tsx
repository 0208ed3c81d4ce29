import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Failure } from '../../core/failures/failure';
import { handoffOf, type Handoff } from '../../core/handoff/handoff';
import { manyTexts, type ManyForm } from '../../core/handoff/many-texts';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Note } from '../parts/note';
import { PlanDialog } from '../dialogs/plan-dialog';
import { TextPreview } from './text-preview';
import { sayFailure } from '../say';
import { useView } from '../use-view';

interface Missing {
  id: string;
  name: string;
  failure: Failure;
}

/** Many keys as one text for the clipboard. The preview has their masks; the texts are here only while they are copied. */
export function CopyMany({
  form,
  keyIds,
  chooser,
}: {
  form: ManyForm;
  keyIds: readonly string[];
  chooser: ReactNode;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const { keys } = useView();
  const chosen = keys.filter(({ id }) => keyIds.includes(id));
  const copying = useCopy(form);
  const preview = manyTexts(
    form,
    chosen.map((key) => handoffOf(key, key.mask)),
  );
  return (
    <PlanDialog
      form="wide"
      cancel={t('common.close')}
      action={
        <Button look="primary" busy={copying.busy} onClick={() => void copying.copy(chosen)}>
          {t('channelExport.copy', { count: chosen.length })}
        </Button>
      }
    >
      {chooser}
      <TextPreview text={preview} />
      {copying.missing.length > 0 && (
        <Note tone="warn">
          <b>{t('channelExport.missing', { count: copying.missing.length })}</b>
          <ul className="mt-1">
            {copying.missing.map(({ id, name, failure }) => (
              <li key={id}>
                <b>{name}</b>: {sayFailure(t, failure, i18n.language).what}
              </li>
            ))}
          </ul>
        </Note>
      )}
    </PlanDialog>
  );
}

/** Gets the keys one after the other: a relay counts how many it shows. Those that cannot be had are named, and left out. */
function useCopy(form: ManyForm): {
  busy: boolean;
  missing: Missing[];
  copy(keys: ReturnType<typeof useView>['keys']): Promise<void>;
} {
  const { t } = useTranslation();
  const { ask, page, toast } = usePage();
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState<Missing[]>([]);
  return {
    busy,
    missing,
    async copy(keys) {
      setBusy(true);
      const had: Handoff[] = [];
      const lacking: Missing[] = [];
      for (const key of keys) {
        const text = await ask('key.text', { keyId: key.id });
        if (text.ok) had.push(handoffOf(key, text.value));
        else lacking.push({ id: key.id, name: key.name, failure: text.failure });
      }
      setMissing(lacking);
      if (had.length > 0) {
        const clears = await page.copySecret(manyTexts(form, had));
        toast.plain(t(clears ? 'handoff.copiedForAMinute' : 'common.copied'));
      }
      setBusy(false);
    },
  };
}
