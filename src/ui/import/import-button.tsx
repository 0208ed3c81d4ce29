import type { ReactNode, Ref } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { sayImport } from './say-import';
import { isIdlePlan, useOpenImport } from './use-import';

/** Carries the plan out, and says what that does. Where there is nothing to write it only asks, and closing comes first. */
export function ImportButton({ primary }: { primary?: Ref<HTMLButtonElement> }): ReactNode {
  const { t } = useTranslation();
  const { planned, draft, planning } = useOpenImport();
  const { imports } = usePage();
  const idle = isIdlePlan(planned);
  return (
    <Button
      {...(primary && !idle && { ref: primary })}
      look={idle ? 'default' : 'primary'}
      disabled={planned.kind !== 'plan' || planning}
      onClick={() => void imports.apply()}
    >
      {sayImport(t, planned, draft)}
    </Button>
  );
}
