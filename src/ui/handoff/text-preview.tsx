import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';

/** A text as it will be copied. */
export function TextPreview({ text }: { text: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <pre
      className="mono max-h-64 overflow-auto rounded-sm border border-line bg-sunken p-2.5 break-all whitespace-pre-wrap"
      aria-label={t('handoff.preview')}
    >
      {text}
    </pre>
  );
}
