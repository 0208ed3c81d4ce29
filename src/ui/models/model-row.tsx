import { ArrowRight, Layers, Undo2 } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ChosenModel } from '../../core/aliases/alias-models';
import { modelKind } from '../../core/aliases/model-kind';
import { cutBoth, cutMiddle } from '../format';
import { Button, IconButton } from '../parts/button';
import { AliasInput } from './alias-input';
import type { RowMarks } from './row-marks';
import type { Choice } from './use-model-choice';

interface RowProps {
  name: string;
  /** Undefined: it is not chosen. */
  model: ChosenModel | undefined;
  choice: Choice;
  marks: RowMarks;
  /** So many characters of both names fit. */
  room: number;
  /** The one row that the Tab key reaches. */
  active: boolean;
  editing: boolean;
  onEdit(edited: boolean): void;
}

/** One model: chosen or not, its name, the alias where that is another one, and what is odd about it. */
export function ModelRow({ name, model, choice, marks, room, active, editing, onEdit }: RowProps): ReactNode {
  const { t } = useTranslation();
  const ruled = choice.ruled(name);
  const mark = markOf();
  const tabIndex = active ? 0 : -1;
  const [shown, alias] = cutBoth(name, model && model.alias !== name ? model.alias : '', room);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'F2' || !model) return;
    event.preventDefault();
    onEdit(true);
  };
  return (
    <div className={mark ? 'bg-warn-soft' : 'hover:bg-hover'}>
      <div className="flex min-h-7 items-center gap-2 px-4">
        <label className="flex min-w-0 cursor-pointer items-center gap-2 py-1">
          <input
            type="checkbox"
            aria-label={name}
            tabIndex={tabIndex}
            checked={model !== undefined}
            onKeyDown={onKeyDown}
            onChange={() => choice.toggle(name)}
          />
          <span className={`mono cut ${!model || alias ? 'text-ink-2' : ''}`} title={name}>
            {editing ? cutMiddle(name, room / 2) : shown}
          </span>
        </label>
        {(editing || alias) && model && (
          <>
            <ArrowRight size={14} className="flex-none text-ink-3" aria-label={t('dialog.becomes')} />
            {editing ? (
              <AliasInput model={model} choice={choice} onDone={() => onEdit(false)} />
            ) : (
              <span className="mono cut font-medium" title={model.alias}>
                {alias}
              </span>
            )}
          </>
        )}
        {!editing && <span className="flex-1" />}
        <Tag name={name} model={model} choice={choice} />
        {model?.typed && !editing && ruled !== model.alias && (
          <IconButton
            label={t('dialog.useRule', { alias: ruled })}
            tabIndex={tabIndex}
            onClick={() => choice.typeAlias(name, '')}
          >
            <Undo2 size={14} aria-hidden />
          </IconButton>
        )}
        {model && !editing && (
          <Button
            small
            look="quiet"
            data-edit
            aria-label={t('dialog.editAlias', { name })}
            aria-keyshortcuts="F2"
            title="F2"
            tabIndex={tabIndex}
            onClick={() => onEdit(true)}
          >
            {t('dialog.rename')}
          </Button>
        )}
      </div>
      {mark && (
        <p className="flex gap-1.5 pb-1 pl-10 pr-4 text-xs text-ink-2">
          <Layers size={14} className="mt-px flex-none text-warn" aria-hidden />
          <span className="[overflow-wrap:anywhere]">{mark}</span>
        </p>
      )}
    </div>
  );

  /** What the plan says of the model, or why the rules could not rename it. */
  function markOf(): string | undefined {
    const planned = marks.leftOut.get(name) ?? (model && marks.pool.get(model.alias));
    if (planned || !model || model.typed || model.alias === ruled) return planned;
    return t('dialog.collision', { alias: ruled });
  }
}

/** What kind of model it is if it cannot chat, or what the rules do with it besides renaming. */
function Tag({ name, model, choice }: Pick<RowProps, 'name' | 'model' | 'choice'>): ReactNode {
  const { t } = useTranslation();
  const kind = modelKind(name);
  const keepsOwn = model && model.alias !== name && choice.hasOwnName(name);
  const tag =
    kind !== 'chat'
      ? t(`dialog.kind.${kind}`)
      : keepsOwn
        ? t('dialog.ownName')
        : !model && choice.isDropped(name) && t('dialog.byRules');
  return tag && <span className="flex-none rounded-full bg-sunken px-1.5 text-xs text-ink-2">{tag}</span>;
}
