import { useMemo, useState, type ReactNode } from 'react';
import type { Channel } from '../../../core/channels/channel';
import { splitList } from '../../../core/channels/compare';
import { Confirm } from '../../parts/confirm';
import { Field } from '../../parts/field';
import { useTranslation } from '../../use-translation';
import type { Board, ChannelQuestion } from '../use-board';
import { DeleteOffQuestion } from './delete-off';
import { named } from './named';
import { TagQuestion } from './tag';

/** What is asked before channels are deleted, a whole tag is changed, or real requests are sent. */
export function Question({
  board,
  question,
  onEnd,
}: {
  board: Board;
  question: ChannelQuestion;
  onEnd(back: boolean): void;
}): ReactNode {
  const { t } = useTranslation();
  const { newApi, work } = board;
  if (question.kind === 'tag') return <TagQuestion tag={question.tag} {...{ board, onEnd }} />;
  const { kind, channels } = question;
  const count = channels.length;
  if (kind === 'test') return <TestQuestion {...{ board, channels, onEnd }} />;
  if (kind === 'delete-off') return <DeleteOffQuestion {...{ board, channels, onEnd }} />;
  const bySite = channels.filter(({ state }) => state === 'auto-off').length;
  const text = t('channels.deleteText', named(t, channels));
  return (
    <Confirm
      title={t('channels.deleteTitle', { count, host: newApi.host })}
      text={bySite > 0 && bySite < count ? `${text} ${t('channels.bySite', { count: bySite })}` : text}
      action={t('channels.deleteMany', { count })}
      onConfirm={() => {
        onEnd(false);
        void work.start('delete', channels);
      }}
      onCancel={() => onEnd(true)}
    />
  );
}

/** A test is a real request for each channel. Where the site takes one, a model can be named. */
function TestQuestion({
  board: { view, work },
  channels,
  onEnd,
}: {
  board: Board;
  channels: readonly Channel[];
  onEnd(back: boolean): void;
}): ReactNode {
  const { t } = useTranslation();
  const [model, setModel] = useState('');
  const lists = useMemo(() => channels.map(({ models }) => new Set(splitList(models))), [channels]);
  const common = useMemo(() => commonIn(lists), [lists]);
  const count = channels.length;
  const wanted = model.trim();
  const lacking = wanted ? lists.filter((models) => !models.has(wanted)).length : 0;
  return (
    <Confirm
      look="primary"
      title={t('channels.testTitle', { count })}
      text={t('channels.testText')}
      action={t('channels.testSend', { count })}
      onConfirm={() => {
        onEnd(false);
        void work.start('test', channels, { model: wanted || undefined });
      }}
      onCancel={() => onEnd(true)}
    >
      {view.site.testModel && (
        <>
          <Field
            mono
            list="channel-test-models"
            label={t('channels.testModel')}
            help={lacking > 0 ? t('channels.testLacking', { count: lacking }) : t('channels.testModelHelp')}
            value={model}
            onChange={({ target }) => setModel(target.value)}
          />
          <datalist id="channel-test-models">
            {common.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Confirm>
  );
}

/** Names to propose: those of the most channels first. */
function commonIn(lists: readonly ReadonlySet<string>[]): string[] {
  const counts = new Map<string, number>();
  for (const models of lists) for (const name of models) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 50)
    .map(([name]) => name);
}
