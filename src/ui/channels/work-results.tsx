import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChannelResult } from '../../core/channels/view';
import { VirtualList } from '../dialogs/virtual-list';
import { Button, IconButton } from '../parts/button';
import { FailureNote } from '../parts/failure-text';
import { Status, type StatusTone } from '../parts/status';
import { sayWhole } from '../say';
import type { WorkReport } from './use-channel-work';

const ROW = 28;

/** How a work came out: the sum, and each channel by name, those that failed first. */
export function WorkResults({
  report: { kind, rows, rest, failure },
  onAgain,
  onClose,
}: {
  report: WorkReport;
  onAgain(): void;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const done = rows.filter(({ result }) => result.kind === 'done').length;
  const failed = rows.filter(({ result }) => result.kind !== 'done');
  // What went well is said by the sum and by the rows themselves; a test also has its time.
  const told = kind === 'test' ? [...failed, ...rows.filter((row) => !failed.includes(row))] : failed;
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          {failure ? (
            <FailureNote failure={failure} />
          ) : (
            <Status tone={failed.length === 0 ? 'ok' : 'warn'} live>
              {t(`channels.done.${kind}`, { done, count: rows.length })}
            </Status>
          )}
        </div>
        {rest.length > 0 && (
          <Button small onClick={onAgain}>
            {t('channels.retry', { count: rest.length })}
          </Button>
        )}
        <IconButton label={t('common.dismiss')} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      {told.length > 0 && (
        // A row takes more than one line where there is no room: only a list of many has a height of its own.
        <div className="flex max-h-40 flex-col" style={told.length > 4 ? { height: 160 } : undefined}>
          <VirtualList
            items={told}
            rowKey={({ result }) => String(result.channelId)}
            height={ROW}
            label={t('channels.results')}
            tabStop
          >
            {({ name, result }) => <Row name={name} result={result} />}
          </VirtualList>
        </div>
      )}
    </div>
  );
}

function Row({ name, result }: { name: string; result: ChannelResult }): ReactNode {
  const { t, i18n } = useTranslation();
  const said = (): [StatusTone, string] => {
    if (result.kind === 'done') return ['ok', t('cpa.ms', { ms: Math.round(result.tookMs) })];
    return result.kind === 'not-tried' || result.failure.code === 'cancelled'
      ? ['none', t('channels.notTried')]
      : ['danger', sayWhole(t, result.failure, i18n.language)];
  };
  const [tone, text] = said();
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 py-1">
      <b className="cut max-w-[190px] text-xs">{name}</b>
      <Status tone={tone}>{text}</Status>
    </div>
  );
}
