import { Globe } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { parseManagementUrl, type ManagementUrl } from '../../core/connection/management-url';
import { addressTrouble } from '../../core/typed-address';
import { Field } from '../parts/field';

/** Whether what was typed will be used as it is: saying it again would look like a correction. */
const isPlain = (typed: string, { root, management }: ManagementUrl): boolean =>
  [root, management].includes(typed.trim().replace(/\/$/, ''));

/** The management base URL; shows while typing what it will be used as. Sends nothing. */
export function AddressField({
  value,
  onChange,
}: {
  value: string;
  onChange(value: string): void;
}): ReactNode {
  const { t } = useTranslation();
  const url = parseManagementUrl(value);
  const isKey = addressTrouble(value) === 'key';
  const wrong = isKey
    ? t('failure.address-is-key.what')
    : value.trim() && !url.ok
      ? t('cpa.addressWrong')
      : undefined;
  return (
    <div>
      <Field
        label={t('cpa.address')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        icon={<Globe size={16} aria-hidden />}
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
        wrong={wrong}
        mono
      />
      {url.ok && !isKey && !isPlain(value, url.value) && (
        <p className="mt-1 text-xs text-ink-3 [overflow-wrap:anywhere]">
          {t('cpa.willBe', { url: url.value.root })}
        </p>
      )}
      {url.ok && url.value.transport === 'open' && (
        <p className="mt-1 text-xs text-warn">{t('cpa.openHttp')}</p>
      )}
    </div>
  );
}
