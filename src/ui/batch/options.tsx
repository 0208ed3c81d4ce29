import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { BatchOptions } from '../../core/batch/batch';
import { CheckBox } from '../parts/inputs';
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
  return (
    <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
      <div>
        {(['perKey', 'apart'] as const).map((name) => (
          <CheckBox
            key={name}
            className="py-1"
            help={t(`batch.${name}Help`)}
            checked={options[name]}
            onChange={(on) => onEdit({ ...options, [name]: on })}
          >
            {t(`batch.${name}`)}
          </CheckBox>
        ))}
      </div>
      <OptionFields values={options} onEdit={(change) => onEdit({ ...options, ...change })} />
    </div>
  );
}

const FIELDS = [
  ['priority', 'priority'],
  ['prefix', 'prefix'],
  ['proxyUrl', 'proxy'],
] as const;
export type FieldValues = { [name in (typeof FIELDS)[number][0]]?: string | undefined };

/** Priority, prefix and proxy. */
export function OptionFields({
  values,
  shared = {},
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
      {FIELDS.map(([name, word]) => (
        <Typed
          key={name}
          className={name === 'proxyUrl' ? 'sm:col-span-2' : ''}
          label={t(`dialog.${word}`)}
          help={name === 'prefix' ? t('batch.prefixHelp', { relay: RELAY }) : t(`dialog.${word}Help`)}
          value={values[name] ?? ''}
          placeholder={shared[name] ?? ''}
          isWhole={name === 'priority'}
          onLeave={(text) => onEdit({ [name]: text })}
        />
      ))}
    </div>
  );
}

/** A value that counts when its field is left, so that half a number is not planned. */
function Typed({
  value,
  isWhole,
  onLeave,
  ...field
}: {
  className: string;
  label: string;
  help: string;
  value: string;
  placeholder: string;
  /** Takes a whole number only. */
  isWhole: boolean;
  onLeave(text: string): void;
}): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const wrong = isWhole && !/^(?:-?\d+)?$/.test(text.trim());
  return (
    <Field
      {...field}
      wrong={wrong ? t('failure.bad-priority.what') : undefined}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => wrong || text === value || onLeave(text)}
    />
  );
}
