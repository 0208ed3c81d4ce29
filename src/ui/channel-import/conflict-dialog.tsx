import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import type { ConflictWith } from '../handoff-store';
import { DialogFrame } from '../dialogs/dialog-frame';
import { LossQuestion } from '../dialogs/loss-question';
import { undoChannel } from './undo-channel';
import { ChannelRows } from './rows';

/** Shows what an undo would lose of a channel that somebody else changed, or may have made, before it does. */
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
      <LossQuestion lead={t(`channelImport.${said}Lead`)} onAnyway={anyway}>
        <ChannelRows changes={lost.lost} />
      </LossQuestion>
    </DialogFrame>
  );
}
