import { useEffect, useRef, useState, type ReactNode } from 'react';
import { splitList } from '../../core/channels/compare';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { Field } from '../parts/field';
import { sayNames } from '../say';
import { useTranslation } from '../use-translation';
import type { Board, ChannelQuestion } from './use-board';

/** What is asked before channels are deleted, or real requests are sent. */
export function Question({
  board,
  question: { kind, channels },
  onEnd,
}: {
  board: Board;
  question: ChannelQuestion;
  onEnd(back: boolean): void;
}): ReactNode {
  const { t } = useTranslation();
  const { newApi, work } = board;
  const count = channels.length;
  const names = channels.map(({ name }) => name);
  if (kind === 'test') return <TestQuestion {...{ board, channels, onEnd }} />;
  const bySite = channels.filter(({ state }) => state === 'auto-off').length;
  const text = t('channels.deleteText', { names: sayNames(t, names, 20) });
  return (
    <Confirm
      title={t('channels.deleteTitle', { count, host: newApi.host })}
      text={bySite > 0 && bySite < count ? `${text} ${t('channels.deleteBySite', { count: bySite })}` : text}
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
  channels: ChannelQuestion['channels'];
  onEnd(back: boolean): void;
}): ReactNode {
  const { t } = useTranslation();
  const [model, setModel] = useState('');
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  const count = channels.length;
  const wanted = model.trim();
  const lacking = wanted ? channels.filter(({ models }) => !splitList(models).includes(wanted)).length : 0;
  const title = t('channels.testTitle', { count });
  return (
    <div
      className="note"
      role="alertdialog"
      aria-label={title}
      onKeyDown={(event) => event.key === 'Escape' && onEnd(true)}
    >
      <div className="flex flex-1 flex-col gap-2">
        <b>{title}</b>
        <p>{t('channels.testText')}</p>
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
              {commonModels(channels).map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </datalist>
          </>
        )}
        <div className="flex flex-wrap gap-2">
          <Button ref={cancel} small onClick={() => onEnd(true)}>
            {t('common.cancel')}
          </Button>
          <Button
            small
            look="primary"
            onClick={() => {
              onEnd(false);
              void work.start('test', channels, { model: wanted || undefined });
            }}
          >
            {t('channels.testSend', { count })}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Names to propose: those of the most channels first. */
function commonModels(channels: ChannelQuestion['channels']): string[] {
  const counts = new Map<string, number>();
  for (const { models } of channels)
    for (const name of splitList(models)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 50)
    .map(([name]) => name);
}
