import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from '../use-translation';
import { hostOfPattern } from '../format';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { useViewState } from '../use-view';

/** Granted at install; cannot be revoked. */
const REQUIRED = new Set(['http://localhost/*', 'http://127.0.0.1/*']);

/** Which hosts may be reached, each with Revoke. */
export function HostGrants(): ReactNode {
  const { t } = useTranslation();
  const { ask, order } = usePage();
  const view = useViewState();
  const [patterns, setPatterns] = useState<string[]>([]);
  useEffect(() => {
    // The view changes whenever a grant does.
    if (view.kind !== 'ready') return;
    void ask('hosts.list', {}).then(
      (list) => list.ok && setPatterns(list.value.filter((pattern) => !REQUIRED.has(pattern))),
    );
  }, [ask, view]);
  return (
    <section className="mt-6">
      <h2 className="text-lg">{t('cpa.grants')}</h2>
      <p className="mb-2 text-ink-2">{t('cpa.grantsHelp')}</p>
      {patterns.length === 0 ? (
        <p className="text-ink-3">{t('cpa.grantsNone')}</p>
      ) : (
        <ul className="panel max-w-xl divide-y divide-line">
          {patterns.map((pattern) => {
            const host = hostOfPattern(pattern);
            return (
              <li key={pattern} className="flex items-center gap-3 px-4 py-2">
                <span className="mono cut flex-1">{host}</span>
                <Button
                  small
                  look="risky"
                  aria-label={t('cpa.revokeHost', { host })}
                  onClick={() => void order('hosts.revoke', { pattern })}
                >
                  {t('cpa.revoke')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
