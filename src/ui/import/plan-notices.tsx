import { Layers } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { ImportDraft } from '../../core/import/draft';
import type { PlanNotice } from '../../core/import/plan';
import type { PoolMember } from '../../core/cliproxyapi/pools';
import { Button } from '../parts/button';
import { Note } from '../parts/note';
import { sayNames } from '../say';

interface Props {
  notices: PlanNotice[];
  draft: ImportDraft;
  edit(draft: ImportDraft): void;
}

/** What the user should know before pressing Import, each notice with its remedies. */
export function PlanNotices({ notices, draft, edit }: Props): ReactNode {
  return notices.map((notice) => (
    <PlanNoticeBox key={notice.kind} notice={notice} draft={draft} edit={edit} />
  ));
}

function PlanNoticeBox(props: Omit<Props, 'notices'> & { notice: PlanNotice }): ReactNode {
  const { t } = useTranslation();
  const { notice, draft, edit } = props;
  switch (notice.kind) {
    case 'pool':
      return <PoolNotice members={notice.members} draft={draft} edit={edit} />;
    case 'pool-inside':
    case 'left-out':
    case 'brackets':
    case 'excluded':
      return <NamesNotice notice={notice} />;
    case 'kept-alias':
      return <Note>{t('planNotice.keptAlias', { count: notice.count })}</Note>;
    case 'disabled':
    case 'no-version':
    case 'url-form':
    case 'catalogue':
      return <TickNotice notice={notice} draft={draft} edit={edit} />;
    case 'other-host':
      return (
        <Note tone="warn">
          {t('planNotice.otherHost', { name: notice.name, baseUrl: notice.baseUrl })}{' '}
          <Button look="link" onClick={() => edit({ ...draft, target: { kind: 'create' } })}>
            {t('planNotice.makeNew')}
          </Button>
        </Note>
      );
    case 'name-taken':
      return (
        <Note tone="warn">
          {t('planNotice.nameTaken', { name: notice.ref.name, baseUrl: notice.ref.baseUrl })}{' '}
          <Button look="link" onClick={() => edit({ ...draft, target: { kind: 'join', ref: notice.ref } })}>
            {t('planNotice.joinNamed', { name: notice.ref.name })}
          </Button>
        </Note>
      );
    case 'keyless':
      return <Note tone="warn">{t('planNotice.keyless', { name: notice.name })}</Note>;
    case 'odd-url':
      return <Note tone="warn">{t(`planNotice.oddUrl.${notice.hint}`)}</Note>;
    case 'no-models':
      return null;
  }
}

type Of<K extends PlanNotice['kind']> = Extract<PlanNotice, { kind: K }>;

/** Models that are not imported as the user asked. */
function NamesNotice({
  notice,
}: {
  notice: Of<'pool-inside' | 'left-out' | 'brackets' | 'excluded'>;
}): ReactNode {
  const { t } = useTranslation();
  const count = notice.models.length;
  const names = sayNames(
    t,
    notice.kind === 'excluded'
      ? notice.models
      : notice.models.map((model) =>
          notice.kind === 'pool-inside' && 'alias' in model ? model.alias : model.name,
        ),
  );
  const text =
    notice.kind === 'pool-inside'
      ? t('planNotice.poolInside', { count, names })
      : notice.kind === 'left-out'
        ? t('planNotice.leftOut', { count, names })
        : notice.kind === 'excluded'
          ? t('planNotice.excluded', { count, names })
          : t('planNotice.brackets', { count, names, asked: notice.models[0]?.asked ?? '' });
  return <Note tone="warn">{text}</Note>;
}

/** What the import corrects if the user ticks it. */
function TickNotice({
  notice,
  draft,
  edit,
}: Omit<Props, 'notices'> & {
  notice: Of<'disabled' | 'no-version' | 'url-form' | 'catalogue'>;
}): ReactNode {
  const { t } = useTranslation();
  const { name } = notice;
  const flip = (field: 'enable' | 'correctBaseUrl' | 'nameModels', label: string): ReactNode => (
    <Tick label={label} checked={draft[field] ?? false} onChange={(on) => edit({ ...draft, [field]: on })} />
  );
  switch (notice.kind) {
    case 'disabled':
      return (
        <Note tone="warn">
          {t('planNotice.disabled', { name })}
          {flip('enable', t('planNotice.enable'))}
        </Note>
      );
    case 'catalogue':
      return (
        <Note tone="warn">
          {t('planNotice.catalogue', { name })}
          {flip('nameModels', t('planNotice.nameModels'))}
        </Note>
      );
    case 'no-version':
    case 'url-form':
      return (
        <Note tone="warn">
          {notice.kind === 'no-version'
            ? t('planNotice.noVersion', { name })
            : t('planNotice.urlForm', { name, baseUrl: notice.baseUrl })}
          {flip('correctBaseUrl', t('planNotice.correct', { proposed: notice.proposed }))}
        </Note>
      );
  }
}

function Tick({
  label,
  checked,
  onChange,
}: {
  label: string;
  checked: boolean;
  onChange(on: boolean): void;
}): ReactNode {
  return (
    <label className="mt-1 flex min-h-6 cursor-pointer items-center gap-2 text-ink">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span className="[overflow-wrap:anywhere]">{label}</span>
    </label>
  );
}

const ORDERS = {
  shared: 'planNotice.pool',
  behind: 'planNotice.poolBehind',
  ahead: 'planNotice.poolAhead',
} as const;

function PoolNotice({
  members,
  draft,
  edit,
}: {
  members: PoolMember[];
  draft: ImportDraft;
  edit: Props['edit'];
}): ReactNode {
  const { t } = useTranslation();
  // With a prefix a model is served under two names, and either may be shared.
  const shared = (alias: string): boolean =>
    members.some((member) => member.alias === alias || member.alias.endsWith(`/${alias}`));
  const mark = markOf(draft.providerName);
  const keepApart = (): void =>
    edit({
      ...draft,
      models: draft.models.map((model) =>
        shared(model.alias) ? { ...model, alias: `${mark}/${model.alias}`, typed: true } : model,
      ),
    });
  const leaveOut = (): void =>
    edit({ ...draft, models: draft.models.filter((model) => !shared(model.alias)) });
  const priority = Math.min(...members.map((member) => member.lowest)) - 1;
  const canLower = members.some((member) => member.order !== 'behind');
  return (
    <Note tone="warn" icon={<Layers size={16} className="flex-none" aria-hidden />}>
      {(['shared', 'ahead', 'behind'] as const).map((order) => {
        const some = members.filter((member) => member.order === order);
        if (some.length === 0) return null;
        const names = sayNames(
          t,
          some.map((member) => member.alias),
        );
        const others = sayNames(t, [...new Set(some.flatMap((member) => member.others))]);
        return <p key={order}>{t(ORDERS[order], { count: some.length, names, others })}</p>;
      })}
      <div className="mt-0.5 flex flex-wrap gap-x-4">
        <Button look="link" onClick={keepApart}>
          {t('planNotice.keepApart', { example: `${mark}/${members[0]?.alias ?? ''}` })}
        </Button>
        {canLower && (
          <Button
            look="link"
            onClick={() => edit({ ...draft, options: { ...draft.options, priority: String(priority) } })}
          >
            {t('planNotice.lowerPriority', { priority })}
          </Button>
        )}
        {draft.models.length > members.length && (
          <Button look="link" onClick={leaveOut}>
            {t('planNotice.leaveOut')}
          </Button>
        )}
      </div>
    </Note>
  );
}

/** A prefix made of the provider's name, for aliases that are kept apart: `hoshi-relay`. */
function markOf(name: string): string {
  const mark = name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return mark || 'relay';
}
