import { useMemo, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { applyRuleSet, tracer, type NameRules } from '../../core/aliases/apply-rule-set';

/** Everything that a set does to these names besides renaming them: none of it may happen unseen. */
export function RuleNotes({
  set,
  names,
}: {
  set: NameRules & { name: string };
  names: readonly string[];
}): ReactNode {
  const { t } = useTranslation();
  const { dropped, collisions, passedOver } = useMemo(() => {
    const ruled = set.rules.length > 0 ? applyRuleSet(names, set) : [];
    const slow = ruled.flatMap((model) => model.slow);
    return {
      dropped: ruled.filter(({ droppedBy }) => droppedBy !== null).length,
      collisions: ruled.filter(({ collision }) => collision !== null).length,
      passedOver: new Set([...tracer(set.rules).problems.keys(), ...slow]).size,
    };
  }, [set, names]);
  const { name } = set;
  const lines = [
    dropped > 0 && t('aliases.note.dropped', { name, count: dropped }),
    collisions > 0 && t('aliases.note.collisions', { name, count: collisions }),
    passedOver > 0 && t('aliases.note.passedOver', { name, count: passedOver }),
  ].filter((line) => line !== false);
  return lines.map((line) => (
    <p key={line} className="text-xs text-ink-2">
      {line}
    </p>
  ));
}
