import { ArrowDownUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { IconButton } from './button';
import { ListSelect } from './list-controls';
import type { SelectProps } from './select';

/** Values to choose from, and the chosen one where it is none of them any more: else the control would name another. */
export const withChosen = <T,>(values: readonly T[], chosen: T | null): readonly T[] =>
  chosen === null || values.includes(chosen) ? values : [...values, chosen];

/** A group, or all of them (null); nothing where there is no choice. */
export function GroupSelect({
  groups,
  value,
  onChange,
  className,
}: {
  groups: readonly string[];
  value: string | null;
  onChange(group: string | null): void;
  className?: string;
}): ReactNode {
  const { t } = useTranslation();
  return (
    (groups.length > 1 || value !== null) && (
      <ListSelect
        label={t('keysPage.group')}
        value={value ?? ''}
        onChange={(group) => onChange(group || null)}
        choices={[
          ['', t('keysPage.allGroups')],
          ...withChosen(groups, value).map((group) => [group, group] as const),
        ]}
        {...(className && { className })}
      />
    )
  );
}

/** What a list is sorted by and, where it can be, which way round. */
export function SortSelect<T extends string>({
  filter,
  onSort,
  choices,
  turnable = true,
}: {
  filter: { sort: T; down: boolean };
  onSort(change: { sort: NoInfer<T> } | { down: boolean }): void;
  choices: SelectProps<T>['choices'];
  turnable?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <ListSelect
        label={t('keysPage.sortBy')}
        className="w-40"
        value={filter.sort}
        onChange={(sort) => onSort({ sort })}
        choices={choices}
      />
      {turnable && (
        <IconButton
          label={t('keysPage.turnOrder')}
          aria-pressed={filter.down}
          onClick={() => onSort({ down: !filter.down })}
        >
          <ArrowDownUp size={16} aria-hidden />
        </IconButton>
      )}
    </>
  );
}
