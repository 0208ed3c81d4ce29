import type { ReactNode } from 'react';
import type { CarryItem } from '../../core/carry-over/view';
import { Names as Listed } from '../dialogs/plan-rows';
import { VirtualList } from '../dialogs/virtual-list';
import { Button } from '../parts/button';
import { SelectedCount } from '../parts/list-controls';
import { useSelection, withShift, type Selection } from '../parts/use-selection';
import { useTranslation } from '../use-translation';
import type { Names } from './use-carry';

const ROW = 72;
const KINDS = ['entry', 'keys', 'models'] as const;

/** All that is missing, in groups, to be chosen from. */
export function Missing({
  items,
  names,
  onPlan,
}: {
  items: readonly CarryItem[];
  names: Names;
  onPlan(chosen: readonly CarryItem[]): void;
}): ReactNode {
  const { t } = useTranslation();
  const selection = useSelection(items);
  return (
    <>
      <div
        className="mt-3 flex min-h-8 flex-wrap items-center gap-3"
        role="group"
        aria-label={t('carry.bar')}
      >
        <SelectedCount shown={items} selection={selection} />
        <Button
          look="primary"
          className="ml-auto"
          disabled={selection.ids.size === 0}
          onClick={() => onPlan(items.filter(({ id }) => selection.ids.has(id)))}
        >
          {t('carry.plan')}
        </Button>
      </div>
      {KINDS.map((kind) => (
        <Group
          key={kind}
          title={t(`carry.group.${kind}`, { ...names })}
          items={items.filter((item) => item.kind === kind)}
          names={names}
          selection={selection}
        />
      ))}
    </>
  );
}

function Group({
  title,
  items,
  names,
  selection,
}: {
  title: string;
  items: readonly CarryItem[];
  names: Names;
  selection: Selection;
}): ReactNode {
  if (items.length === 0) return null;
  return (
    <>
      <h3 className="mt-3 mb-1 font-semibold">
        {title} <span className="tabular-nums font-normal text-ink-3">{items.length}</span>
      </h3>
      <div
        className="flex max-h-[50vh] flex-none flex-col rounded-md border border-line"
        style={{ height: Math.min(360, items.length * ROW) }}
      >
        <VirtualList items={items} rowKey={({ id }) => id} height={ROW} label={title}>
          {(item) => <Row item={item} items={items} names={names} selection={selection} />}
        </VirtualList>
      </div>
    </>
  );
}

function Row({
  item,
  items,
  names,
  selection,
}: {
  item: CarryItem;
  items: readonly CarryItem[];
  names: Names;
  selection: Selection;
}): ReactNode {
  const { t } = useTranslation();
  const { id, list, label, baseUrl, masks, models } = item;
  return (
    <div className="flex items-start gap-2 border-b border-line px-3 py-2">
      <input
        type="checkbox"
        className="mt-0.5"
        aria-label={t('batch.select', { name: label })}
        checked={selection.ids.has(id)}
        onChange={({ nativeEvent }) => selection.toggle(id, withShift(nativeEvent) ? items : [])}
      />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap gap-x-3">
          <b className="cut min-w-0">{label}</b>
          {models > 0 && <span className="text-ink-3">{t('common.models', { count: models })}</span>}
        </div>
        <div className="mono cut text-xs text-ink-3">
          {baseUrl}
          {list !== 'openai-compatibility' && ` · ${list}`}
        </div>
        {masks.length > 0 && (
          <div className="mono text-xs">
            <Listed names={masks} />
          </div>
        )}
        <State item={item} names={names} />
      </div>
    </div>
  );
}

/** What it goes into, and what is switched off. */
function State({ item: { paused, into }, names }: { item: CarryItem; names: Names }): ReactNode {
  const { t } = useTranslation();
  const said = [
    into && t('carry.into', { name: into.label }),
    paused && !into && t('carry.comesPaused'),
    paused && into && !into.paused && t('carry.pausedThere', { ...names }),
    into?.paused && t('carry.pausedHere', { ...names }),
  ].flatMap((text) => text || []);
  return said.map((text) => (
    <p key={text} className="text-xs text-ink-2">
      {text}
    </p>
  ));
}
