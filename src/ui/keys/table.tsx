import { Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { KeyView } from '../../core/view/view';
import { keyState, sourceOf } from './state';
import { IconButton } from '../parts/button';
import { Amount } from './amount';
import { KeyActions } from './actions';
import { SelectBox } from './card';
import { NextSteps, RunningEnd } from './card-foot';
import { Monogram } from '../parts/monogram';
import { Status } from '../parts/status';
import { rowAttributes, type KeyListState } from './use-key-list';
import { useWindowRows } from '../parts/use-window-rows';
import { TableHead } from '../parts/table-head';

/** The last one is fixed: every row is a grid of its own, and all must have the same columns. */
const COLUMNS = 'grid-cols-[16px_minmax(0,2fr)_minmax(0,0.5fr)_minmax(104px,0.6fr)_minmax(0,1.1fr)_244px]';
const ROW_PX = 52;
/** The columns to sort by, and their names. */
const HEADS = [
  ['name', 'key'],
  ['group', 'group'],
  ['balance', 'balance'],
  ['state', 'state'],
] as const;

/** One key a row; only the rows in sight are drawn, so that a thousand scroll like ten. */
export function KeyTable({ list, onEdit }: { list: KeyListState; onEdit(id: string): void }): ReactNode {
  const { t } = useTranslation();
  const { shown, filter, narrow } = list;
  const { body, height, rows, measure } = useWindowRows(
    shown.map(({ id }) => id),
    ROW_PX,
  );
  return (
    <div
      className="panel overflow-hidden"
      role="table"
      aria-label={t('popup.keys')}
      aria-rowcount={shown.length + 1}
    >
      <TableHead
        columns={COLUMNS}
        shown={shown}
        selection={list.selection}
        heads={HEADS.map(([by, name]) => [by, t(`keysPage.head.${name}`), by === 'balance'])}
        filter={filter}
        onSort={narrow}
      />
      <div ref={body} role="rowgroup" className="relative" style={{ height }}>
        {rows.map(({ index, key, style }) => {
          const keyView = shown[index];
          return (
            keyView && (
              <div
                key={key}
                ref={measure}
                data-index={index}
                className="absolute inset-x-0 top-0"
                style={style}
              >
                <Row keyView={keyView} at={index} list={list} onEdit={onEdit} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function Row({
  keyView,
  at,
  list,
  onEdit,
}: {
  keyView: KeyView;
  at: number;
  list: KeyListState;
  onEdit(id: string): void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const { id, running, card, group } = keyView;
  const state = keyState(t, i18n.language, keyView);
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      {...rowAttributes(keyView, state, list)}
      className={`grid ${COLUMNS} min-h-[52px] items-center gap-3 border-b border-line px-3 py-1.5 ${list.selection.ids.has(id) ? 'bg-accent-soft' : 'hover:bg-sunken'}`}
    >
      <div role="cell" className="flex">
        <SelectBox keyView={keyView} list={list} />
      </div>
      <NameCell keyView={keyView} />
      <div role="cell" className="cut text-ink-2" title={group}>
        {group}
      </div>
      <div role="cell">
        <Amount keyView={keyView} />
      </div>
      <div role="cell" className="min-w-0" title={state.detail}>
        <Status tone={state.tone} live>
          {state.text}
        </Status>
        {!running && card && <NextSteps keyView={keyView} card={card} />}
      </div>
      <div role="cell" className="flex items-center justify-end gap-0.5">
        {running ? (
          <RunningEnd keyId={id} running={running} />
        ) : (
          <IconButton label={t('card.edit')} onClick={() => onEdit(id)}>
            <Pencil size={16} aria-hidden />
          </IconButton>
        )}
        <KeyActions keyView={keyView} ferry={state.ferry} />
      </div>
    </div>
  );
}

function NameCell({ keyView }: { keyView: KeyView }): ReactNode {
  const { name, note, relayName, mask } = keyView;
  return (
    <div role="cell" className="flex min-w-0 items-center gap-2.5">
      <Monogram small name={relayName} />
      <div className="min-w-0">
        <div className="cut font-semibold" title={note || name}>
          {name}
        </div>
        <div className="cut text-xs text-ink-3">
          {sourceOf(keyView)} · <span className="mono">{mask}</span>
        </div>
      </div>
    </div>
  );
}
