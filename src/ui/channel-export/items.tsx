import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ExportItem } from '../../core/channels/view';
import { BarredNote } from '../dialogs/barred-note';
import { TroubleNote } from '../dialogs/trouble-note';
import { sayNames, sayWhole } from '../say';
import { VirtualList } from '../dialogs/virtual-list';

const ROW_PX = 54;

/** The plan of each key. Only the rows in sight are drawn. */
export function ExportItems({ items }: { items: readonly ExportItem[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <div
      className="flex max-h-[40vh] flex-none flex-col rounded-md border border-line"
      style={{ height: Math.min(280, items.length * ROW_PX) }}
    >
      <VirtualList
        items={items}
        rowKey={({ keyId }) => keyId}
        height={ROW_PX}
        label={t('channelExport.items')}
        tabStop
      >
        {(item) => <Item item={item} />}
      </VirtualList>
    </div>
  );
}

const SIGNS = {
  create: ['+', 'text-ok'],
  update: ['~', 'text-warn'],
  unchanged: ['=', 'text-ink-3'],
  'passed-over': ['=', 'text-ink-3'],
  failed: ['×', 'text-danger'],
} as const;

function Item({ item }: { item: ExportItem }): ReactNode {
  const { t } = useTranslation();
  const { kind, keyName, mask, models, leftOut } = item;
  const [sign, tone] = SIGNS[kind];
  return (
    <div className="grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2 border-b border-line px-3 py-2">
      <span className={`mono font-semibold ${tone}`}>
        <span aria-hidden="true">{sign}</span>
        <span className="sr-only">{t(`channelExport.plan.${kind}`)}</span>
      </span>
      <div className="min-w-0">
        <div className="cut">
          <b>{keyName}</b> <span className="mono text-xs text-ink-3">{mask}</span>
        </div>
        <div
          className={`text-xs [overflow-wrap:anywhere] ${kind === 'failed' ? 'text-danger' : 'text-ink-3'}`}
        >
          <About item={item} />
        </div>
        <TroubleNote keyIds={[item.keyId]} />
        <BarredNote names={item.barred} />
      </div>
      {kind !== 'failed' && (
        <div className="text-right text-xs tabular-nums text-ink-2">
          {t('common.models', { count: models })}
          {leftOut !== undefined && (
            <div className="text-warn">{t('channelExport.leftOut', { count: leftOut })}</div>
          )}
        </div>
      )}
    </div>
  );
}

/** The channel of the key, or why there is none. */
function About({ item }: { item: ExportItem }): ReactNode {
  const { t, i18n } = useTranslation();
  switch (item.kind) {
    case 'failed':
      return sayWhole(t, item.failure, i18n.language);
    case 'passed-over':
      return t('channelExport.passed', {
        count: item.candidates.length,
        names: sayNames(
          t,
          item.candidates.map(({ name }) => name),
        ),
      });
    default:
      return t(`channelExport.about.${item.kind}`, { name: item.channelName });
  }
}
