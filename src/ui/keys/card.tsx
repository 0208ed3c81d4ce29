import { Pencil } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { apiFormatOfKey } from '../../core/accounts/api-format';
import type { KeyView } from '../../core/view/view';
import { lazyNamed } from '../lazy-named';
import { usePage } from '../page-context';
import { IconButton } from '../parts/button';
import { Monogram } from '../parts/monogram';
import { Status } from '../parts/status';
import { withShift } from '../parts/use-selection';
import { useTranslation } from '../use-translation';
import { KeyActions } from './actions';
import { Amount } from './amount';
import { NextSteps, RunningEnd, Steps } from './card-foot';
import { keyState, sourceOf } from './state';
import { rowAttributes, type KeyListState } from './use-key-list';

const Confirm = lazyNamed(() => import('../parts/confirm'), 'Confirm');

interface KeyCardProps {
  keyView: KeyView;
  list: KeyListState;
  /** Whether cards have a box to choose them by. */
  choosing: boolean;
  /** Opens the key's own dialog; not in the popup. */
  onEdit?: ((keyId: string) => void) | undefined;
}

/** One key: what it is, its state in CLIProxyAPI, and where it can be sent. All actions are always visible. */
export function KeyCard(props: KeyCardProps): ReactNode {
  const { keyView, list } = props;
  const { t, i18n } = useTranslation();
  const { order } = usePage();
  const [removing, setRemoving] = useState(false);
  const state = keyState(t, i18n.language, keyView);
  const { running, card } = keyView;
  const border = running ? 'border-accent-line' : state.tone === 'ok' ? 'border-ok-line' : '';
  return (
    <li className={`panel p-2.5 ${border}`} {...rowAttributes(keyView, state, list)}>
      <CardHead {...props} />
      {/* A long sentence takes the line to itself, and the row goes below it. */}
      <div className="mt-1.5 flex min-h-7 flex-wrap items-center justify-end gap-x-2 gap-y-1">
        <div className="min-w-0 flex-auto">
          <Status tone={state.tone} live>
            {state.text}
          </Status>
        </div>
        {running && <RunningEnd keyId={keyView.id} running={running} />}
        <KeyActions keyView={keyView} ferry={state.ferry} onRemove={() => setRemoving(true)} />
      </div>
      {running && <Steps stage={running.stage} />}
      {state.detail && <p className="mt-1 text-xs text-ink-2">{state.detail}</p>}
      {!running && card && <NextSteps keyView={keyView} card={card} />}
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

function CardHead({ keyView, list, choosing, onEdit }: KeyCardProps): ReactNode {
  const { t } = useTranslation();
  const format = apiFormatOfKey(keyView);
  return (
    <div className="flex items-start gap-2.5">
      {choosing && <SelectBox className="mt-1.5" keyView={keyView} list={list} />}
      <Monogram name={keyView.relayName} />
      <div className="min-w-0 flex-1">
        <div className="cut font-semibold" title={keyView.name}>
          {keyView.name}
        </div>
        <div className="flex min-w-0 gap-2 text-xs text-ink-3">
          <span className="cut">{sourceOf(keyView)}</span>
          <span className="mono flex-none">{keyView.mask}</span>
          {/* Nearly every relay speaks OpenAI's: no word for that. */}
          {format !== 'openai-compatibility' && (
            <span className="flex-none" title={t('keyDialog.speaks')}>
              {t(`speaks.${format}`)}
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
  );
}

/** Chooses a key for a batch; with Shift, all from the one chosen last to this one. */
export function SelectBox({
  keyView: { id, name },
  list: { selection, shown },
  className,
}: {
  keyView: KeyView;
  list: KeyListState;
  className?: string;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <input
      type="checkbox"
      className={className}
      aria-label={t('batch.select', { name })}
      checked={selection.ids.has(id)}
      onChange={({ nativeEvent }) => selection.toggle(id, withShift(nativeEvent) ? shown : [])}
    />
  );
}
