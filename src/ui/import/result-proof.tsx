import type { ReactNode } from 'react';
import type { ProvedCard } from '../../core/cliproxyapi/proved-card';
import { groupBy } from '../../core/group-by';
import { ModelNames } from '../dialogs/model-names';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import type { SentImport } from '../import-store';
import { NextSteps } from './next-steps';
import { sayReason, sentences } from '../say';
import { useTranslation } from '../use-translation';

/** How it was checked, for this very key, and why some models are not served. */
export function ResultProof({
  state: { opened, plan },
  card,
}: {
  state: SentImport;
  card: ProvedCard;
}): ReactNode {
  const { t } = useTranslation();
  const { imports } = usePage();
  const { keyId, keyName: name } = opened;
  const view = (): void => imports.setState({ kind: 'entry', keyId, name }, true);
  const { basis, unsure, chats, missing, served, total } = card;
  const others = plan.changes.some(
    (change) => change.kind === 'in-it' && change.keys > 0 && change.models > 0,
  );
  const reasons = groupBy(missing, ({ reason, by }) => sayReason(t, reason, by));
  const unnamed = total - served - missing.length;
  return (
    <div className="mt-1 flex flex-col gap-1.5 text-xs text-ink-2">
      <p>
        {sentences(t, [
          basis === 'registry' && t('result.how.registry', { mask: opened.mask }),
          basis === 'listed' && t('notice.listedHelp'),
          unsure && t('notice.unsureHelp'),
          basis === 'registry' && others && t('result.how.others'),
          chats && chats.tried > 0
            ? t('result.how.chats', { answered: chats.answered, count: chats.tried })
            : basis === 'registry' && t('result.how.noChats'),
        ])}{' '}
        <Button look="link" className="text-xs" onClick={view}>
          {t('result.view')}
        </Button>
      </p>
      {missing.length > 0 && served > 0 && <b>{t('result.notServed', { count: total - served })}</b>}
      {reasons.size > 0 && (
        <ul className="list-disc pl-5">
          {[...reasons].map(([reason, models]) => (
            <li key={reason}>
              {reason}: <ModelNames models={models} />
            </li>
          ))}
          {unnamed > 0 && <li>{t('common.andMore', { count: unnamed })}</li>}
        </ul>
      )}
      {missing.length > 0 && served > 0 && (
        <p>
          {sentences(t, [
            t('result.rest'),
            missing.some(({ reason }) => reason === 'not-listed') && t('result.wait'),
          ])}
        </p>
      )}
      <NextSteps keyId={keyId} card={card} look="primary" />
    </div>
  );
}
