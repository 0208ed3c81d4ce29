import { useId, type ReactNode } from 'react';
import { COLOURS, type Colour } from '../../core/connection/colours';
import { Field } from '../parts/field';
import { useTranslation } from '../use-translation';
import { tintOf } from './sign';

/** What tells one of several connections apart: a name and a colour. `host`: what it is called without a name. */
export function NameFields({
  name,
  colour,
  host,
  onChange,
}: {
  name: string;
  colour: Colour;
  host: string;
  onChange(change: { name?: string; colour?: Colour }): void;
}): ReactNode {
  const { t } = useTranslation();
  const group = useId();
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <Field
        className="min-w-40 flex-1"
        label={t('connections.name')}
        placeholder={host}
        value={name}
        onChange={(event) => onChange({ name: event.target.value })}
        autoComplete="off"
        maxLength={40}
      />
      <fieldset>
        <legend className="mb-1 font-medium">{t('connections.colour')}</legend>
        <div className="flex min-h-8 items-center gap-1">
          {COLOURS.map((each) => (
            <label
              key={each}
              className="grid size-7 cursor-pointer place-items-center rounded-full"
              style={{ background: tintOf(each) }}
              data-tip={t(`connections.colours.${each}`)}
            >
              <input
                type="radio"
                name={group}
                aria-label={t(`connections.colours.${each}`)}
                checked={each === colour}
                onChange={() => onChange({ colour: each })}
              />
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  );
}
