import { ArrowDown, ArrowUp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { RULE_FIELDS, type Rule, type RuleKind } from '../../core/aliases/rule-set';
import type { PatternProblem } from '../../core/aliases/parse-pattern';
import { IconButton } from '../parts/button';
import { Field } from '../parts/field';

/** What the fields of a rule are called, and how they are filled in. */
const FIND = {
  'strip-brackets': ['aliases.field.keepMarks', 'aliases.field.marksHelp'],
  replace: ['aliases.field.find', 'aliases.field.findHelp'],
  pattern: ['aliases.field.pattern', 'aliases.field.patternHelp'],
  only: ['aliases.field.words', 'aliases.field.wordsHelp'],
  without: ['aliases.field.words', 'aliases.field.wordsHelp'],
} as const satisfies Partial<Record<RuleKind, readonly [string, string]>>;
const PUT = {
  replace: 'aliases.field.put',
  pattern: 'aliases.field.put',
  prefix: 'aliases.field.before',
  suffix: 'aliases.field.behind',
} as const satisfies Partial<Record<RuleKind, string>>;
/** Kinds that do nothing as long as nothing is looked for. */
const NEEDS_FIND: readonly RuleKind[] = ['replace', 'pattern', 'only', 'without'];

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
  const { kind } = rule;
  const name = t(`aliases.kind.${kind}.name`);
  const find = kind in FIND ? FIND[kind as keyof typeof FIND] : undefined;
  const put = kind in PUT ? PUT[kind as keyof typeof PUT] : undefined;
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
      {(find ?? put) && (
        <div className="grid gap-x-3 gap-y-1 pb-2 pl-6 pr-2 sm:grid-cols-2">
          {find && (
            <Field
              mono
              spellCheck={false}
              autoComplete="off"
              className={put ? '' : 'sm:col-span-2'}
              label={t(find[0])}
              value={rule.find ?? ''}
              wrong={problem && t(`aliases.problem.${problem.problem}`, { part: problem.part })}
              help={NEEDS_FIND.includes(kind) && !rule.find?.trim() ? t('aliases.idle') : t(find[1])}
              onChange={(event) => onEdit({ ...rule, find: event.target.value })}
            />
          )}
          {put && (
            <Field
              mono
              spellCheck={false}
              autoComplete="off"
              className={find ? '' : 'sm:col-span-2'}
              label={t(put)}
              value={rule.put ?? ''}
              help={kind === 'pattern' ? t('aliases.field.putHelp') : undefined}
              onChange={(event) => onEdit({ ...rule, put: event.target.value })}
            />
          )}
          {RULE_FIELDS[kind].includes('exact') && (
            <label className="flex min-h-7 cursor-pointer items-center gap-2">
              <input
                type="checkbox"
                checked={rule.exact ?? false}
                onChange={(event) => onEdit({ ...rule, exact: event.target.checked })}
              />
              {t('aliases.field.exact')}
            </label>
          )}
        </div>
      )}
    </div>
  );
}
