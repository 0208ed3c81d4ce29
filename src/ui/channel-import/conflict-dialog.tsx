import { Dialog } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import type { ConflictWith } from '../handoff-store';
import { undoChannel } from './undo-channel';
import { ChannelRows } from './rows';
import { DialogFrame } from '../dialogs/dialog-frame';

/** Somebody changed the channel since, or may have made it: what undoing would lose, before it does. */
export function LostDialog({ lost }: { lost: ConflictWith }): ReactNode {
  const { t } = useTranslation();
  const context = usePage();
  const { handoff } = context;
  const anyway = (): void => {
    handoff.close();
    void undoChannel(context, t, lost.importId, lost.hash);
  };
  const said = lost.unsure ? 'unsure' : 'lost';
  return (
    <DialogFrame title={t(`channelImport.${said}Title`, { name: lost.channelName })} onClose={handoff.close}>
      <div className="flex flex-col gap-3">
        <p>{t(`channelImport.${said}Lead`)}</p>
        <ChannelRows changes={lost.lost} />
        <div className="flex justify-end gap-2">
          <Button look="risky" onClick={anyway}>
            {t('undo.anyway')}
          </Button>
          <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        </div>
      </div>
    </DialogFrame>
  );
}
