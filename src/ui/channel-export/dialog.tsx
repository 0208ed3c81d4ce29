import { Dialog } from '@base-ui/react/dialog';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { usePage } from '../page-context';
import { useView } from '../use-view';
import { ChannelExport } from './channel-export';
import { MANY_FORMS, type ManyForm } from '../../core/handoff/many-texts';
import { CopyMany } from '../handoff/copy-many';
import { NewApiSelect } from '../channel-import/new-api-select';
import { DialogShell } from '../dialogs/dialog-shell';

type To = 'new-api' | ManyForm;

/** Sends many keys to a target that takes many: channels of a New API, or one text. Until it is chosen no key goes anywhere. */
export function ExportDialog({ keyIds, onClose }: { keyIds: readonly string[]; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const { newApis } = useView();
  const [to, setTo] = useState<To | null>(null);
  const [chosen, choose] = useState(newApis[0]?.id);
  const newApi = newApis.find(({ id }) => id === chosen) ?? newApis[0];
  const chooser = (
    <>
      <ChooseTarget to={to} onChange={setTo} />
      {to === 'new-api' && newApi && newApis.length > 1 && (
        <NewApiSelect label={t('channelImport.which')} value={newApi.id} onChange={choose} />
      )}
    </>
  );
  return (
    <DialogShell size="wide" title={t('channelExport.export', { count: keyIds.length })} onClose={onClose}>
      {to === null && <Empty>{chooser}</Empty>}
      {to !== null && to !== 'new-api' && <CopyMany key={to} form={to} keyIds={keyIds} chooser={chooser} />}
      {to === 'new-api' && newApi && (
        <ChannelExport key={newApi.id} newApi={newApi} keyIds={keyIds} chooser={chooser} />
      )}
      {to === 'new-api' && !newApi && <NoNewApi chooser={chooser} />}
    </DialogShell>
  );
}

function ChooseTarget({ to, onChange }: { to: To | null; onChange(to: To): void }): ReactNode {
  const { t } = useTranslation();
  const names: Record<To, string> = {
    'new-api': t('channelExport.channels'),
    pair: t('handoff.forms.pair'),
    env: t('handoff.forms.env'),
  };
  return (
    <div className="flex flex-wrap gap-1" role="group" aria-label={t('channelExport.to')}>
      {(['new-api', ...MANY_FORMS] as const).map((one) => (
        <button
          key={one}
          type="button"
          className="chip"
          aria-pressed={to === one}
          onClick={() => onChange(one)}
        >
          {names[one]}
        </button>
      ))}
    </div>
  );
}

function Empty({ children, action }: { children: ReactNode; action?: ReactNode }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-3 px-4 pb-4 pt-1">
      {children}
      <div className="flex justify-end gap-2">
        <Dialog.Close className="btn">{t('common.cancel')}</Dialog.Close>
        {action}
      </div>
    </div>
  );
}

function NoNewApi({ chooser }: { chooser: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const { page } = usePage();
  return (
    <Empty
      action={
        <button type="button" className="btn primary" onClick={() => void page.openOptions('#/new-api')}>
          {t('channelExport.add')}
        </button>
      }
    >
      {chooser}
      <p>{t('channelExport.none')}</p>
    </Empty>
  );
}
