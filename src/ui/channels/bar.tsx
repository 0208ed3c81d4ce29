import { useRef, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { Channel } from '../../core/channels/channel';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { Progress } from '../parts/progress';
import { sayNames } from '../say';
import type { Selection } from '../parts/use-selection';
import { SelectedCount } from '../parts/selected-count';
import type { May } from './row-buttons';
import type { ChannelWork, WorkKind } from './use-channel-work';
import { WorkResults } from './work-results';
import type { NewApiView } from '../../core/new-api/view';

interface Props {
  newApi: NewApiView;
  channels: readonly Channel[];
  shown: readonly Channel[];
  selection: Selection<number>;
  work: ChannelWork;
  may: May;
  /** To be deleted, once that is confirmed. */
  doomed: Channel[];
  onDoom(channels: Channel[]): void;
  /** They stay. */
  onSpare(): void;
}

/** At the foot of the page: the question before a deletion, what is under way, how it came out, what is selected. */
export function ChannelBar(props: Props): ReactNode {
  const { t } = useTranslation();
  const { selection, work, doomed, onDoom, onSpare, newApi } = props;
  const { report } = work;
  // One that is switched tells so in its row; a bar that comes and goes with it would only flicker.
  const running =
    work.running && (work.running.ids.size > 1 || work.running.kind === 'test') ? work.running : null;
  const bar = useRef<HTMLElement>(null);
  if (doomed.length + selection.ids.size === 0 && !running && !report) return null;
  return (
    // What takes the focus in here is in sight already: the page's scroll-padding, which keeps rows clear of this bar,
    // would send it to the end.
    <section
      ref={bar}
      tabIndex={-1}
      aria-label={t('channels.bar')}
      className="panel sticky bottom-4 z-[5] mt-3 flex flex-col gap-2 border-accent-line px-4 py-3 shadow-pop [&_*]:-scroll-mb-24"
    >
      {report && <WorkResults report={report} onClose={work.dismiss} />}
      {running ? (
        <Progress
          text={t(`channels.doing.${running.kind}`, {
            done: running.progress.done,
            count: running.progress.total,
          })}
          progress={running.progress}
          onStop={work.stop}
        />
      ) : doomed.length > 0 ? (
        <Confirm
          title={t('channels.deleteTitle', { count: doomed.length, host: newApi.host })}
          text={t('channels.deleteText', {
            names: sayNames(
              t,
              doomed.map(({ name }) => name),
              5,
            ),
          })}
          action={t('channels.deleteMany', { count: doomed.length })}
          onConfirm={() => {
            onDoom([]);
            // The question is gone, and with it what had the focus.
            bar.current?.focus({ preventScroll: true });
            void work.start('delete', doomed);
          }}
          onCancel={() => {
            bar.current?.focus({ preventScroll: true });
            onSpare();
          }}
        />
      ) : (
        selection.ids.size > 0 && <Selected {...props} />
      )}
    </section>
  );
}

function Selected({ newApi, channels, shown, selection, work, may, onDoom }: Props): ReactNode {
  const { t } = useTranslation();
  const { ids } = selection;
  const chosen = channels.filter(({ id }) => ids.has(id));
  const start = (kind: WorkKind) => (): void => void work.start(kind, chosen);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SelectedCount shown={shown} selection={selection} />
      <div className="ml-auto flex flex-wrap gap-2">
        <Button disabled={!may.write} onClick={start('on')}>
          {t('channels.turn.on')}
        </Button>
        <Button disabled={!may.write} onClick={start('off')}>
          {t('channels.turn.off')}
        </Button>
        <Button onClick={start('test')}>{t('channels.test')}</Button>
        <a className="btn no-underline" href={`#/channels/${newApi.id}/sync`}>
          {t('sync.tab')}
        </a>
        <Button look="risky" disabled={!may.remove} onClick={() => onDoom(chosen)}>
          {t('channels.delete')}
        </Button>
      </div>
    </div>
  );
}
