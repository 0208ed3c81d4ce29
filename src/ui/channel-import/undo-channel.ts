import type { TFunction } from 'i18next';
import type { PageContext } from '../page-context';

/**
 * Undoes one write to a channel, or all of one batch, and says how it ended. If somebody changed the channel since, the loss is shown first;
 * `confirmedLoss` is the hash of what was shown.
 */
export async function undoChannel(
  { order, handoff, toast }: Pick<PageContext, 'order' | 'handoff' | 'toast'>,
  t: TFunction,
  importId: string,
  confirmedLoss?: string,
): Promise<void> {
  const reply = await order('channels.undo', {
    importId,
    ...(confirmedLoss !== undefined && { confirmedLoss }),
  });
  if (!reply.ok) return;
  const undone = reply.value;
  if (undone.kind === 'changed') return handoff.askAboutConflict({ importId, ...undone });
  if (undone.kind === 'failed') toast.failure('', undone.failure);
  else if (undone.kind === 'partly') {
    const { undone: done, count, failure } = undone;
    // History shows how many were taken back.
    if (failure) toast.failure('', failure);
    else toast.plain(t('history.channels.changedSince', { undone: done, count }));
  } else toast.plain(t('channelImport.undone'));
}
