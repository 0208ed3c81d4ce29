import { useState, type ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from '../use-translation';
import { CLIPROXYAPI } from '../use-view';
import type { Change } from '../../core/import/change';
import { sumChanges } from '../../core/import/plan-sum';
import { Listed, ModelNames, Whole } from './model-names';
import { sayStays } from './plan-sum';

const LOOK = { '+': 'bg-ok-soft', '~': 'bg-warn-soft', '−': 'bg-danger-soft', '=': '' } as const;
const TONE = { '+': 'text-ok', '~': 'text-warn', '−': 'text-danger', '=': 'text-ink-3' } as const;
const SHOWN = 5;

/**
 * The diff of a plan: sign, kind, value. What stays is one line at its end. `models`: what can be done about the models,
 * beside them.
 */
export function PlanRows({
  changes,
  models,
  place = CLIPROXYAPI,
}: {
  changes: Change[];
  models?: ReactNode;
  /** What the CLIProxyAPI is called; absent: its name is said already. */
  place?: string;
}): ReactNode {
  const { t } = useTranslation();
  const stays = sayStays(t, sumChanges(changes), place);
  const rows = changes.filter(isShown);
  return (
    <ul className="-mx-2">
      {rows.map((change, at) => (
        // Of a batch, several keys are of one kind.
        <DiffRow key={`${at} ${change.kind}`} sign={change.sign} kind={kindName(t, change)}>
          <Value change={change} />
          {change.kind === 'models' && change.sign === '+' && <> {models}</>}
        </DiffRow>
      ))}
      {stays && (
        <li className="diff-row">
          <Sign sign="=" />
          <span className="col-span-2 text-ink-3">{stays}</span>
        </li>
      )}
    </ul>
  );
}

type Shown = Exclude<Change, { kind: 'in-it' | 'rest' }>;
const isShown = (change: Change): change is Shown => change.kind !== 'in-it' && change.kind !== 'rest';

/** One line of any diff. */
export function DiffRow({
  sign,
  kind,
  children,
}: {
  sign: keyof typeof LOOK;
  kind: string;
  children: ReactNode;
}): ReactNode {
  return (
    <li className={`diff-row ${LOOK[sign]}`}>
      <Sign sign={sign} />
      <span>{kind}</span>
      <span className={sign === '=' ? 'text-ink-3' : 'text-ink'}>{children}</span>
    </li>
  );
}

function Sign({ sign }: { sign: keyof typeof TONE }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className={`mono text-center text-sm font-semibold ${TONE[sign]}`}>
      <span aria-hidden="true">{sign}</span>
      <span className="sr-only">{t(`change.sign.${sign}`)}</span>
    </span>
  );
}

function kindName(t: TFunction, change: Shown): string {
  if (change.kind === 'models') return t('change.models', { count: change.models.length });
  if (change.kind === 'keys') return t('change.keys', { count: change.masks.length });
  if (change.kind === 'alias') return t('change.alias', { count: change.models.length });
  return t(`change.${change.kind}`);
}

function Value({ change }: { change: Shown }): ReactNode {
  const { t } = useTranslation();
  switch (change.kind) {
    case 'provider':
      return (
        <>
          <b className={change.sign === '=' ? 'font-semibold text-ink' : ''}>{change.name}</b>
          <span className="mono block text-ink-3">{change.baseUrl}</span>
          {change.list && <span className="block">{t('family.list', { list: change.list })}</span>}
          {change.sign === '=' && change.chosen !== undefined && (
            <span className="block">{t(change.chosen ? 'change.joinsChosen' : 'change.joins')}</span>
          )}
        </>
      );
    case 'key':
      return (
        <>
          <span className="mono">{change.mask}</span>
          {change.sign === '=' && <span className="block">{t('change.keyKnown')}</span>}
        </>
      );
    case 'models':
      return <ModelNames models={change.models} />;
    case 'alias':
      return <Names names={change.models.map(({ from, to }) => t('change.arrow', { from, to }))} />;
    case 'keys':
      return <Names names={change.masks} />;
    case 'enabled':
      return t('change.switchedOn');
    case 'paused':
      return t('change.switchedOff');
    default:
      return (
        <span className="mono">
          {change.sign === '+'
            ? change.to
            : t('change.arrow', { from: change.from || t('change.none'), to: change.to || t('change.none') })}
        </span>
      );
  }
}

/** The first names, and the rest on demand. */
export function Names({ names }: { names: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? names : names.slice(0, SHOWN);
  const rest = names.length - shown.length;
  return (
    <span className="block max-h-40 overflow-y-auto">
      <Listed items={shown} idOf={(name, at) => `${at} ${name}`}>
        {(name, comma) => (
          <Whole>
            {name}
            {comma}
          </Whole>
        )}
      </Listed>{' '}
      {rest > 0 && (
        <button
          type="button"
          className="font-medium text-accent hover:underline"
          onClick={() => setAll(true)}
        >
          {t('common.andMore', { count: rest })}
        </button>
      )}
    </span>
  );
}
