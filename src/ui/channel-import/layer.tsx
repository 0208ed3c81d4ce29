import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { KeyView } from '../../core/view/view';
import { PlanShell } from '../dialogs/plan-dialog';
import { usePage } from '../page-context';
import { useView } from '../use-view';
import { ChannelImport } from './channel-import';
import { NewApiSelect } from './new-api-select';

/** The import of a key as a channel of a New API, above the page. Closing never stops a write. */
export function ChannelLayer({ keyView }: { keyView: KeyView }): ReactNode {
  const { handoff } = usePage();
  const { t } = useTranslation();
  const { newApis } = useView();
  const [chosen, choose] = useState(
    () => newApis.find(({ keys }) => keys.includes(keyView.id))?.id ?? newApis[0]?.id,
  );
  const [full, setFull] = useState(false);
  const newApi = newApis.find(({ id }) => id === chosen) ?? newApis[0];
  if (!newApi) return null;
  return (
    <PlanShell full={full} onClose={handoff.close}>
      {(primary) => (
        <ChannelImport
          key={newApi.id}
          keyView={keyView}
          newApi={newApi}
          full={full}
          onFull={setFull}
          primary={primary}
          which={
            newApis.length > 1 && (
              <NewApiSelect label={t('channelImport.which')} value={newApi.id} onChange={choose} />
            )
          }
        />
      )}
    </PlanShell>
  );
}
