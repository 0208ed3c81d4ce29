import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { VirtualList } from '../dialogs/virtual-list';
import { ChooseMany } from './choose-many';
import { ModelRow } from './model-row';
import { ModelSearch, useModelSearch } from './model-search';
import { RenameRules } from './rename-rules';
import type { RowMarks } from './row-marks';
import type { Choice } from './use-model-choice';

/** Which models go in: a list of one line each. What clients call them is a section of its own below it. */
export function ModelChoice({
  choice,
  marks,
  narrow,
  again,
}: {
  choice: Choice;
  marks: RowMarks;
  narrow: boolean;
  again(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { names, models } = choice;
  const search = useModelSearch(names);
  const [editing, setEditing] = useState('');
  // A model that is also served under its own name comes twice: first with its alias.
  const byName = useMemo(() => new Map(models.toReversed().map((model) => [model.name, model])), [models]);
  return (
    <section className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className="flex flex-col gap-1.5 px-4 pt-3">
        {!narrow && <h3>{t('dialog.offers', { count: names.length })}</h3>}
        <ModelSearch search={search} count={names.length} again={again} />
        <ChooseMany choice={choice} found={search.found} />
      </div>
      {search.found.length === 0 && (
        <p className="px-4 py-3 text-ink-3">{t('dialog.noMatch', { text: search.text })}</p>
      )}
      {models.length === 0 && <p className="px-4 pt-2 text-warn">{t('dialog.noNames')}</p>}
      <VirtualList
        items={search.found}
        rowKey={(name) => name}
        height={28}
        label={t('dialog.offers', { count: names.length })}
        roving="input[type='checkbox']"
      >
        {(name, active) => (
          <ModelRow
            name={name}
            model={byName.get(name)}
            choice={choice}
            marks={marks}
            // Characters of both names that fit beside each other.
            room={narrow ? 36 : 88}
            active={active}
            editing={editing === name}
            onEdit={(edited) => setEditing(edited ? name : '')}
          />
        )}
      </VirtualList>
      <RenameRules choice={choice} />
    </section>
  );
}
