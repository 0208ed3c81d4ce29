import { useState, type ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from '../use-translation';
import { foreignText } from '../../core/foreign-text';
import type { Change } from '../../core/import/change';

const LOOK = { '+': 'bg-ok-soft', '~': 'bg-warn-soft', '−': 'bg-danger-soft', '=': '' } as const;
const TONE = { '+': 'text-ok', '~': 'text-warn', '−': 'text-danger', '=': 'text-ink-3' } as const;
const SHOWN = 5;

/** The diff of a plan: sign, kind, value. Its last row counts what stays. */
export function PlanRows({ changes }: { changes: Change[] }): ReactNode {
  return (
    <ul className="-mx-2">
      {changes.map((change, at) => (
        // Of a batch, several keys are of one kind.
        <Row key={`${at} ${change.kind}`} change={change} />
      ))}
    </ul>
  );
}

function Row({ change }: { change: Change }): ReactNode {
  const { t } = useTranslation();
  return (
    <DiffRow sign={change.sign} kind={kindName(t, change)}>
      <Value change={change} />
    </DiffRow>
  );
}

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
  const { t } = useTranslation();
  return (
    <li className={`diff-row ${LOOK[sign]}`}>
      <span className={`mono text-center font-semibold ${TONE[sign]}`}>
        <span aria-hidden="true">{sign}</span>
        <span className="sr-only">{t(`change.sign.${sign}`)}</span>
      </span>
      <span>{kind}</span>
      <span className={sign === '=' ? 'text-ink-3' : 'text-ink'}>{children}</span>
    </li>
  );
}

function kindName(t: TFunction, change: Change): string {
  if (change.kind === 'models') return t('change.models', { count: change.models.length });
  if (change.kind === 'keys') return t('change.keys', { count: change.masks.length });
  if (change.kind === 'alias') return t('change.alias', { count: change.models.length });
  return t(`change.${change.kind}`);
}

function Value({ change }: { change: Change }): ReactNode {
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
      return (
        <Names
          names={change.models.map(({ name, alias }) =>
            name === alias ? name : `${foreignText(name)} → ${foreignText(alias)}`,
          )}
        />
      );
    case 'alias':
      return <Names names={change.models.map(({ from, to }) => t('change.arrow', { from, to }))} />;
    case 'keys':
      return <Names names={change.masks} />;
    case 'enabled':
      return t('change.switchedOn');
    case 'paused':
      return t('change.switchedOff');
    case 'in-it': {
      const keys = t('common.keys', { count: change.keys });
      const models = t('common.models', { count: change.models });
      return change.fields.length > 0
        ? t('change.inItFields', {
            keys,
            models,
            fields: change.fields.map(foreignText).join(t('common.listComma')),
          })
        : t('change.inIt', { keys, models });
    }
    case 'rest':
      return change.providers === 0
        ? t('change.restNone')
        : t('change.restStays', {
            providers: t('common.providers', { count: change.providers }),
            keys: t('common.keys', { count: change.keys }),
          });
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
      {shown.map(foreignText).join(t('common.listComma'))}{' '}
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
