import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { tracer } from '../../core/aliases/apply-rule-set';
import { ruleSetById, ruleSetIdFor } from '../../core/aliases/rules-for';
import { Note } from '../parts/note';
import { useView } from '../use-view';
import { RuleSetSelect } from '../models/rule-set-select';
import type { BatchControl } from './use-batch';

/** No rules for the batch as a whole: each relay keeps its own. */
const OWN = 'each its own';

/** One choice of alias rules for all keys of a batch; importing them remembers it for their relays. */
export function BatchRules({
  batch: { options, addresses, edit },
  dropped,
}: {
  batch: BatchControl;
  dropped: number;
}): ReactNode {
  const { t } = useTranslation();
  const { settings } = useView();
  const { ruleSet } = options;
  const ids = ruleSet === undefined ? addresses.map((address) => ruleSetIdFor(settings, address)) : [ruleSet];
  const inUse = [...new Set(ids)].flatMap((id) => ruleSetById(settings, id) ?? []);
  const choose = (id: string): void => edit({ ...options, ruleSet: id === OWN ? undefined : id });
  if (settings.ruleSets.length === 0) return null;
  return (
    <div className="flex flex-col gap-2">
      <label className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">{t('dialog.rules')}</span>
        <RuleSetSelect value={ruleSet ?? OWN} first={[OWN, t('batch.ownRules')]} onChange={choose} />
      </label>
      {dropped > 0 && <Note>{t('batch.dropped', { count: dropped })}</Note>}
      {inUse.map(({ id, name, rules }) => {
        const count = tracer(rules).problems.size;
        return (
          count > 0 && (
            <Note key={id} tone="warn">
              {t('aliases.note.passedOver', { name, count })}
            </Note>
          )
        );
      })}
    </div>
  );
}
