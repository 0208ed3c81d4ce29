import { useMemo, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { ruleEffects } from '../../core/aliases/alias-models';
import { foreignText } from '../../core/foreign-text';
import { Disclosure } from '../dialogs/disclosure';
import { cutBoth } from '../format';
import { Button } from '../parts/button';
import { CheckBox } from '../parts/inputs';
import { useView } from '../use-view';
import { chatNames } from '../../core/aliases/proposed-models';
import { RuleNotes } from './rule-notes';
import { RuleSetSelect } from './rule-set-select';
import type { Choice } from './use-model-choice';

/** What clients call the models: the rules of this import, folded, and what they do besides renaming, always in sight. */
export function RenameRules({ choice }: { choice: Choice }): ReactNode {
  const { t } = useTranslation();
  const { ruleSets } = useView().settings;
  const { models, names, setId, inForce } = choice;
  const set = ruleSets.find(({ id }) => id === setId);
  const chat = useMemo(() => chatNames(names), [names]);
  const noted = useMemo(() => set ?? { ...inForce, name: t('dialog.quickRules') }, [set, inForce, t]);
  const renamed = models.filter(({ name, alias }) => name !== alias);
  const about = renamed.length > 0 ? t('dialog.renamed', { count: renamed.length }) : t('dialog.renamedNone');
  return (
    <div className="max-h-[50%] flex-none overflow-y-auto border-t border-line px-4 py-1">
      <Disclosure
        title={t('dialog.rules')}
        about={set ? t('dialog.bySet', { name: set.name, what: about }) : about}
      >
        <div className="flex flex-col gap-2">
          {ruleSets.length > 0 && (
            <label className="flex flex-wrap items-center gap-x-2">
              {t('dialog.ruleSet')}
              <RuleSetSelect value={setId} onChange={choice.chooseSet} />
            </label>
          )}
          {set ? (
            renamed.slice(0, 3).map((model) => <Example key={model.name} {...model} />)
          ) : (
            <BuiltInRules choice={choice} />
          )}
          {models.some(({ typed }) => typed) && (
            <Button small className="self-start" onClick={choice.resetNames}>
              {t('dialog.resetNames')}
            </Button>
          )}
        </div>
      </Disclosure>
      <RuleNotes set={noted} names={chat} />
    </div>
  );
}

/** Each rule that would change a name, with the first name that it changes; the others in one line. */
function BuiltInRules({ choice }: { choice: Choice }): ReactNode {
  const { t } = useTranslation();
  const effects = useMemo(() => ruleEffects(choice.models.map((model) => model.name)), [choice.models]);
  return (
    <div className="grid gap-1.5 sm:grid-cols-2" role="group" aria-label={t('dialog.rules')}>
      {effects.map(({ rule, count, ...example }) => (
        <CheckBox
          key={rule}
          checked={choice.rules.includes(rule)}
          onChange={() => choice.toggleRule(rule)}
          help={<Example {...example} />}
        >
          {t('dialog.ruleOn', { rule: t(`dialog.rule.${rule}`), count })}
        </CheckBox>
      ))}
      {effects.length === 0 && <p className="text-xs text-ink-2">{t('dialog.noEffect')}</p>}
    </div>
  );
}

function Example({ name, alias }: { name: string; alias: string }): ReactNode {
  const { t } = useTranslation();
  const [from, to] = cutBoth(name, alias, 44);
  return (
    <span
      className="mono cut block text-xs text-ink-2"
      title={`${foreignText(name)} → ${foreignText(alias)}`}
    >
      {t('change.arrow', { from, to })}
    </span>
  );
}
