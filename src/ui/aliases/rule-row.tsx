import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { RULE_FIELDS, type Rule, type RuleKind } from '../../core/aliases/rule-set';
import type { PatternProblem } from '../../core/aliases/parse-pattern';
import { IconButton } from '../parts/button';
import { CheckBox } from '../parts/inputs';
import { Field } from '../parts/field';

type Word = keyof (typeof import('../../../locales/en.json'))['aliases']['field'];
type Words = readonly [label: Word, help?: Word];

/** What the fields of a rule are called, and how they are filled in. */
const FIELDS: Partial<Record<RuleKind, { find?: Words; put?: Words }>> = {
  'strip-brackets': { find: ['keepMarks', 'marksHelp'] },
  replace: { find: ['find', 'findHelp'], put: ['put'] },
  pattern: { find: ['pattern', 'patternHelp'], put: ['put', 'putHelp'] },
  only: { find: ['words', 'wordsHelp'] },
  without: { find: ['words', 'wordsHelp'] },
  prefix: { put: ['before'] },
  suffix: { put: ['behind'] },
};

/** One rule with its fields, its place, and why it is passed over if it is. */
export function RuleRow({
  rule,
  number,
  isLast,
  touches,
  problem,
  onEdit,
  onMove,
  onRemove,
}: {
  rule: Rule;
  number: number;
  isLast: boolean;
  /** How many of the names that it is tried on it changes or leaves out. */
  touches: number;
  problem: PatternProblem | undefined;
  onEdit(rule: Rule): void;
  onMove(by: 1 | -1): void;
  onRemove(): void;
}): ReactNode {
  const { t } = useTranslation();
  const name = t(`aliases.kind.${rule.kind}.name`);
  const label = { number, name };
  return (
    <div
      role="group"
      aria-label={t('aliases.ruleOf', label)}
      className="rounded-sm border border-line bg-sunken py-1 pl-3 pr-1"
    >
      <div className="flex items-center gap-1">
        <span className="w-5 flex-none tabular-nums text-ink-3">{number}</span>
        <b className="min-w-0 flex-1">{name}</b>
        <span className="text-xs tabular-nums text-ink-3">{t('aliases.touches', { count: touches })}</span>
        <IconButton
          label={t('aliases.up', label)}
          hotkey="Alt+↑"
          disabled={number === 1}
          onClick={() => onMove(-1)}
        >
          <ArrowUp size={16} aria-hidden />
        </IconButton>
        <IconButton
          label={t('aliases.down', label)}
          hotkey="Alt+↓"
          disabled={isLast}
          onClick={() => onMove(1)}
        >
          <ArrowDown size={16} aria-hidden />
        </IconButton>
        <IconButton data-remove label={t('aliases.remove', label)} onClick={onRemove}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <RuleFields rule={rule} problem={problem} onEdit={onEdit} />
    </div>
  );
}

function RuleFields({
  rule,
  problem,
  onEdit,
}: {
  rule: Rule;
  problem: PatternProblem | undefined;
  onEdit(rule: Rule): void;
}): ReactNode {
  const { t } = useTranslation();
  const { kind } = rule;
  const { find, put } = FIELDS[kind] ?? {};
  if (!find && !put) return null;
  // Brackets are stripped without a mark to keep, too; other kinds do nothing as long as nothing is looked for.
  const idle = kind !== 'strip-brackets' && !rule.find?.trim() && t('aliases.idle');
  const wrong = problem && t(`aliases.problem.${problem.problem}`, { part: problem.part });
  const field = (name: 'find' | 'put', [label, help]: Words): ReactNode => (
    <Field
      mono
      spellCheck={false}
      autoComplete="off"
      className={find && put ? '' : 'sm:col-span-2'}
      label={t(`aliases.field.${label}`)}
      value={rule[name] ?? ''}
      wrong={name === 'find' ? wrong : undefined}
      help={(name === 'find' && idle) || (help && t(`aliases.field.${help}`))}
      onChange={(event) => onEdit({ ...rule, [name]: event.target.value })}
    />
  );
  return (
    <div className="grid gap-x-3 gap-y-1 pb-2 pl-6 pr-2 sm:grid-cols-2">
      {find && field('find', find)}
      {put && field('put', put)}
      {RULE_FIELDS[kind].includes('exact') && (
        <CheckBox checked={rule.exact ?? false} onChange={(exact) => onEdit({ ...rule, exact })}>
          {t('aliases.field.exact')}
        </CheckBox>
      )}
    </div>
  );
}
