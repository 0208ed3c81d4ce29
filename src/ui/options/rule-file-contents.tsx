import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { freeName, sameRules } from '../../core/rules/rule-set-file';
import { usePage } from '../page-context';
import { Button } from '../parts/button';
import { Note } from '../parts/note';
import type { OpenedRuleFile, RuleFile } from './use-rule-file';
import type { RuleSets } from './use-rule-sets';

/** What is in a file, before anything of it is taken; or why there is nothing. */
export function RuleFileContents({ file, ruleSets }: { file: RuleFile; ruleSets: RuleSets }): ReactNode {
  const { t } = useTranslation();
  const { opened, close } = file;
  if (!opened) return null;
  if (opened.kind === 'open')
    return <Contents key={opened.name} opened={opened} ruleSets={ruleSets} onClose={close} />;
  return (
    <Note tone="danger" className="mb-4">
      {t(`aliases.file.${opened.problem}`, { file: opened.name })}
      <div className="mt-1">
        <Button small onClick={close}>
          {t('common.dismiss')}
        </Button>
      </div>
    </Note>
  );
}

function Contents({
  opened: { name: file, sets },
  ruleSets,
  onClose,
}: {
  opened: OpenedRuleFile & { kind: 'open' };
  ruleSets: RuleSets;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const { toast } = usePage();
  const here = ruleSets.sets;
  const names = here.map(({ name }) => name);
  const isHere = (at: number): boolean =>
    here.some((set) => set.name === sets[at]!.name.trim() && sameRules(set, sets[at]!));
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const wanted = sets.filter((_, at) => !isHere(at) && !left.has(at));
  const toggle = (at: number): void => {
    const next = new Set(left);
    if (!next.delete(at)) next.add(at);
    setLeft(next);
  };
  return (
    <section className="panel mb-4 p-4" aria-labelledby="rule-file">
      <h2 id="rule-file" className="mb-2 text-md">
        {t('aliases.file.contents', { file })}
      </h2>
      {sets.length === 0 && <p className="text-ink-2">{t('aliases.file.empty')}</p>}
      <ul className="mb-3">
        {sets.map((set, at) => {
          const known = isHere(at);
          const free = freeName(set.name, names);
          return (
            <li key={`${at} ${set.name}`} className="py-1">
              <label className="flex items-start gap-2">
                <input
                  type="checkbox"
                  className="mt-0.5"
                  disabled={known}
                  checked={!known && !left.has(at)}
                  onChange={() => toggle(at)}
                />
                <span className="min-w-0">
                  <b className="[overflow-wrap:anywhere]">{set.name}</b>{' '}
                  <span className="text-xs text-ink-2">
                    {t('aliases.rules', { count: set.rules.length })}
                  </span>
                  {known && <span className="block text-xs text-ink-2">{t('aliases.file.here')}</span>}
                  {!known && free !== set.name.trim() && (
                    <span className="block text-xs text-warn">{t('aliases.file.sameName', { free })}</span>
                  )}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          look="primary"
          disabled={wanted.length === 0}
          onClick={() => {
            ruleSets.add(wanted);
            toast.plain(t('aliases.file.added', { count: wanted.length }));
            onClose();
          }}
        >
          {t('aliases.file.add', { count: wanted.length })}
        </Button>
      </div>
    </section>
  );
}
