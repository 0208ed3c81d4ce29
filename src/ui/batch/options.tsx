import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { BatchOptions } from '../../core/import/batch';
import { Field } from '../parts/field';

/** The placeholder in a prefix for the name of each key's relay. */
const RELAY = '{relay}';

/** Options of all keys of a batch; each can be set differently for one key. */
export function BatchShared({
  options,
  onEdit,
}: {
  options: BatchOptions;
  onEdit(options: BatchOptions): void;
}): ReactNode {
  const { t } = useTranslation();
  const box = (name: 'perKey' | 'apart'): ReactNode => (
    <label className="flex items-start gap-2 py-1">
      <input
        type="checkbox"
        className="mt-0.5"
        checked={options[name]}
        onChange={(event) => onEdit({ ...options, [name]: event.target.checked })}
      />
      <span>
        {t(`batch.${name}`)}
        <span className="block text-xs text-ink-3">{t(`batch.${name}Help`)}</span>
      </span>
    </label>
  );
  return (
    <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
      <div>
        {box('perKey')}
        {box('apart')}
      </div>
      <OptionFields values={options} onEdit={(change) => onEdit({ ...options, ...change })} />
    </div>
  );
}

export interface FieldValues {
  priority?: string | undefined;
  prefix?: string | undefined;
  proxyUrl?: string | undefined;
}

/** Priority, prefix and proxy. A value counts when its field is left, so that half a number is not planned. */
export function OptionFields({
  values,
  shared,
  onEdit,
}: {
  values: FieldValues;
  /** The values of all keys, where the fields are about one key. */
  shared?: FieldValues;
  onEdit(change: FieldValues): void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="grid content-start gap-3 sm:grid-cols-2">
      <Typed
        label={t('dialog.priority')}
        help={t('dialog.priorityHelp')}
        value={values.priority}
        shared={shared?.priority}
        wrong={(text) => (isWhole(text) ? undefined : t('failure.bad-priority.what'))}
        onLeave={(priority) => onEdit({ priority })}
      />
      <Typed
        label={t('dialog.prefix')}
        help={t('batch.prefixHelp', { relay: RELAY })}
        value={values.prefix}
        shared={shared?.prefix}
        onLeave={(prefix) => onEdit({ prefix })}
      />
      <div className="sm:col-span-2">
        <Typed
          label={t('dialog.proxy')}
          help={t('dialog.proxyHelp')}
          value={values.proxyUrl}
          shared={shared?.proxyUrl}
          onLeave={(proxyUrl) => onEdit({ proxyUrl })}
        />
      </div>
    </div>
  );
}

const isWhole = (text: string): boolean => text.trim() === '' || /^-?\d+$/.test(text.trim());

function Typed({
  label,
  help,
  value = '',
  shared = '',
  wrong = () => undefined,
  onLeave,
}: {
  label: string;
  help: string;
  value: string | undefined;
  shared: string | undefined;
  wrong?: (text: string) => string | undefined;
  onLeave(text: string): void;
}): ReactNode {
  const [text, setText] = useState(value);
  return (
    <Field
      label={label}
      help={help}
      placeholder={shared}
      wrong={wrong(text)}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => wrong(text) || text === value || onLeave(text)}
    />
  );
}
