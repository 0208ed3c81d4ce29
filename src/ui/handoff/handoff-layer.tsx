import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { targetOf, type Target, type TargetId } from '../../core/handoff/targets';
import type { KeyView } from '../../core/view/view';
import { usePage } from '../page-context';
import { targetAction } from './target-name';
import { CcSwitchForm } from './cc-switch-form';
import { CopyAsForm } from './copy-as-form';
import { DialogFrame } from '../dialogs/dialog-frame';
import { FirstUse } from './first-use';
import { KiloCodeForm } from './kilo-code-form';
import { SiteForm } from './site-form';

/** What is asked before a key is sent to a target, by the way that it goes. */
export function HandoffLayer({ keyView, target }: { keyView: KeyView; target: TargetId }): ReactNode {
  const { t } = useTranslation();
  const { handoff } = usePage();
  const chosen = targetOf(target);
  const title =
    chosen.kind === 'text' ? t('handoff.copyKeyAs', { name: keyView.name }) : targetAction(t, chosen);
  return (
    <DialogFrame title={title} onClose={handoff.close} first='[data-first], [type="submit"]'>
      <Asked keyView={keyView} target={chosen} />
    </DialogFrame>
  );
}

function Asked({ keyView, target }: { keyView: KeyView; target: Target }): ReactNode {
  switch (target.kind) {
    case 'link':
      return <FirstUse keyView={keyView} id={target.id} />;
    case 'app':
      return <CcSwitchForm keyView={keyView} />;
    case 'site':
      return <SiteForm keyView={keyView} id={target.id} />;
    case 'text':
      return <CopyAsForm keyView={keyView} first={target.id === 'kelivo' ? 'kelivo' : 'pair'} />;
    case 'file':
      return <KiloCodeForm keyView={keyView} />;
    case 'copy':
    // Has a dialog of its own: channel-layer.tsx.
    case 'channel':
      return null;
  }
}
