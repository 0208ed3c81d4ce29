import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { BatchProvider, BatchView } from '../../core/batch/batch';
import { Button } from '../parts/button';
import { BatchRowFields } from './row-options';
import type { BatchControl } from './use-batch';
import { VirtualList } from '../dialogs/virtual-list';

/** Draws only the rows in sight: a batch may have hundreds of keys. */
export function BatchProviders({ view, batch }: { view: BatchView; batch: BatchControl }): ReactNode {
  const { t } = useTranslation();
  const { providers } = view;
  // Rows are known by their keys, which stay the same when a key goes into another list.
  const [adjusted, setAdjusted] = useState<ReadonlySet<string>>(new Set());
  const isAdjusted = ({ keys }: BatchProvider): boolean => keys.some(({ keyId }) => adjusted.has(keyId));
  if (providers.length === 0) return null;
  return (
    <div
      className="flex max-h-[50vh] flex-none flex-col rounded-md border border-line"
      style={{ height: adjusted.size > 0 ? 420 : Math.min(280, roomFor(providers)) }}
    >
      <VirtualList
        items={providers}
        rowKey={(provider) => `${provider.name} ${provider.keys[0]?.keyId}`}
        height={64}
        label={t('batch.providers')}
      >
        {(provider) => (
          <ProviderRow
            provider={provider}
            batch={batch}
            adjusting={isAdjusted(provider)}
            onAdjust={() =>
              setAdjusted(new Set(isAdjusted(provider) ? [] : provider.keys.map(({ keyId }) => keyId)))
            }
          />
        )}
      </VirtualList>
    </div>
  );
}

/** Height in CSS pixels, as in the popup: name and address, and a line for each key. */
const roomFor = (providers: readonly BatchProvider[]): number =>
  providers.reduce((room, { keys }) => room + 64 + 28 * keys.length, 0);

const SIGNS = { create: '+', update: '~', unchanged: '=' } as const;
const TONES = { create: 'text-ok', update: 'text-warn', unchanged: 'text-ink-3' } as const;

function ProviderRow({
  provider,
  batch,
  adjusting,
  onAdjust,
}: {
  provider: BatchProvider;
  batch: BatchControl;
  adjusting: boolean;
  onAdjust(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { options, edit } = batch;
  const { kind, list, name, baseUrl, keys, models, differs, disabled } = provider;
  const fresh = keys.filter(({ isNew }) => isNew).length;
  return (
    <div className="grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-2 border-b border-line px-3 py-2">
      <span className={`mono font-semibold ${TONES[kind]}`}>
        <span aria-hidden="true">{SIGNS[kind]}</span>
        <span className="sr-only">{t(`change.sign.${SIGNS[kind]}`)}</span>
      </span>
      <div className="min-w-0">
        <div className="cut font-semibold">{name}</div>
        <div className="mono cut text-xs text-ink-3">
          {baseUrl}
          {list !== 'openai-compatibility' && ` · ${list}`}
        </div>
        <ul className="mt-1 flex flex-wrap gap-1">
          {keys.map((key) => (
            <li key={key.keyId}>
              <button
                type="button"
                className="chip"
                aria-label={t('batch.takeOut', { name: key.name })}
                onClick={() => edit({ ...options, without: [...options.without, key.keyId] })}
              >
                {key.name} <span className="mono text-ink-3">{key.mask}</span> <span aria-hidden>×</span>
              </button>
            </li>
          ))}
        </ul>
        {differs && (
          <p className="mt-1 text-xs text-warn">
            {t('batch.differs')}{' '}
            <button type="button" className="underline" onClick={() => edit({ ...options, perKey: true })}>
              {t('batch.perKey')}
            </button>
          </p>
        )}
        {adjusting &&
          keys.map((key) => <BatchRowFields key={key.keyId} keyOf={key} list={list} batch={batch} />)}
        {disabled && <p className="mt-1 text-xs text-warn">{t('batch.disabled')}</p>}
      </div>
      <div className="text-right text-xs tabular-nums text-ink-2">
        <div>{t('batch.newKeys', { count: fresh })}</div>
        <div>{t('batch.newModels', { count: models })}</div>
        <Button
          look="link"
          className="text-xs"
          aria-expanded={adjusting}
          aria-label={t('batch.adjustOf', { name })}
          onClick={onAdjust}
        >
          {t('batch.adjust')}
        </Button>
      </div>
    </div>
  );
}
