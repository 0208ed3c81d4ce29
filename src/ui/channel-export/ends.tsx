import type { TFunction } from 'i18next';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChannelUndo } from '../../core/channels/view';
import type { NewApiShort } from '../../core/view/view';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Note } from '../parts/note';
import { Status, type StatusTone } from '../parts/status';
import { sayFailure } from '../say';
import { ChannelRows } from '../channel-import/rows';
import { THERE, type Exported } from './use-export';

/** The result of each key, with an undo for each channel that was written. */
export function ExportEnds({ ends, newApi }: { ends: readonly Exported[]; newApi: NewApiShort }): ReactNode {
  const { t } = useTranslation();
  const there = ends.filter(({ result }) => THERE.has(result.kind)).length;
  return (
    <>
      <p role="status" className="font-medium">
        {t('channelExport.ended', { done: there, count: ends.length, newApi: newApi.name })}
      </p>
      <ul className="rounded-md border border-line" aria-label={t('channelExport.items')}>
        {ends.map((end) => (
          <End key={end.item.keyId} end={end} />
        ))}
      </ul>
      <p className="text-xs text-ink-3">{t('channelImport.proof')}</p>
    </>
  );
}

const TONES = {
  written: 'ok',
  unchanged: 'ok',
  'passed-over': 'none',
  'not-tried': 'none',
  failed: 'danger',
} as const satisfies Record<Exported['result']['kind'], StatusTone>;

function End({ end: { item, result } }: { end: Exported }): ReactNode {
  const { t, i18n } = useTranslation();
  const { ask } = usePage();
  const [busy, setBusy] = useState(false);
  const [ended, setEnded] = useState<ChannelUndo | null>(null);
  const undo = async (importId: string, loss?: string): Promise<void> => {
    setBusy(true);
    setEnded(null);
    const reply = await ask('channels.undo', {
      importId,
      ...(loss !== undefined && { confirmedLoss: loss }),
    });
    setBusy(false);
    setEnded(reply.ok ? reply.value : { kind: 'failed', failure: reply.failure });
  };
  const back = ended?.kind === 'undone';
  return (
    <li className="border-b border-line px-3 py-2 last:border-b-0">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <div className="cut">
            <b>{item.keyName}</b> <span className="mono text-xs text-ink-3">{item.mask}</span>
          </div>
          <Status tone={back ? 'none' : TONES[result.kind]} live>
            {back ? t('channelExport.end.undone') : saidOf(t, i18n.language, result)}
          </Status>
        </div>
        {result.kind === 'written' && !back && (
          <Button
            small
            busy={busy}
            aria-label={t('channelExport.undo', { name: item.keyName })}
            onClick={() => void undo(result.importId)}
          >
            {t('notice.undo')}
          </Button>
        )}
      </div>
      {ended?.kind === 'failed' && <FailureNote failure={ended.failure} />}
      {ended?.kind === 'changed' && result.kind === 'written' && (
        <Note tone="warn" className="mt-2">
          <b>{t('channelImport.lostTitle', { name: ended.channelName })}</b> {t('channelImport.lostLead')}
          <ChannelRows changes={ended.lost} />
          <Button small look="risky" onClick={() => void undo(result.importId, ended.hash)}>
            {t('undo.anyway')}
          </Button>
        </Note>
      )}
      {result.kind === 'failed' && (
        <p className="text-xs text-ink-2">{sayFailure(t, result.failure, i18n.language).next}</p>
      )}
    </li>
  );
}

function saidOf(t: TFunction, language: string, result: Exported['result']): string {
  if (result.kind === 'failed') return sayFailure(t, result.failure, language).what;
  if (result.kind !== 'written') return t(`channelExport.end.${result.kind}`);
  const { made, channelId: id, channelName: name } = result;
  return t(made ? 'channelExport.end.made' : 'channelExport.end.changed', { id, name });
}
