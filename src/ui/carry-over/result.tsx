import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { CarriedRow, CarryOutcome } from '../../core/carry-over/view';
import { FailureNote } from '../parts/failure-text';
import { Status, type StatusTone } from '../parts/status';
import { useTranslation } from '../use-translation';
import type { Names } from './use-carry';

/** How each entry ended, and why later ones were not written. */
export function CarryResult({
  end: { rows, failure },
  names,
}: {
  end: Extract<CarryOutcome, { kind: 'done' }>;
  names: Names;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {rows.length > 0 && (
        <>
          <p className="font-medium" role="status">
            {t(failure ? 'carry.partly' : 'carry.done', { ...names })}
          </p>
          <ul className="max-h-[40vh] overflow-y-auto rounded-md border border-line">
            {rows.map((row, at) => (
              <li
                key={`${at} ${row.label}`}
                className="flex flex-wrap items-center gap-x-3 border-b border-line px-3 py-2 last:border-b-0"
              >
                <b className="cut min-w-0 flex-1">{row.label}</b>
                <Ended row={row} />
                {row.dropped.length > 0 && (
                  <p className="w-full text-xs text-warn">
                    {t('carry.dropped', { ...names, fields: row.dropped.join(t('common.listComma')) })}
                  </p>
                )}
              </li>
            ))}
          </ul>
          <p className="text-xs text-ink-3">{t('carry.how', { ...names })}</p>
        </>
      )}
      {failure && <FailureNote failure={failure} />}
    </>
  );
}

function Ended({ row }: { row: CarriedRow }): ReactNode {
  const { t } = useTranslation();
  const [tone, text] = sayRow(t, row);
  return <Status tone={tone}>{text}</Status>;
}

function sayRow(t: TFunction, { paused, keys: count, served }: CarriedRow): [StatusTone, string] {
  if (paused) return ['none', t('carry.isPaused')];
  if (count === 0) return ['none', t('carry.unasked')];
  return [served === count ? 'ok' : 'warn', t('carry.served', { served, count })];
}
