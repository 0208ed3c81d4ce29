import { ArrowRight, Layers, X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChosenModel } from '../../core/aliases/alias-models';
import { cutMiddle } from '../format';
import { Button, IconButton } from '../parts/button';
import type { RowMarks } from './row-marks';
import { RuleChoice } from './rule-choice';
import type { Choice } from './use-model-choice';
import { VirtualList } from '../dialogs/virtual-list';

/** The middle column: the names that clients will see, edited in place. */
export function AliasEditor({ choice, marks }: { choice: Choice; marks: RowMarks }): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="flex min-h-0 min-w-0 flex-1 flex-col pt-3">
      <div className="flex min-h-7 items-center px-4">
        <h3 className="flex-1">{t('dialog.names', { count: choice.models.length })}</h3>
        {choice.models.some((model) => model.typed) && (
          <Button small look="quiet" onClick={choice.resetNames}>
            {t('dialog.resetNames')}
          </Button>
        )}
      </div>
      <div className="px-4 py-2">
        <RuleChoice choice={choice} />
      </div>
      {choice.models.length === 0 ? (
        <p className="px-4 text-ink-2">{t('dialog.noNames')}</p>
      ) : (
        <VirtualList
          items={rowsOf(choice.models)}
          rowKey={({ model, isOwn }) => (isOwn ? `= ${model.name}` : model.name)}
          height={34}
          label={t('dialog.names', { count: choice.models.length })}
        >
          {({ model, isOwn }) =>
            isOwn ? (
              <OwnNameRow name={model.name} />
            ) : (
              <AliasRow model={model} choice={choice} marks={marks} />
            )
          }
        </VirtualList>
      )}
    </section>
  );
}

/** Rules may keep the original: the model then has two rows, one with its alias and one with its own name. */
const rowsOf = (models: readonly ChosenModel[]): { model: ChosenModel; isOwn: boolean }[] =>
  models.map((model, at) => ({ model, isOwn: models[at - 1]?.name === model.name }));

function OwnNameRow({ name }: { name: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <p className="mx-2 flex min-h-7 items-center justify-between gap-2 px-2 text-xs text-ink-3">
      <span className="mono cut" title={name}>
        {cutMiddle(name, 34)}
      </span>
      <span className="flex-none">{t('dialog.ownName')}</span>
    </p>
  );
}

function AliasRow({
  model,
  choice,
  marks,
}: {
  model: ChosenModel;
  choice: Choice;
  marks: RowMarks;
}): ReactNode {
  const { t } = useTranslation();
  const mark = marks.leftOut.get(model.name) ?? marks.pool.get(model.alias);
  const ruled = model.typed ? choice.ruled(model.name) : model.alias;
  return (
    <div className={`mx-2 rounded-sm px-2 py-px ${mark ? 'bg-warn-soft' : ''}`}>
      <div className="grid grid-cols-[minmax(0,1fr)_16px_minmax(0,1fr)_28px] items-center gap-2">
        <span className="mono cut text-ink-2" title={model.name}>
          {cutMiddle(model.name, 34)}
        </span>
        <ArrowRight size={14} className="text-ink-3" aria-hidden />
        <AliasInput model={model} choice={choice} />
        <IconButton
          label={t('dialog.leaveOut', { name: model.name })}
          onClick={() => choice.toggle(model.name)}
        >
          <X size={14} aria-hidden />
        </IconButton>
      </div>
      {model.typed && ruled !== model.alias && (
        <div className="text-right">
          <Button look="link" className="text-xs" onClick={() => choice.typeAlias(model.name, '')}>
            {t('dialog.useRule', { alias: ruled })}
          </Button>
        </div>
      )}
      {mark && (
        <p className="flex gap-1.5 pb-1 text-xs text-ink-2">
          <Layers size={14} className="mt-px flex-none text-warn" aria-hidden />
          {mark}
        </p>
      )}
    </div>
  );
}

/** Keeps the typed text even while it is empty; the alias changes with every letter. */
export function AliasInput({
  model,
  choice,
  focused,
  onDone,
}: {
  model: ChosenModel;
  choice: Choice;
  /** Takes the focus when it appears. */
  focused?: boolean;
  onDone?: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  return (
    <input
      ref={field}
      className="mono h-7 min-w-0 rounded-xs border-0 border-b border-control bg-sunken px-2 focus:bg-surface"
      aria-label={t('dialog.alias', { name: model.name })}
      value={typed ?? model.alias}
      spellCheck={false}
      autoComplete="off"
      onBlur={() => {
        setTyped(null);
        onDone?.();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && onDone) {
          event.preventDefault();
          event.currentTarget.blur();
        }
      }}
      onChange={(event) => {
        setTyped(event.target.value);
        choice.typeAlias(model.name, event.target.value);
      }}
    />
  );
}
