import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { useView } from '../use-view';
import { ChannelImport } from './channel-import';
import { DialogShell } from '../dialogs/dialog-shell';
import { dialogShape } from '../dialogs/dialog-shape';
import { firstField } from '../dialogs/first-field';
import { NewApiSelect } from './new-api-select';

/** The import of a key as a channel of a New API, above the page. Closing never stops a write. */
export function ChannelLayer({ keyView }: { keyView: KeyView }): ReactNode {
  const { page, handoff } = usePage();
  const { t } = useTranslation();
  const { newApis } = useView();
  const [chosen, choose] = useState(
    () => newApis.find(({ keys }) => keys.includes(keyView.id))?.id ?? newApis[0]?.id,
  );
  const [full, setFull] = useState(false);
  const primary = useRef<HTMLButtonElement>(null);
  // Taken before anything in here is focused: that is where the focus goes back to.
  const [from] = useState(() => document.activeElement as HTMLElement | null);
  const newApi = newApis.find(({ id }) => id === chosen) ?? newApis[0];
  if (!newApi) return null;
  return (
    <DialogShell
      shape={dialogShape(page.isPopup, full)}
      onClose={handoff.close}
      initialFocus={full ? firstField : primary}
      finalFocus={() => from}
    >
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
    </DialogShell>
  );
}
