import { Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { HistoryItem } from '../../core/history/history';
import { undoChannel } from '../channel-import/undo-channel';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { UndoPreview } from './undo-preview';

const LABELS = {
  provider: 'history.undo',
  batch: 'history.undoAll',
  channel: 'channelImport.undoWrite',
  channels: 'history.undoAll',
} as const;

const labelOf = (item: HistoryItem): (typeof LABELS)[keyof typeof LABELS] | 'history.undoEdit' =>
  item.about === 'provider' && item.action === 'edit' ? 'history.undoEdit' : LABELS[item.about];

/** Takes back the write; of a batch, all of it that is there still. */
export function UndoButton({ item }: { item: HistoryItem }): ReactNode {
  const { t } = useTranslation();
  const context = usePage();
  const [busy, setBusy] = useState(false);
  const isChannel = item.about === 'channel' || item.about === 'channels';
  const undoable =
    item.about === 'provider'
      ? item.action !== 'undo' && (item.phase === 'done' || item.phase === 'needs-look')
      : item.undoable;
  if (!undoable) return null;
  const undo = async (): Promise<void> => {
    setBusy(true);
    await (isChannel ? undoChannel(context, t, item.id) : context.imports.undo(item.id, item.keyName));
    setBusy(false);
  };
  return (
    <>
      <UndoPreview item={item} />
      <Button className="self-start" busy={busy} onClick={() => void undo()}>
        <Undo2 size={16} aria-hidden />
        {t(labelOf(item))}
      </Button>
    </>
  );
}
