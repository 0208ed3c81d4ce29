import type { ReactNode, Ref } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { useOpenImport } from './use-import';

/** Carries the plan out. */
export function ImportButton({ primary }: { primary?: Ref<HTMLButtonElement> }): ReactNode {
  const { t } = useTranslation();
  const { planned, draft, planning } = useOpenImport();
  const { imports } = usePage();
  const count = planned.kind === 'plan' ? planned.plan.models : draft.models.length;
  return (
    <Button
      {...(primary && { ref: primary })}
      look="primary"
      disabled={planned.kind !== 'plan' || planning}
      onClick={() => void imports.apply()}
    >
      {planned.kind === 'plan' && count === 0 ? t('sheet.importKey') : t('sheet.import', { count })}
    </Button>
  );
}
