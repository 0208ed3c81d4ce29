import { ArrowRight, Pencil } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { TFunction } from 'i18next';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Confirm } from '../parts/confirm';
import { Monogram } from '../parts/monogram';
import { Status, type StatusTone } from '../parts/status';
import { NewApiDoctor } from './doctor';
import type { Checks } from './use-checks';
import type { NewApiView } from '../../core/new-api/view';

/** One New API: what it is, what its token may do, and the check. */
export function NewApiCard({
  newApi,
  checks,
  onEdit,
}: {
  newApi: NewApiView;
  checks: Checks;
  onEdit(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { order } = usePage();
  const [sure, setSure] = useState(false);
  const { id, name, host, userId, family } = newApi;
  const checked = checks.of(id);
  const { tone, text } = rightsOf(t, newApi);
  return (
    <li className="panel flex flex-col gap-3 p-4" aria-label={name}>
      <div className="flex flex-wrap items-center gap-3">
        <Monogram name={name} />
        <div className="min-w-0 flex-1 basis-40">
          <div className="cut font-semibold">{name}</div>
          <div className="cut text-xs text-ink-3">
            {family && `${t(`family.${family}`)} · `}
            {host}
            {userId && ` · ${t('accounts.userId', { id: userId })}`}
          </div>
        </div>
        <Status tone={tone} live>
          {text}
        </Status>
        <div className="flex flex-wrap gap-2">
          <Button small busy={checked === 'testing'} onClick={() => void checks.check(id)}>
            {t(checked === 'testing' ? 'connection.state.checking' : 'newApi.check')}
          </Button>
          <Button small onClick={onEdit}>
            <Pencil size={14} aria-hidden />
            {t('newApi.edit')}
          </Button>
          <Button small look="risky" onClick={() => setSure(true)}>
            {t('accounts.remove')}
          </Button>
        </div>
      </div>
      {sure && (
        <Confirm
          title={t('accounts.removeTitle', { name })}
          text={t('newApi.removeText')}
          action={t('newApi.removeButton')}
          onConfirm={() => void order('new-api.forget', { newApiId: id })}
          onCancel={() => setSure(false)}
        />
      )}
      <NewApiDoctor newApi={newApi} checked={checked} onAllowed={() => void checks.check(id)} />
      {newApi.rights?.admin && (
        <a href={`#/channels/${id}`} className="inline-flex items-center gap-1 font-medium no-underline">
          {t('newApi.channels')}
          <ArrowRight size={14} aria-hidden />
        </a>
      )}
    </li>
  );
}

/** What the token may do, as the last check found. */
function rightsOf(
  t: TFunction,
  { halted, granted, hasToken, rights, checkedAt, host }: NewApiView,
): { tone: StatusTone; text: string } {
  if (!granted) return { tone: 'warn', text: t('newApi.notAllowed') };
  if (!hasToken) return { tone: 'warn', text: t('newApi.noToken') };
  if (halted) return { tone: 'danger', text: t('connection.halted', { host }) };
  if (!rights && checkedAt !== null) return { tone: 'danger', text: t('newApi.testFailed') };
  if (!rights) return { tone: 'none', text: t('connection.state.unchecked') };
  if (!rights.admin) return { tone: 'danger', text: t('newApi.rights.none') };
  if (!rights.write) return { tone: 'warn', text: t('newApi.rights.read') };
  return rights.sensitive
    ? { tone: 'ok', text: t('newApi.rights.all') }
    : { tone: 'warn', text: t('newApi.rights.write') };
}
