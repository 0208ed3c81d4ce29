import { Layers, Pencil } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { modelKind } from '../../core/aliases/model-kind';
import { IconButton } from '../parts/button';
import { AliasInput } from './alias-editor';
import { ChooseMany, FoundModels, ModelSearch, useModelSearch } from './model-picker';
import type { RowMarks } from './row-marks';
import { RuleChoice } from './rule-choice';
import type { Choice } from './use-model-choice';

/** The popup's form: one list, each row with the name that clients see above the relay's own. */
export function NarrowModels({ choice, marks }: { choice: Choice; marks: RowMarks }): ReactNode {
  const { t } = useTranslation();
  const search = useModelSearch(choice);
  const [editing, setEditing] = useState('');
  // A model that is also served under its own name comes twice: first with its alias.
  const byName = new Map(choice.models.toReversed().map((model) => [model.name, model]));
  return (
    <section className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-col gap-2 px-4 pt-3">
        <ModelSearch search={search} />
        <RuleChoice choice={choice} />
        <ChooseMany choice={choice} />
      </div>
      <FoundModels search={search} height={44}>
        {(name) => {
          const model = byName.get(name);
          const kind = modelKind(name);
          const mark = marks.leftOut.get(name) ?? (model && marks.pool.get(model.alias));
          return (
            <div
              className={`mx-2 flex items-center gap-2 rounded-sm px-2 py-1 ${mark ? 'bg-warn-soft' : ''}`}
            >
              <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2">
                <input
                  type="checkbox"
                  aria-label={name}
                  checked={model !== undefined}
                  onChange={() => choice.toggle(name)}
                />
                <span className="min-w-0 flex-1">
                  {model && editing === name ? (
                    <AliasInput model={model} choice={choice} focused onDone={() => setEditing('')} />
                  ) : (
                    <span className={`mono cut block ${model ? '' : 'text-ink-3'}`}>
                      {model?.alias ?? name}
                    </span>
                  )}
                  <span className="mono cut block text-xs text-ink-3">
                    {kind === 'chat' ? name : t(`dialog.kind.${kind}`)}
                  </span>
                  {mark && (
                    <span className="flex gap-1 text-xs text-warn">
                      <Layers size={14} className="flex-none" aria-hidden />
                      {mark}
                    </span>
                  )}
                </span>
              </label>
              {model && editing !== name && (
                <IconButton label={t('dialog.editAlias', { name })} onClick={() => setEditing(name)}>
                  <Pencil size={14} aria-hidden />
                </IconButton>
              )}
            </div>
          );
        }}
      </FoundModels>
    </section>
  );
}
