import { useRef, type ReactNode } from 'react';
import { Button } from '../parts/button';
import { Progress } from '../parts/progress';
import { SelectedCount } from '../parts/list-controls';
import { useTranslation } from '../use-translation';
import { Question } from './questions/question';
import type { Board } from './use-board';
import { WorkResults } from './work-results';

/** At the foot of the page: the question before a deletion, what is under way, how it came out, what is selected. */
export function ChannelBar({ board }: { board: Board }): ReactNode {
  const { t } = useTranslation();
  const { selection, work, question, endQuestion } = board;
  const { report } = work;
  // One that is switched tells so in its row; a bar that comes and goes with it would only flicker.
  const running =
    work.running && (work.running.ids.size > 1 || work.running.kind === 'test') ? work.running : null;
  const bar = useRef<HTMLElement>(null);
  // The question is gone, and with it what had the focus.
  const answer = (back: boolean): void => {
    bar.current?.focus({ preventScroll: true });
    endQuestion(back);
  };
  if (!question && selection.ids.size === 0 && !running && !report) return null;
  return (
    // What takes the focus in here is in sight already: the page's scroll-padding, which keeps rows clear of this bar,
    // would send it to the end.
    <section
      ref={bar}
      tabIndex={-1}
      aria-label={t('channels.bar')}
      className="panel sticky bottom-4 z-[5] mt-3 flex flex-col gap-2 border-accent-line px-4 py-3 shadow-pop [&_*]:-scroll-mb-24"
    >
      {report && (
        <WorkResults
          report={report}
          onAgain={() => void work.start(report.kind, report.rest, report.options)}
          onClose={work.dismiss}
        />
      )}
      {running ? (
        <Progress
          text={t(`channels.doing.${running.kind}`, {
            done: running.progress.done,
            count: running.progress.total,
          })}
          progress={running.progress}
          onStop={work.stop}
        />
      ) : question ? (
        <Question board={board} question={question} onEnd={answer} />
      ) : (
        selection.ids.size > 0 && <Selected board={board} />
      )}
    </section>
  );
}

function Selected({
  board: { newApi, view, shown, selection, work, may, askAbout, editMany },
}: {
  board: Board;
}): ReactNode {
  const { t } = useTranslation();
  const chosen = view.channels.filter(({ id }) => selection.ids.has(id));
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SelectedCount shown={shown} selection={selection} />
      <div className="ml-auto flex flex-wrap gap-2">
        {(['on', 'off'] as const).map((kind) => (
          <Button key={kind} disabled={!may.write} onClick={() => void work.start(kind, chosen)}>
            {t(`channels.turn.${kind}`)}
          </Button>
        ))}
        <Button disabled={!may.write} onClick={() => editMany(chosen)}>
          {t('channels.edit')}
        </Button>
        <Button onClick={() => askAbout({ kind: 'test', channels: chosen })}>{t('channels.test')}</Button>
        <a className="btn no-underline" href={`#/channels/${newApi.id}/sync`}>
          {t('sync.tab')}
        </a>
        <Button
          look="risky"
          disabled={!may.remove}
          onClick={() => askAbout({ kind: 'delete', channels: chosen })}
        >
          {t('channels.delete')}
        </Button>
      </div>
    </div>
  );
}
