import type { ReactNode, Ref } from 'react';
import { useTranslation } from '../use-translation';
import type { ImportState } from '../import-store';
import { usePage } from '../page-context';
import { Button } from '../parts/button';

/** Carries the plan out. */
export function ImportButton({
  state: { planned, draft, planning },
  primary,
}: {
  state: ImportState & { kind: 'open' };
  primary?: Ref<HTMLButtonElement>;
}): ReactNode {
  const { t } = useTranslation();
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
