import type { ReactNode } from 'react';
import { addressTrouble } from '../../core/typed-address';
import { Field, type FieldProps } from '../parts/field';
import { useTranslation } from '../use-translation';

/** The address of a site that is sent keys: says when it is a key, and when all on the way could read what goes there. */
export function UrlField({ help, wrong, ...field }: FieldProps & { value: string }): ReactNode {
  const { t } = useTranslation();
  const trouble = addressTrouble(field.value);
  return (
    <Field
      mono
      inputMode="url"
      spellCheck={false}
      autoComplete="off"
      {...field}
      wrong={trouble === 'key' ? t('failure.address-is-key.what') : wrong}
      help={
        trouble === 'open-http' ? (
          <>
            {help} <span className="text-warn">{t('common.openHttp')}</span>
          </>
        ) : (
          help
        )
      }
    />
  );
}
