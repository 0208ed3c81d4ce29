import { Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { DialogFrame } from '../dialogs/dialog-frame';
import { Button } from '../parts/button';
import { PageHead } from '../parts/page-head';
import { NewApiCard } from './card';
import { NewApiForm } from './form';
import { NoNewApis } from './no-new-apis';
import { useChecks } from './use-checks';
import { useNewApis } from './use-new-apis';
import type { NewApiView } from '../../core/new-api/view';

/** The New APIs whose channels are managed here: where they are, with whose token, and what that one may do. */
export function NewApiPage(): ReactNode {
  const { t } = useTranslation();
  const all = useNewApis();
  const checks = useChecks();
  const [form, setForm] = useState<NewApiView | 'new' | null>(null);
  const empty = all?.length === 0;
  const add = (
    <Button look={empty ? 'primary' : 'default'} onClick={() => setForm('new')}>
      <Plus size={14} aria-hidden />
      {t('newApi.add')}
    </Button>
  );
  const saved = (id: string): void => {
    setForm(null);
    void checks.check(id);
  };
  return (
    <>
      <PageHead title={t('nav.new-api')} lead={t('newApi.lead')}>
        {!empty && add}
      </PageHead>
      {empty && <NoNewApis>{add}</NoNewApis>}
      <ul className="flex flex-col gap-3">
        {all?.map((newApi) => (
          <NewApiCard key={newApi.id} newApi={newApi} checks={checks} onEdit={() => setForm(newApi)} />
        ))}
      </ul>
      {form && (
        <DialogFrame
          title={form === 'new' ? t('newApi.add') : t('newApi.editTitle', { name: form.name })}
          onClose={() => setForm(null)}
        >
          <NewApiForm known={form === 'new' ? undefined : form} onSaved={saved} />
        </DialogFrame>
      )}
    </>
  );
}
