import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { QUICK } from '../../core/aliases/rules-for';
import { Select, type SelectProps } from '../parts/select';
import { useView } from '../use-view';

/** Chooses a rule set; `first`: other choices, before the built-in rules. */
export function RuleSetSelect({
  value,
  first,
  onChange,
}: {
  value: string;
  first?: readonly [string, string];
  onChange(id: string): void;
}): ReactNode {
  const { t } = useTranslation();
  const { ruleSets } = useView().settings;
  const choices: SelectProps<string>['choices'] = [
    ...(first ? [first] : []),
    [QUICK, t('dialog.quickRules')],
    ...ruleSets.map(({ id, name }) => [id, name] as const),
  ];
  return (
    <span className="field max-w-full flex-1">
      <Select value={value} onChange={onChange} choices={choices} />
    </span>
  );
}
