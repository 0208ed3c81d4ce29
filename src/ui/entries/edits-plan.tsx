import type { ReactNode } from 'react';
import { groupBy } from '../../core/group-by';
import { sum } from '../../core/sum';
import { amountsOf, sumChanges, sumPlans, type PlanSum } from '../../core/import/plan-sum';
import type { EditedView, EntriesView, LeftOutView } from '../../core/entries/view';
import { FileNotes } from '../dialogs/file-notes';
import { Names, PlanRows } from '../dialogs/plan-rows';
import { PlanSumLine, sayStays } from '../dialogs/plan-sum';
import { VirtualList } from '../dialogs/virtual-list';
import { Note } from '../parts/note';
import { sayWhole } from '../say';
import { useTranslation } from '../use-translation';

/** Pixels of a row with one change, and of each further change; drawn rows are measured. */
const ROW = 96;
const CHANGE = 40;
const TONE = { '+': 'text-ok', '~': 'text-warn', '−': 'text-danger' } as const;

const roomFor = ({ changes }: EditedView): number => ROW + CHANGE * Math.max(0, changes.length - 1);

/** What becomes of each entry, what will be lost, and what is left out and why. */
export function EditsPlan({
  view,
  replanned,
  ofKeys,
  place,
}: {
  view: EntriesView;
  replanned: boolean;
  /** Keys were selected; otherwise entries. */
  ofKeys: boolean;
  /** What the CLIProxyAPI is called that is changed. */
  place: string;
}): ReactNode {
  const { t } = useTranslation();
  const { entries, unchanged } = view;
  const total = sumEdits(view);
  const stays = sayStays(t, total, place);
  return (
    <>
      {replanned && <Note tone="warn">{t('sheet.replan')}</Note>}
      <div>
        {entries.length === 0 ? <p>{t('edits.nothing')}</p> : <PlanSumLine sum={total} />}
        {stays && <p className="text-ink-3">{stays}</p>}
      </div>
      {entries.length > 0 && (
        <div
          className="flex max-h-[50vh] flex-none flex-col rounded-md border border-line"
          style={{ height: Math.min(320, sum(entries.map(roomFor))) }}
        >
          <VirtualList
            items={entries}
            rowKey={({ list, index }) => `${list} ${index}`}
            height={ROW}
            label={t('edits.entries')}
            tabStop
          >
            {(entry) => <Row entry={entry} />}
          </VirtualList>
        </div>
      )}
      <FileNotes notices={view.file} />
      <LeftOut leftOut={view.leftOut} ofKeys={ofKeys} />
      {unchanged > 0 && <p className="text-ink-3">{t('edits.unchanged', { count: unchanged })}</p>}
    </>
  );
}

/** What becomes of all entries; an entry that goes takes its keys and models along. */
const sumEdits = ({ entries, rest, unchanged }: EntriesView): PlanSum => ({
  ...sumPlans(
    entries.map(({ goes, changes }) =>
      goes ? { removes: amountsOf({ providers: 1, ...goes }) } : sumChanges(changes),
    ),
  ),
  stays: amountsOf({ providers: rest + unchanged }),
});

function Row({ entry }: { entry: EditedView }): ReactNode {
  const { t } = useTranslation();
  const { list, label, baseUrl, goes, comes = false, changes, others } = entry;
  const sign = goes ? '−' : comes ? '+' : '~';
  return (
    <div className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-2 border-b border-line px-3 py-2">
      <span className={`mono font-semibold ${TONE[sign]}`}>
        <span aria-hidden="true">{sign}</span>
        <span className="sr-only">{t(`change.sign.${sign}`)}</span>
      </span>
      <div className="min-w-0">
        <div className="cut font-semibold">{label}</div>
        <div className="mono cut text-xs text-ink-3">
          {baseUrl}
          {list !== 'openai-compatibility' && ` · ${list}`}
        </div>
        {goes ? (
          <p className="text-danger">
            {t('edits.goes', {
              keys: t('common.keys', { count: goes.keys }),
              models: t('edits.mappings', { count: goes.models }),
            })}
          </p>
        ) : (
          <PlanRows changes={changes.filter(({ kind }) => kind !== 'provider')} />
        )}
        {others > 0 && <p className="text-xs text-warn">{t('edits.others', { count: others })}</p>}
      </div>
    </div>
  );
}

/** What is left out, by reason. */
function LeftOut({ leftOut, ofKeys }: { leftOut: readonly LeftOutView[]; ofKeys: boolean }): ReactNode {
  const { t, i18n } = useTranslation();
  if (leftOut.length === 0) return null;
  const reasons = groupBy(leftOut, ({ failure }) => sayWhole(t, failure, i18n.language));
  const count = leftOut.length;
  const what = ofKeys ? t('common.keys', { count }) : t('common.providers', { count });
  return (
    <Note tone="warn">
      <b>{t('edits.leftOut', { what })}</b>
      <ul className="mt-1">
        {[...reasons].map(([reason, those]) => (
          <li key={reason}>
            {reason}
            <Names names={those.map(({ name, mask }) => `${name} ${mask}`.trim())} />
          </li>
        ))}
      </ul>
    </Note>
  );
}
