import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { BatchKey, BatchProvider, BatchRowOptions } from '../../core/batch/batch';
import { Button } from '../parts/button';
import { OptionFields } from './options';
import { listChoices } from '../import/list-field';
import { SelectField } from '../parts/field';
import type { BatchControl } from './use-batch';

/** The options that one key of a batch does not share: its list, priority, prefix and proxy. */
export function BatchRowFields({
  keyOf,
  list,
  batch: { options, edit },
}: {
  keyOf: BatchKey;
  list: BatchProvider['list'];
  batch: BatchControl;
}): ReactNode {
  const { t } = useTranslation();
  const { keyId, name, mask } = keyOf;
  const row = options.rows[keyId];
  const set = (change: BatchRowOptions): void =>
    edit({ ...options, rows: { ...options.rows, [keyId]: { ...row, ...emptied(change) } } });
  const asAll = (): void => {
    const { [keyId]: _gone, ...rows } = options.rows;
    edit({ ...options, rows });
  };
  return (
    <fieldset className="mt-2 rounded-md bg-sunken p-3">
      <legend className="sr-only">{t('batch.adjustOf', { name })}</legend>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <b className="cut">{name}</b> <span className="mono text-ink-3">{mask}</span>
        {row && (
          <Button look="link" className="ml-auto" onClick={asAll}>
            {t('batch.asAll')}
          </Button>
        )}
      </div>
      <SelectField
        className="mb-3"
        label={t('family.label')}
        aria-label={t('batch.familyOf', { name })}
        value={row?.list ?? list}
        onChange={(chosen) => set({ list: chosen })}
        choices={listChoices(t)}
      />
      <OptionFields values={row ?? {}} shared={options} onEdit={set} />
    </fieldset>
  );
}

/** An emptied field follows the value of all keys again. */
const emptied = (change: BatchRowOptions): BatchRowOptions =>
  Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value === '' ? undefined : value]));
