import { Pencil } from 'lucide-react';
import { memo, type CSSProperties, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { KeyView } from '../../core/view/view';
import { keyState, sourceOf } from './state';
import { IconButton } from '../parts/button';
import { Amount, Ending } from './amount';
import { KeyActions } from './actions';
import { SelectBox } from './card';
import { SignsOf, StateText } from './standing/signs-of';
import { NextSteps } from '../import/next-steps';
import { RunningEnd } from './card-foot';
import { Monogram } from '../parts/monogram';
import { Status } from '../parts/status';
import { rowAttributes, type RowPlace } from './row-attributes';
import { ALL_COLUMNS, useKeysInSight, useRoomFor, type KeyListState, type RowActions } from './use-key-list';
import { COLUMNS, TableHead } from '../parts/table-head';

/** Columns that give way where there is no room for all: a key's name, its mask and how it stands do not. */
interface Roomy {
  group: boolean;
  balance: boolean;
}

const templateOf = ({ group, balance }: Roomy): string =>
  [
    '16px minmax(0,2fr)',
    group ? 'minmax(0,0.5fr)' : '',
    balance ? 'minmax(104px,0.6fr)' : '',
    'minmax(0,1.1fr) 340px',
  ].join(' ');
const ROWS = { size: 53 };
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
  const { shown, filter, narrow, at, rows, selection } = list;
  const { ref, style, drawn } = useKeysInSight(list, ROWS);
  const roomy: Roomy = { group: useRoomFor(ALL_COLUMNS), balance: useRoomFor(830) };
  const columns = { '--columns': templateOf(roomy) } as CSSProperties;
  const heads = HEADS.filter(([by]) => by === 'name' || by === 'state' || roomy[by]);
  return (
    <div
      className="panel overflow-hidden"
      role="table"
      aria-label={t('popup.keys')}
      aria-rowcount={shown.length + 1}
      style={columns}
    >
      <TableHead
        columns={COLUMNS}
        shown={shown}
        selection={selection}
        heads={heads.map(([by, name]) => [by, t(`keysPage.head.${name}`), by === 'balance'])}
        filter={filter}
        onSort={narrow}
      />
      <div ref={ref} role="rowgroup" className="relative" style={style}>
        {drawn.map(({ index, style: place }) => {
          const keyView = shown[index];
          return (
            keyView && (
              <Row
                key={keyView.id}
                {...{ keyView, at: index, style: place, rows, onEdit, ...roomy }}
                active={index === at}
                selected={selection.ids.has(keyView.id)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface CellsProps extends Roomy {
  keyView: KeyView;
  rows: RowActions;
  selected: boolean;
  onEdit(id: string): void;
}

function Row({ at, active, style, ...cells }: CellsProps & RowPlace): ReactNode {
  const { t, i18n } = useTranslation();
  const { keyView, rows, selected } = cells;
  const state = keyState(t, i18n.language, keyView);
  return (
    <div
      role="row"
      aria-rowindex={at + 2}
      {...rowAttributes(keyView, state, { at, active, style, rows })}
      className={`grid ${COLUMNS} min-h-[52px] items-center gap-3 border-b border-line px-3 py-1.5 ${selected ? 'bg-accent-soft' : 'hover:bg-sunken'}`}
    >
      <Cells {...cells} />
    </div>
  );
}

/** Drawn anew when the key or its selection changes, and not with its place in the table. */
const Cells = memo(function Cells({ keyView, rows, selected, onEdit, ...roomy }: CellsProps): ReactNode {
  const { t, i18n } = useTranslation();
  const { id, running, card, group } = keyView;
  const state = keyState(t, i18n.language, keyView);
  return (
    <>
      <div role="cell" className="flex">
        <SelectBox keyView={keyView} rows={rows} selected={selected} />
      </div>
      <NameCell keyView={keyView} />
      {roomy.group && (
        <div role="cell" className="cut text-ink-2" title={group}>
          {group}
        </div>
      )}
      {roomy.balance && (
        <div role="cell" className="flex flex-col items-end text-right text-xs text-ink-3">
          <Amount keyView={keyView} />
          <Ending keyView={keyView} />
        </div>
      )}
      <div role="cell" className="min-w-0" title={state.detail}>
        <Status tone={state.tone} live>
          <StateText keyView={keyView} text={state.text} />
        </Status>
        <SignsOf keyView={keyView} />
        {!running && card && <NextSteps keyId={keyView.id} card={card} />}
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
    </>
  );
});

function NameCell({ keyView }: { keyView: KeyView }): ReactNode {
  const { name, note, relayName, mask } = keyView;
  return (
    <div role="cell" className="flex min-w-0 items-center gap-2.5">
      <Monogram small name={relayName} />
      <div className="min-w-0">
        <div className="cut font-semibold" title={note || name}>
          {name}
        </div>
        {/* Of a long name of a relay the end is cut, and never the mask. */}
        <div className="flex text-xs text-ink-3">
          <span className="cut">{sourceOf(keyView)}</span>
          <span className="flex-none">
            {'\u00a0· '}
            <span className="mono">{mask}</span>
          </span>
        </div>
      </div>
    </div>
  );
}
