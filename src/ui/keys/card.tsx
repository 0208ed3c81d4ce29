import { Fragment, memo, Suspense, useState, type ReactNode } from 'react';
import type { KeyView, View } from '../../core/view/view';
import { formatAmount } from '../format';
import { lazyNamed } from '../lazy-named';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Monogram } from '../parts/monogram';
import { Status } from '../parts/status';
import type { RowsInSight } from '../parts/use-rows-in-sight';
import { withShift } from '../parts/use-selection';
import { useTranslation } from '../use-translation';
import { KeyActions } from './actions';
import { Amount, Ending } from './amount';
import { RunningEnd, Steps } from './card-foot';
import { NextSteps } from '../import/next-steps';
import { SignsOf, StateText } from './standing/signs-of';
import { keyState, sourceOf } from './state';
import { rowAttributes, type RowPlace } from './row-attributes';
import type { KeyListState, RowActions } from './use-key-list';

const Confirm = lazyNamed(() => import('../parts/confirm'), 'Confirm');

interface CardBodyProps {
  keyView: KeyView;
  rows: RowActions;
  selected: boolean;
  /** Its relay is named above it and its neighbours. */
  grouped: boolean;
  /** Whether cards have a box to choose them by. */
  choosing: boolean;
  /** Opens the key's own dialog; not in the popup. */
  onEdit?: ((keyId: string) => void) | undefined;
}

interface KeyCardProps extends CardBodyProps, RowPlace {
  /** How many cards the list has, drawn or not. */
  count: number;
}

/** One key: what it is, its state in CLIProxyAPI, and where it can be sent. All actions are always visible. */
function KeyCard({ at, count, active, style, ...body }: KeyCardProps): ReactNode {
  const { keyView, rows } = body;
  const { t, i18n } = useTranslation();
  const state = keyState(t, i18n.language, keyView);
  const border = keyView.running ? 'border-accent-line' : state.tone === 'ok' ? 'border-ok-line' : '';
  return (
    <li
      className={`panel px-2.5 py-2 ${border} ${body.selected ? 'border-accent bg-accent-soft' : ''}`}
      aria-setsize={count}
      aria-posinset={at + 1}
      {...rowAttributes(keyView, state, { at, active, style, rows })}
    >
      <CardBody {...body} />
    </li>
  );
}

/** Drawn anew when its key or its selection changes, and not with its place in the list. */
const CardBody = memo(function CardBody(props: CardBodyProps): ReactNode {
  const { keyView } = props;
  const { t, i18n } = useTranslation();
  const { order } = usePage();
  const [removing, setRemoving] = useState(false);
  const state = keyState(t, i18n.language, keyView);
  const { running, card } = keyView;
  return (
    <>
      <CardHead {...props} />
      {/* A long sentence takes the line to itself, and the row goes below it. */}
      <div className="flex min-h-7 flex-wrap items-center justify-end gap-x-2 gap-y-1">
        <div className="min-w-0 flex-auto">
          <Status tone={state.tone} live>
            <StateText keyView={keyView} text={state.text} />
          </Status>
        </div>
        {running && <RunningEnd keyId={keyView.id} running={running} />}
        <KeyActions keyView={keyView} ferry={state.ferry} onRemove={() => setRemoving(true)} />
      </div>
      {running && <Steps stage={running.stage} />}
      {state.detail && <p className="mt-1 text-xs text-ink-2">{state.detail}</p>}
      {!running && card && <NextSteps keyId={keyView.id} card={card} />}
      <Suspense>
        {removing && (
          <Confirm
            title={t('card.removeTitle')}
            text={t('card.removeText')}
            action={t('card.removeButton')}
            onConfirm={() => void order('key.remove', { keyId: keyView.id })}
            onCancel={() => setRemoving(false)}
          />
        )}
      </Suspense>
    </>
  );
});

function CardHead({ keyView, rows, selected, grouped, choosing, onEdit }: CardBodyProps): ReactNode {
  const { t } = useTranslation();
  const { isPopup } = usePage().page;
  const { speaks } = keyView;
  const mask = <span className="mono flex-none text-xs text-ink-3">{keyView.mask}</span>;
  // Beside the amount there is room for the shown ends of the key where no box and no second column take it.
  const short = grouped && isPopup && !choosing;
  return (
    <div className="flex items-start gap-2.5">
      {choosing && (
        <SelectBox
          className={grouped ? 'mt-0.5' : 'mt-1.5'}
          keyView={keyView}
          rows={rows}
          selected={selected}
        />
      )}
      {!grouped && <Monogram name={keyView.relayName} />}
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <div className="cut font-semibold" title={keyView.name}>
            {keyView.name}
          </div>
          {short && mask}
          <span className="ml-auto flex-none">
            <Amount keyView={keyView} />
          </span>
        </div>
        {/* The relay's name is not cut beside free space: only the key's stands beside the amount. */}
        <div className="flex min-w-0 gap-2 text-xs text-ink-3">
          {!grouped && <span className="cut">{sourceOf(keyView)}</span>}
          {!short && mask}
          {/* Nearly every relay speaks OpenAI's: no word for that. */}
          {speaks !== 'openai-compatibility' && (
            <span className="flex-none" title={t('keyDialog.speaks')}>
              {t(`speaks.${speaks}`)}
            </span>
          )}
          <Ending keyView={keyView} />
          <SignsOf keyView={keyView} />
          {onEdit && (
            <Button
              small
              look="link"
              className="-my-1.5 ml-auto"
              aria-label={t('card.edit')}
              onClick={() => onEdit(keyView.id)}
            >
              {t('dialog.rename')}…
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

/** Chooses a key for a batch; with Shift, all from the one chosen last to this one. */
export function SelectBox({
  keyView: { id, name },
  rows,
  selected,
  className,
}: Pick<CardBodyProps, 'keyView' | 'rows' | 'selected'> & { className?: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <input
      type="checkbox"
      className={className}
      aria-label={t('batch.select', { name })}
      checked={selected}
      onChange={({ nativeEvent }) => rows.toggle(id, withShift(nativeEvent))}
    />
  );
}

/** The cards in sight of a list. */
export function DrawnCards({
  list: { view, shown, at, rows, runs, selection },
  drawn,
  ...more
}: {
  list: KeyListState;
  drawn: RowsInSight<HTMLElement>['drawn'];
  choosing: boolean;
  onEdit?(keyId: string): void;
}): ReactNode {
  return drawn.map(({ index, style }) => {
    const keyView = shown[index];
    if (!keyView) return null;
    const run = runs.findLast((each) => each.at <= index);
    const grouped = run?.shared ?? false;
    const begins = run?.at === index && !style;
    return (
      <Fragment key={keyView.id}>
        {grouped && begins && (
          <RelayHead keyView={keyView} count={run?.count ?? 0} accounts={view.accounts} />
        )}
        <KeyCard
          {...{ keyView, at: index, rows, grouped }}
          style={begins && !grouped ? ROW_OF_ITS_OWN : style}
          count={shown.length}
          active={index === at}
          selected={selection.ids.has(keyView.id)}
          {...more}
        />
      </Fragment>
    );
  });
}

/** Not beside the last keys of the relay before it. */
const ROW_OF_ITS_OWN = { gridColumnStart: 1 };

/** Pixels of the name of a relay above its keys. */
export const RELAY_HEAD = 28;

/** The relay that keys share. A screen reader hears its name with each key. */
function RelayHead({
  keyView: { relayName, accountId },
  count,
  accounts,
}: {
  keyView: KeyView;
  count: number;
  accounts: View['accounts'];
}): ReactNode {
  const { t, i18n } = useTranslation();
  const balance = accounts.find(({ id }) => id === accountId)?.balance;
  return (
    <li
      aria-hidden="true"
      className="col-span-full flex items-center gap-2 text-xs text-ink-2"
      style={{ height: RELAY_HEAD }}
    >
      <Monogram small name={relayName} />
      <b className="cut text-ink">{relayName}</b>
      <span className="flex-none">{t('common.keys', { count })}</span>
      {balance && (
        <span className="ml-auto flex-none tabular-nums">
          {t('card.balance', { amount: formatAmount(balance, i18n.language) })}
        </span>
      )}
    </li>
  );
}
