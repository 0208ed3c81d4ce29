import type { ReactNode, Ref } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { sayImport } from './say-import';
import { useOpenImport, useOrder } from './use-import';

/** Carries the plan out, and says what that does. Where there is nothing to write it only asks, and closing comes first. */
export function ImportButton({ primary }: { primary?: Ref<HTMLButtonElement> }): ReactNode {
  const { t } = useTranslation();
  const { planned, draft, planning } = useOpenImport();
  const { imports } = usePage();
  const { places, idle } = useOrder();
  return (
    <Button
      {...(primary && !idle && { ref: primary })}
      look={idle ? 'default' : 'primary'}
      disabled={planned.kind !== 'plan' || planning}
      onClick={() => void imports.apply()}
    >
      {places > 1 && !idle ? t('also.import', { count: places }) : sayImport(t, planned, draft)}
    </Button>
  );
}
