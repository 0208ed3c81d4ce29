import { Fragment, useState, type ReactNode } from 'react';
import { groupBy } from '../../core/group-by';
import { modelFamily } from '../../core/aliases/model-kind';
import { useTranslation } from '../use-translation';

/** So many names are read at a glance; more are counted by family first. */
const AT_A_GLANCE = 8;

interface Named {
  name: string;
  /** What clients call it. */
  alias: string;
}

/** Names of models, which never break where they fit into a line; many of them by family, and by name on demand. */
export function ModelNames({ models }: { models: readonly Named[] }): ReactNode {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (models.length <= AT_A_GLANCE) return <NameList models={models} />;
  const families = [...groupBy(models, ({ name }) => modelFamily(name) ?? '')].sort(
    ([a, those], [b, others]) => Number(a === '') - Number(b === '') || others.length - those.length,
  );
  const title = (family: string): string => family || t('change.otherModels');
  return (
    <>
      {!open &&
        families
          .map(([family, { length }]) => t('change.ofFamily', { family: title(family), count: length }))
          .join(t('common.listComma'))}{' '}
      <button
        type="button"
        aria-expanded={open}
        className="font-medium text-accent hover:underline"
        onClick={() => setOpen(!open)}
      >
        {t(open ? 'change.hideNames' : 'change.showNames')}
      </button>
      {open && (
        <dl className="max-h-48 overflow-y-auto" tabIndex={-1}>
          {families.map(([family, those]) => (
            <Fragment key={family}>
              <dt className="mt-1 font-semibold">
                {title(family)} <span className="tabular-nums text-ink-3">{those.length}</span>
              </dt>
              <dd>
                <NameList models={those} />
              </dd>
            </Fragment>
          ))}
        </dl>
      )}
    </>
  );
}

function NameList({ models }: { models: readonly Named[] }): ReactNode {
  const { t } = useTranslation();
  return models.map(({ name, alias }, at) => {
    const comma = at < models.length - 1 ? t('common.listComma').trimEnd() : '';
    return (
      <Fragment key={`${name} ${alias}`}>
        {name !== alias && (
          <>
            <Whole>{name}</Whole> →{' '}
          </>
        )}
        <Whole>
          {alias}
          {comma}
        </Whole>{' '}
      </Fragment>
    );
  });
}

/** A text that breaks only where it is longer than a line. */
export function Whole({ children }: { children: ReactNode }): ReactNode {
  return <span className="inline-block max-w-full [overflow-wrap:anywhere]">{children}</span>;
}
