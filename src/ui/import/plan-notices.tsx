import type { TFunction } from 'i18next';
import { Layers } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import type { FileNotice } from '../../core/connection/file-notice';
import type { ImportDraft } from '../../core/import/draft';
import type { PlanNotice } from '../../core/import/plan';
import { sayFileNotice } from '../dialogs/file-notes';
import { Button } from '../parts/button';
import { CheckBox } from '../parts/inputs';
import { Note } from '../parts/note';
import { POOL_TEXTS } from '../models/row-marks';
import { sayNames } from '../say';

interface Props<N> {
  notice: N;
  draft: ImportDraft;
  edit(draft: ImportDraft): void;
}
type Pool = PlanNotice & { kind: 'pool' };
type Other = Exclude<PlanNotice, Pool> | FileNotice;

/** What the user should know before pressing Import, each notice with its remedies. */
export function PlanNotices({
  notices,
  ...form
}: Omit<Props<never>, 'notice'> & { notices: (PlanNotice | FileNotice)[] }): ReactNode {
  const { t } = useTranslation();
  return notices.map((notice) => {
    if (notice.kind === 'pool') return <PoolNotice key="pool" notice={notice} {...form} />;
    if (notice.kind === 'no-models') return null;
    return (
      <Note key={notice.kind} tone={notice.kind === 'kept-alias' ? 'plain' : 'warn'}>
        {textOf(t, notice)} <Remedy notice={notice} {...form} />
      </Note>
    );
  });
}

function textOf(t: TFunction, notice: Exclude<Other, { kind: 'no-models' }>): string {
  const named = (names: string[]): { count: number; names: string } => ({
    count: names.length,
    names: sayNames(t, names),
  });
  switch (notice.kind) {
    case 'pool-inside':
      return t('planNotice.poolInside', named(notice.models.map(({ alias }) => alias)));
    case 'left-out':
      return t('planNotice.leftOut', named(notice.models.map(({ name }) => name)));
    case 'brackets':
      return t('planNotice.brackets', {
        ...named(notice.models.map(({ name }) => name)),
        asked: notice.models[0]?.asked ?? '',
      });
    case 'excluded':
      return t('planNotice.excluded', named(notice.models));
    case 'name-taken':
      return t('planNotice.nameTaken', { name: notice.ref.name, baseUrl: notice.ref.baseUrl });
    case 'unspoken':
    case 'unsure':
      return t(`planNotice.${notice.kind}`, { api: t(`speaks.${notice.list}`) });
    case 'odd-url':
      return t(`planNotice.oddUrl.${notice.hint}`);
    case 'converts':
    case 'may-convert':
    case 'unseen':
    case 'ahead':
    case 'unknown-field':
    case 'not-text':
      return sayFileNotice(t, notice);
    default:
      return t(`planNotice.${TEXTS[notice.kind]}`, notice);
  }
}

/** The same in words alone: of a plan whose remedies are not at hand. What takes nothing from the user is left out. */
export const sayNotices = (t: TFunction, notices: readonly (PlanNotice | FileNotice)[]): string[] =>
  notices.flatMap((notice) =>
    notice.kind === 'pool'
      ? sayPool(t, notice)
      : notice.kind === 'no-models' || notice.kind === 'kept-alias'
        ? []
        : [textOf(t, notice)],
  );

/** Which requests are shared, by the order in which providers are asked. */
const sayPool = (t: TFunction, { members }: Pool): string[] =>
  (['shared', 'ahead', 'behind'] as const).flatMap((order) => {
    const some = members.filter((member) => member.order === order);
    if (some.length === 0) return [];
    const names = sayNames(
      t,
      some.map((member) => member.alias),
    );
    const others = sayNames(t, [...new Set(some.flatMap((member) => member.others))]);
    return [t(POOL_TEXTS[order], { count: some.length, names, others })];
  });

/** The notices whose texts name their own fields. */
const TEXTS = {
  'kept-alias': 'keptAlias',
  disabled: 'disabled',
  'no-version': 'noVersion',
  'url-form': 'urlForm',
  catalogue: 'catalogue',
  'other-host': 'otherHost',
  keyless: 'keyless',
  'open-http': 'openHttp',
} as const;

/** What the import corrects if the user ticks it, or another provider to take the key. */
function Remedy({ notice, draft, edit }: Props<Other>): ReactNode {
  const { t } = useTranslation();
  const tick = (field: 'enable' | 'correctBaseUrl' | 'nameModels', label: string): ReactNode => (
    <CheckBox
      className="mt-1 text-ink"
      checked={draft[field] ?? false}
      onChange={(on) => edit({ ...draft, [field]: on })}
    >
      {label}
    </CheckBox>
  );
  const turn = (target: ImportDraft['target'], label: string): ReactNode => (
    <Button look="link" onClick={() => edit({ ...draft, target })}>
      {label}
    </Button>
  );
  switch (notice.kind) {
    case 'disabled':
      return tick('enable', t('planNotice.enable'));
    case 'catalogue':
      return tick('nameModels', t('planNotice.nameModels'));
    case 'no-version':
    case 'url-form':
      return tick('correctBaseUrl', t('planNotice.correct', { proposed: notice.proposed }));
    case 'other-host':
      return turn({ kind: 'create' }, t('planNotice.makeNew'));
    case 'name-taken':
      return turn({ kind: 'join', ref: notice.ref }, t('planNotice.joinNamed', { name: notice.ref.name }));
    default:
      return null;
  }
}

function PoolNotice({ notice, draft, edit }: Props<Pool>): ReactNode {
  const { t } = useTranslation();
  const { members } = notice;
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
      {sayPool(t, notice).map((text) => (
        <p key={text}>{text}</p>
      ))}
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
