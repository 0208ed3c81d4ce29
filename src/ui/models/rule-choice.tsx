import { useMemo, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { ALIAS_RULES, ruleCounts } from '../../core/aliases/alias-models';
import { QUICK } from '../../core/aliases/rules-for';
import { useView } from '../use-view';
import { Select, type SelectProps } from '../parts/select';
import { RuleNotes } from './rule-notes';
import { chatNames } from '../../core/aliases/proposed-models';
import type { Choice } from './use-model-choice';

/** The alias rules of this import: a set, if there are sets, or the quick switches. */
export function RuleChoice({ choice }: { choice: Choice }): ReactNode {
  const { t } = useTranslation();
  const { ruleSets } = useView().settings;
  const set = ruleSets.find(({ id }) => id === choice.setId);
  const chat = useMemo(() => chatNames(choice.names), [choice.names]);
  return (
    <div className="flex flex-col gap-1.5">
      {ruleSets.length > 0 && (
        <label className="flex flex-wrap items-center gap-x-2">
          {t('dialog.ruleSet')}
          <RuleSetSelect value={choice.setId} onChange={choice.chooseSet} />
        </label>
      )}
      {set ? <RuleNotes set={set} names={chat} /> : <RuleSwitches choice={choice} />}
    </div>
  );
}

/** Chooses a set; `first`: other choices, before the switches. */
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

/** The quick switches, each with the number of names that it changes. */
function RuleSwitches({ choice }: { choice: Choice }): ReactNode {
  const { t } = useTranslation();
  const counts = useMemo(() => ruleCounts(choice.models.map((model) => model.name)), [choice.models]);
  return (
    <div className="flex flex-wrap gap-1.5" role="group" aria-label={t('dialog.rules')}>
      {ALIAS_RULES.map((rule) => (
        <button
          key={rule}
          type="button"
          className="chip"
          aria-pressed={choice.rules.includes(rule)}
          onClick={() => choice.toggleRule(rule)}
        >
          {t(`dialog.rule.${rule}`)} <span className="tabular-nums text-ink-3">{counts[rule]}</span>
        </button>
      ))}
    </div>
  );
}
