import { Pencil } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { apiFormatOfKey } from '../../core/accounts/api-format';
import type { KeyView } from '../../core/view/view';
import { keyState, STEP_COUNT, stepOf } from './state';
import { lazyNamed } from '../lazy-named';
import { usePage } from '../page-context';
import { Amount } from './amount';
import { Button, IconButton } from '../parts/button';
import { withShift, type Selection } from '../parts/use-selection';
import { KeyActions } from './actions';
import { Monogram } from '../parts/monogram';
import { Status } from '../parts/status';

const Confirm = lazyNamed(() => import('../parts/confirm'), 'Confirm');

/** One key: what it is, how it stands in CLIProxyAPI, and where it can be sent. All actions are always visible. */
export function KeyCard({
  keyView,
  active,
  onFocus,
  onEdit,
  selection,
  shown = [],
}: {
  keyView: KeyView;
  active: boolean;
  onFocus(): void;
  /** Opens what is known of the key; not in the popup. */
  onEdit?: ((keyId: string) => void) | undefined;
  selection?: Selection | undefined;
  /** The keys as they are shown, for choosing a range with Shift. */
  shown?: readonly KeyView[] | undefined;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const { order } = usePage();
  // What every relay speaks needs no word.
  const speaks = apiFormatOfKey(keyView);
  const [removing, setRemoving] = useState(false);
  const state = keyState(t, i18n.language, keyView);
  const { running, card } = keyView;
  const border = running ? 'border-accent-line' : state.tone === 'ok' ? 'border-ok-line' : '';
  return (
    <li
      className={`panel p-2.5 ${border}`}
      data-key={keyView.id}
      tabIndex={active ? 0 : -1}
      onFocus={onFocus}
      aria-busy={running !== null}
      aria-label={`${keyView.name}, ${keyView.relayName}, ${state.text}`}
    >
      <div className="flex items-start gap-2.5">
        {selection && (
          <input
            type="checkbox"
            className="mt-1.5"
            aria-label={t('batch.select', { name: keyView.name })}
            checked={selection.ids.has(keyView.id)}
            onChange={({ nativeEvent }) => selection.toggle(keyView.id, withShift(nativeEvent) ? shown : [])}
          />
        )}
        <Monogram name={keyView.relayName} />
        <div className="min-w-0 flex-1">
          <div className="cut font-semibold" title={keyView.name}>
            {keyView.name}
          </div>
          <div className="flex min-w-0 gap-2 text-xs text-ink-3">
            <span className="cut">
              {keyView.name === keyView.relayName ? keyView.host : keyView.relayName}
            </span>
            <span className="mono flex-none">{keyView.mask}</span>
            {speaks !== 'openai-compatibility' && (
              <span className="flex-none" title={t('keyDialog.speaks')}>
                {t(`speaks.${speaks}`)}
              </span>
            )}
          </div>
        </div>
        <Amount keyView={keyView} />
        {onEdit && (
          <IconButton label={t('card.edit')} className="-mr-1 -mt-0.5" onClick={() => onEdit(keyView.id)}>
            <Pencil size={16} aria-hidden />
          </IconButton>
        )}
      </div>
      {/* A long sentence takes the line to itself, and the row goes below it. */}
      <div className="mt-1.5 flex min-h-7 flex-wrap items-center justify-end gap-x-2 gap-y-1">
        <div className="min-w-0 flex-auto">
          <Status tone={state.tone} live>
            {state.text}
          </Status>
        </div>
        {running ? (
          <RunningEnd keyView={keyView} />
        ) : (
          <KeyActions keyView={keyView} ferry={state.ferry} onRemove={() => setRemoving(true)} />
        )}
      </div>
      {running && <Steps step={stepOf(running.stage)} />}
      {state.detail && <p className="mt-1 text-xs text-ink-2">{state.detail}</p>}
      {!running && card && <NextSteps keyView={keyView} />}
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
    </li>
  );
}

function Steps({ step }: { step: number }): ReactNode {
  return (
    <div className="mt-1.5 flex gap-1" aria-hidden="true">
      {Array.from({ length: STEP_COUNT }, (_, index) => (
        <i key={index} className={`h-[3px] flex-1 rounded-full ${index < step ? 'bg-accent' : 'bg-line'}`} />
      ))}
    </div>
  );
}

export function RunningEnd({ keyView }: { keyView: KeyView }): ReactNode {
  const { t } = useTranslation();
  const { order } = usePage();
  const { stage, served, total } = keyView.running!;
  const step = stepOf(stage);
  return (
    <>
      <span className="whitespace-nowrap text-xs tabular-nums text-ink-3">
        {stage === 'asking' && total > 0
          ? t('dialog.chosenOf', { chosen: served, count: total })
          : t('card.step', { step, steps: STEP_COUNT })}
      </span>
      <Button small look="quiet" onClick={() => void order('import.cancel', { keyId: keyView.id })}>
        {t(stage === 'asking' ? 'card.stop' : 'card.cancel')}
      </Button>
    </>
  );
}

/** What can be done about how the last import ended, right here. */
export function NextSteps({ keyView }: { keyView: KeyView }): ReactNode {
  const { t } = useTranslation();
  const { order, imports } = usePage();
  const card = keyView.card!;
  const keyId = keyView.id;
  const buttons: ReactNode[] = [];
  const add = (label: string, run: () => unknown): void => {
    buttons.push(
      <Button key={label} small onClick={() => void run()}>
        {label}
      </Button>,
    );
  };
  if (card.kind === 'interrupted') {
    if (card.finding === 'not-written') add(t('card.finish'), () => imports.finish(card.importId, keyId));
    else add(t('card.askAgain'), () => order('import.ask-again', { keyId }));
  }
  if (card.kind === 'proved') {
    const reasons = new Set(card.missing.map((model) => model.reason));
    if (reasons.has('disabled'))
      add(t('card.switchOn'), () => imports.open(keyId, { change: { enable: true } }));
    if (reasons.has('no-version'))
      add(t('card.correct'), () => imports.open(keyId, { change: { correctBaseUrl: true } }));
    if (reasons.has('not-listed') || reasons.has('unknown') || reasons.has('example-keys'))
      add(t('card.askAgain'), () => order('import.ask-again', { keyId }));
  }
  return buttons.length > 0 ? (
    <div className="mt-1.5 flex flex-wrap justify-end gap-1.5">{buttons}</div>
  ) : null;
}
